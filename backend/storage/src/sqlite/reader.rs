//! A thread that reads.

use std::sync::Mutex;
use std::sync::mpsc::Receiver;

use diesel::connection::SimpleConnection;
use sverka_app::ports::store::StoreError;

use super::{Request, Task};
use crate::connection::AnyConn;
use crate::error::{translate, wrong};
use crate::migrations;
use crate::work::{Left, Work};

/// Reads until the queue is closed and empty.
pub(crate) fn run(mut conn: AnyConn, queue: &Mutex<Receiver<Request>>) {
    while let Some(request) = next(queue) {
        let outcome = match request.task {
            Task::Work(job) => read(&mut conn, |conn| match Work::run(conn, false, job) {
                Left::Done | Left::Refused => Ok(()),
                Left::Broken(error) => Err(error),
            }),
            // Nobody sends one here: it may write.
            Task::Together(_) => Err(wrong("a job that writes came to a thread that reads")),
            Task::Check => migrations::check(&mut conn),
        };
        if request.done.send(outcome).is_err() {
            tracing::debug!("nobody waits for what was read any more");
        }
    }
}

fn next(queue: &Mutex<Receiver<Request>>) -> Option<Request> {
    // Nothing panics while it holds the lock, and a queue cannot be left half changed.
    let queue = queue.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    queue.recv().ok()
}

/// Everything is read as it was at one moment.
fn read(
    conn: &mut AnyConn,
    work: impl FnOnce(&mut AnyConn) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    conn.batch_execute("begin").map_err(translate)?;
    let outcome = work(conn);
    let ended = conn.batch_execute("rollback").map_err(translate);
    outcome.and(ended)
}
