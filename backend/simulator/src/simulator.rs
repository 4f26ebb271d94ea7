//! The shared handle that every request and every background task holds.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::Handle;
use tokio::task::JoinSet;

use crate::chance::Chance;
use crate::clock::Clock;
use crate::world::World;

/// The handle.
#[derive(Clone)]
pub(crate) struct Simulator {
    inner: Arc<Inner>,
}

struct Inner {
    world: Mutex<World>,
    initial: World,
    chance: Chance,
    clock: Clock,
    base_url: String,
    http: reqwest::Client,
    tasks: Mutex<JoinSet<()>>,
    runtime: Handle,
    pending: AtomicUsize,
}

impl Simulator {
    /// `opened` is `initial`, gone on from what is in files.
    pub(crate) fn new(
        (initial, opened): (World, World),
        chance: Chance,
        base_url: String,
        http: reqwest::Client,
    ) -> Self {
        let inner = Inner {
            world: Mutex::new(opened),
            initial,
            chance,
            clock: Clock::default(),
            base_url,
            http,
            tasks: Mutex::new(JoinSet::new()),
            runtime: Handle::current(),
            pending: AtomicUsize::new(0),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// The memory. Never held across an await: it would not compile, the guard being tied to its thread.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.inner.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn chance(&self) -> Chance {
        self.inner.chance
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// `http://HOST:PORT`, for links.
    pub(crate) fn base_url(&self) -> &str {
        &self.inner.base_url
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.inner.http
    }

    /// Runs a task by this simulator's clock, that ends with the simulator, on the runtime that started it: server workers come and go.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.inner.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        let clock = self.inner.clock.clone();
        tasks.spawn_on(async move { clock.run(task).await }, &self.inner.runtime);
    }

    /// Counts one more waiting callback, until the answer is dropped.
    pub(crate) fn wait_counted(&self) -> Pending {
        self.inner.pending.fetch_add(1, Ordering::SeqCst);
        Pending {
            simulator: self.clone(),
        }
    }

    /// How many callbacks still wait.
    pub(crate) fn pending(&self) -> usize {
        self.inner.pending.load(Ordering::SeqCst)
    }

    /// Ends every background task.
    pub(crate) fn abort_tasks(&self) {
        self.inner
            .tasks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .abort_all();
    }

    /// Back to what it was at start; what is under way is forgotten.
    pub(crate) fn reset(&self) {
        self.abort_tasks();
        let mut anew = self.inner.initial.clone();
        if let Err(error) = anew.start_anew() {
            tracing::warn!(%error, "the files of the bases cannot be begun anew");
        }
        *self.world() = anew;
    }
}

/// A counted callback.
pub(crate) struct Pending {
    simulator: Simulator,
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.simulator.inner.pending.fetch_sub(1, Ordering::SeqCst);
    }
}
