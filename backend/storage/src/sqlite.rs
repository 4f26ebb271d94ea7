//! SQLite: one thread writes, a few read.
//!
//! The writer takes what waits, up to a number, into one transaction, a savepoint each, and commits once: a commit
//! waits for the disk, so that sharing it is worth a factor of four. Nobody hears of a result before the commit.

mod crowd;
mod reader;
mod writer;

use std::path::Path;
use std::sync::mpsc::{self, SyncSender, TrySendError};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use sverka_app::ports::store::{Job, Needs, RepeatableJob, StoreError};
use tokio::sync::oneshot;

use crate::connect::{self, Use};
use crate::connection::AnyConn;
use crate::error::{unavailable, wrong};
use crate::together::Member;

/// How much may wait before more is refused.
const WAITING: usize = 8_192;

/// A piece of work, and where to say how it ended.
struct Request {
    task: Task,
    done: oneshot::Sender<Result<(), StoreError>>,
}

enum Task {
    Work(Job),
    /// A job that may be run in a crowd.
    Together(Member),
    /// Whether the schema is the one that this program needs.
    Check,
}

/// SQLite.
pub(crate) struct Sqlite {
    // Closed first, so that the threads come to the end of what waits.
    queues: Option<Queues>,
    threads: Vec<JoinHandle<()>>,
}

struct Queues {
    writer: SyncSender<Request>,
    readers: SyncSender<Request>,
}

impl Sqlite {
    /// Starts the threads. `conn` becomes the writer's.
    pub(crate) fn start(conn: AnyConn, path: &Path, readers: u32) -> Result<Self, StartError> {
        let (writer, written) = mpsc::sync_channel(WAITING);
        let (reader, to_read) = mpsc::sync_channel(WAITING);
        let to_read = Arc::new(Mutex::new(to_read));
        let mut threads = vec![spawn("store-writer", move || writer::run(conn, &written))?];
        for _ in 0..readers {
            let conn = connect::sqlite(path, Use::Reading)?;
            let to_read = Arc::clone(&to_read);
            threads.push(spawn("store-reader", move || reader::run(conn, &to_read))?);
        }
        let queues = Queues {
            writer,
            readers: reader,
        };
        Ok(Self {
            queues: Some(queues),
            threads,
        })
    }

    /// Runs a job in a transaction that may write.
    pub(crate) async fn write(&self, job: Job) -> Result<(), StoreError> {
        self.ask(|queues| &queues.writer, Task::Work(job)).await
    }

    /// Runs a job that may write together with others of its like.
    pub(crate) async fn write_together(&self, needs: Needs, job: RepeatableJob) -> Result<(), StoreError> {
        self.ask(|queues| &queues.writer, Task::Together(Member { needs, job }))
            .await
    }

    /// Runs a job in a transaction that only reads.
    pub(crate) async fn read(&self, job: Job) -> Result<(), StoreError> {
        self.ask(|queues| &queues.readers, Task::Work(job)).await
    }

    /// Whether the database answers, and has the right schema.
    pub(crate) async fn ready(&self) -> Result<(), StoreError> {
        self.ask(|queues| &queues.readers, Task::Check).await
    }

    async fn ask(
        &self,
        queue: impl Fn(&Queues) -> &SyncSender<Request>,
        task: Task,
    ) -> Result<(), StoreError> {
        let Some(queues) = &self.queues else {
            return Err(unavailable("the store is closed"));
        };
        let (done, answer) = oneshot::channel();
        match queue(queues).try_send(Request { task, done }) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => return Err(unavailable("too much is waiting for the database")),
            Err(TrySendError::Disconnected(_)) => return Err(unavailable("the store is closed")),
        }
        answer
            .await
            .unwrap_or_else(|_| Err(wrong("a thread of the store ended")))
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        drop(self.queues.take());
        let here = std::thread::current().id();
        for thread in self.threads.drain(..) {
            // A job may hold the last handle on the store: a thread cannot wait for itself.
            if thread.thread().id() != here && thread.join().is_err() {
                tracing::error!("a thread of the store panicked");
            }
        }
    }
}

/// Why the threads could not be started.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    /// No connection.
    #[error(transparent)]
    Connection(#[from] diesel::ConnectionError),
    /// No thread.
    #[error(transparent)]
    Thread(#[from] std::io::Error),
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, std::io::Error> {
    std::thread::Builder::new().name(name.to_owned()).spawn(work)
}
