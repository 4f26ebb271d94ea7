//! Work that comes in crowds: up to 64 jobs in one transaction.
//!
//! What the jobs are about to look at is read for all of them at once, the jobs run one after the other over that, and
//! what they want written goes out in one statement a table, before one commit. A job that is wrong, wants more than was
//! read for it, or would have to wait for a lock leaves the crowd and runs in a transaction of its own; the others never
//! notice. A transaction of a dozen statements and a flush of the log costs a callback several times as much. On SQLite
//! the thread that writes runs them.

mod asked_of_postgres;
mod asked_of_sqlite;
mod attempts;
mod batch;
mod deliveries;
mod events;
mod flush;
mod known;
mod notifications;
mod overlay;
mod prefetch;
pub(crate) mod rows;
mod session;

use std::sync::mpsc::{self, Receiver, SyncSender, TrySendError};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use diesel::dsl::SqlTypeOf;
use diesel::prelude::Selectable;
use diesel::query_builder::QueryFragment;
use sverka_app::ports::store::{Needs, RepeatableJob, StoreError};
use tokio::sync::oneshot;
use url::Url;

use crate::attempt_row::AttemptRow;
use crate::connection::MultiBackend;
use crate::delivery_row::DeliveryRow;
use crate::error::{unavailable, wrong};
use crate::query::Statement;
use session::Session;

pub(crate) use batch::attempt;

/// How many jobs share a transaction at most.
const CROWD: usize = 64;
/// How much may wait before more is refused.
const WAITING: usize = 8_192;
/// One crowd runs while another one is being committed.
const THREADS: usize = 2;

type AttemptSql = SqlTypeOf<<AttemptRow as Selectable<MultiBackend>>::SelectExpression>;
type DeliverySql = SqlTypeOf<<DeliveryRow as Selectable<MultiBackend>>::SelectExpression>;

/// Begins a `select` of rows.
fn selected<R, T>() -> Statement<T>
where
    R: Selectable<MultiBackend>,
    R::SelectExpression: QueryFragment<MultiBackend> + Send + 'static,
{
    Statement::new("select ").columns(R::construct_selection())
}

/// A job, and what it is about to look at.
pub(crate) struct Member {
    pub(crate) needs: Needs,
    pub(crate) job: RepeatableJob,
}

/// A job, and where to say how it ended.
pub(crate) struct Request {
    member: Member,
    done: oneshot::Sender<Result<Ended, StoreError>>,
}

/// How a job fared in its crowd.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// What it did is durable.
    Kept,
    /// Nothing of it is kept: it has to run in a transaction of its own.
    Alone,
}

impl Request {
    fn answer(self, outcome: Result<Ended, StoreError>) {
        if self.done.send(outcome).is_err() {
            tracing::debug!("nobody waits for the end of a job any more");
        }
    }
}

/// The threads that run crowds on PostgreSQL, each on a connection of its own.
pub(crate) struct Together {
    // Closed first, so that the threads come to the end of what waits.
    queue: Option<SyncSender<Request>>,
    threads: Vec<JoinHandle<()>>,
}

impl Together {
    /// Starts the threads. They connect when there is something to do.
    pub(crate) fn start(url: &Url) -> Result<Self, std::io::Error> {
        let (queue, waiting) = mpsc::sync_channel(WAITING);
        let waiting = Arc::new(Mutex::new(waiting));
        let mut threads = Vec::with_capacity(THREADS);
        for _ in 0..THREADS {
            let (waiting, mut session) = (Arc::clone(&waiting), Session::new(url.clone()));
            let run = move || {
                while let Some(crowd) = next(&waiting) {
                    batch::run(&mut session, crowd);
                }
            };
            let named = std::thread::Builder::new().name("store-crowd".to_owned());
            threads.push(named.spawn(run)?);
        }
        Ok(Self {
            queue: Some(queue),
            threads,
        })
    }

    /// Runs a job in a transaction with others, and returns after a durable commit or after its own roll-back.
    ///
    /// An error leaves open whether it was kept.
    pub(crate) async fn write(&self, needs: Needs, job: RepeatableJob) -> Result<Ended, StoreError> {
        let Some(queue) = &self.queue else {
            return Err(unavailable("the store is closed"));
        };
        let (done, answer) = oneshot::channel();
        match queue.try_send(Request {
            member: Member { needs, job },
            done,
        }) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => return Err(unavailable("too much is waiting for the database")),
            Err(TrySendError::Disconnected(_)) => return Err(unavailable("the store is closed")),
        }
        answer
            .await
            .unwrap_or_else(|_| Err(wrong("a thread of the store ended")))
    }
}

impl Drop for Together {
    fn drop(&mut self) {
        drop(self.queue.take());
        let here = std::thread::current().id();
        for thread in self.threads.drain(..) {
            // A job may hold the last handle on the store: a thread cannot wait for itself.
            if thread.thread().id() != here && thread.join().is_err() {
                tracing::error!("a thread of the store panicked");
            }
        }
    }
}

/// Waits for a job, and takes what else has come by then. Nothing waits for a crowd to fill.
fn next(queue: &Mutex<Receiver<Request>>) -> Option<Vec<Request>> {
    // Nothing panics while it holds the lock, and a queue cannot be left half changed.
    let queue = queue.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut crowd = vec![queue.recv().ok()?];
    while crowd.len() < CROWD {
        let Ok(more) = queue.try_recv() else { break };
        crowd.push(more);
    }
    Some(crowd)
}
