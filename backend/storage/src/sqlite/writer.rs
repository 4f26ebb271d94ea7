//! The thread that writes.

use std::sync::mpsc::Receiver;

use diesel::connection::SimpleConnection;
use sverka_app::ports::store::{Job, StoreError};

use super::{Request, Task, crowd};
use crate::connection::AnyConn;
use crate::error::unavailable;
use crate::migrations;
use crate::together::Member;
use crate::work::{Left, Work};

/// How many jobs share a commit at most.
const TOGETHER: usize = 64;

/// What waits for the commit: where to say how a job ended, and how it did.
type Ended = (
    tokio::sync::oneshot::Sender<Result<(), StoreError>>,
    Result<(), StoreError>,
);

/// Writes until the queue is closed and empty.
pub(crate) fn run(mut conn: AnyConn, queue: &Receiver<Request>) {
    while let Ok(first) = queue.recv() {
        let mut batch = vec![first];
        while batch.len() < TOGETHER {
            let Ok(next) = queue.try_recv() else { break };
            batch.push(next);
        }
        write(&mut conn, batch);
    }
    // Keeps the statistics of the planner useful; nothing depends on it.
    if let Err(error) = conn.batch_execute("pragma optimize") {
        tracing::debug!(%error, "the planner's statistics were not refreshed");
    }
}

/// Runs a batch in one transaction, and answers after the commit.
fn write(conn: &mut AnyConn, batch: Vec<Request>) {
    if let Err(error) = conn.batch_execute("begin immediate") {
        let why = error.to_string();
        tracing::error!(%error, "a transaction could not begin");
        return refuse(batch.into_iter().map(|request| request.done), &why);
    }
    let mut ended: Vec<Ended> = Vec::with_capacity(batch.len());
    let (kept, batch) = crowd::run(conn, batch);
    ended.extend(kept.into_iter().map(|request| (request.done, Ok(()))));
    let mut waiting = batch.into_iter();
    for request in waiting.by_ref() {
        match one(conn, request.task) {
            Ok(outcome) => ended.push((request.done, outcome)),
            Err(error) => {
                // The engine gave up the whole transaction (a full disk, say): nothing of the batch is kept.
                let done = ended.into_iter().map(|(done, _)| done).chain([request.done]);
                let rest = waiting.map(|request| request.done);
                return give_up(conn, done.chain(rest), &error);
            }
        }
    }
    match conn.batch_execute("commit") {
        Ok(()) => {
            for (done, outcome) in ended {
                answer(done, outcome);
            }
        }
        Err(error) => give_up(conn, ended.into_iter().map(|(done, _)| done), &error),
    }
}

/// Runs one job in a savepoint of its own. An error of this function means that the transaction is lost.
fn one(conn: &mut AnyConn, task: Task) -> diesel::QueryResult<Result<(), StoreError>> {
    let job: Job = match task {
        Task::Work(job) => job,
        Task::Together(Member { job, .. }) => Box::new(move |tx| job(tx)),
        Task::Check => return Ok(migrations::check(conn)),
    };
    conn.batch_execute("savepoint job")?;
    let outcome = match Work::run(conn, true, job) {
        Left::Done => {
            conn.batch_execute("release job")?;
            return Ok(Ok(()));
        }
        // The job's own error is with its caller already.
        Left::Refused => Ok(()),
        Left::Broken(error) => Err(error),
    };
    conn.batch_execute("rollback to job; release job")?;
    Ok(outcome)
}

fn give_up(
    conn: &mut AnyConn,
    batch: impl Iterator<Item = tokio::sync::oneshot::Sender<Result<(), StoreError>>>,
    error: &diesel::result::Error,
) {
    tracing::error!(%error, "a transaction was lost");
    if let Err(error) = conn.batch_execute("rollback") {
        tracing::debug!(%error, "there was nothing left to roll back");
    }
    refuse(batch, &error.to_string());
}

fn refuse(batch: impl Iterator<Item = tokio::sync::oneshot::Sender<Result<(), StoreError>>>, why: &str) {
    for done in batch {
        answer(done, Err(unavailable(why)));
    }
}

fn answer(done: tokio::sync::oneshot::Sender<Result<(), StoreError>>, outcome: Result<(), StoreError>) {
    if done.send(outcome).is_err() {
        tracing::debug!("nobody waits for the end of a job any more");
    }
}
