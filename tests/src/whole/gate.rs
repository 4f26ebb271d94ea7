//! The store behind a gate: a test can hold a transaction right before its commit, or make the database fail.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use async_trait::async_trait;
use sverka_app::ports::store::{Engine, Job, StoreError};
use tokio::sync::oneshot;

/// The store, with a gate before it.
pub(super) struct Gate {
    store: Arc<dyn Engine>,
    hold: Mutex<Option<(oneshot::Sender<()>, mpsc::Receiver<()>)>>,
    failures: AtomicU32,
}

/// A transaction that has done its work and waits with its commit.
pub struct Held {
    reached: Option<oneshot::Receiver<()>>,
    release: mpsc::Sender<()>,
}

impl Held {
    /// Waits until the transaction stands before its commit.
    pub async fn reached(&mut self) {
        let reached = self.reached.take().expect("waited for once");
        reached.await.expect("the transaction came to its commit");
    }

    /// Lets it commit.
    pub fn release(self) {
        // A transaction that is not there any more needs no permission.
        let _ = self.release.send(());
    }
}

impl Gate {
    pub(super) fn new(store: Arc<dyn Engine>) -> Self {
        Self {
            store,
            hold: Mutex::new(None),
            failures: AtomicU32::new(0),
        }
    }

    /// Holds the next transaction that writes, before its commit.
    pub(super) fn hold_next_write(&self) -> Held {
        let (at, reached) = oneshot::channel();
        let (release, released) = mpsc::channel();
        *self.hold.lock().unwrap() = Some((at, released));
        Held {
            reached: Some(reached),
            release,
        }
    }

    /// The next so many transactions find no database.
    pub(super) fn fail(&self, times: u32) {
        self.failures.store(times, Ordering::SeqCst);
    }

    fn check(&self) -> Result<(), StoreError> {
        let less = |left: u32| left.checked_sub(1);
        match self
            .failures
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, less)
        {
            Ok(_) => Err(StoreError::Unavailable("the test took the database away".into())),
            Err(_) => Ok(()),
        }
    }
}

#[async_trait]
impl Engine for Gate {
    async fn write(&self, job: Job) -> Result<(), StoreError> {
        self.check()?;
        let Some((at, released)) = self.hold.lock().unwrap().take() else {
            return self.store.write(job).await;
        };
        let held: Job = Box::new(move |tx| {
            let outcome = job(tx);
            let _ = at.send(());
            let _ = released.recv();
            outcome
        });
        self.store.write(held).await
    }

    async fn read(&self, job: Job) -> Result<(), StoreError> {
        self.check()?;
        self.store.read(job).await
    }

    async fn ready(&self) -> Result<(), StoreError> {
        self.check()?;
        self.store.ready().await
    }
}
