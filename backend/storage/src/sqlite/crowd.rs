//! The jobs of a batch that can run as one crowd.

use diesel::connection::SimpleConnection;
use sverka_app::ports::store::StoreError;

use super::{Request, Task};
use crate::connection::AnyConn;
use crate::error::translate;
use crate::together::{self, Member};

/// Runs those of a batch that can be run together, in a savepoint of their own. Returns those whose work is done, and the
/// others, which have to run one by one.
pub(super) fn run(conn: &mut AnyConn, batch: Vec<Request>) -> (Vec<Request>, Vec<Request>) {
    let (mut crowd, mut alone): (Vec<Request>, Vec<Request>) = batch
        .into_iter()
        .partition(|request| matches!(request.task, Task::Together(_)));
    // A crowd of one gains as much: what it writes is written once.
    while !crowd.is_empty() {
        match once(conn, &crowd) {
            Ok(strayed) if strayed.contains(&true) => {
                let mut strayed = strayed.into_iter();
                let strays = |_: &Request| strayed.next().unwrap_or(false);
                let (gone, left): (Vec<_>, Vec<_>) = crowd.into_iter().partition(strays);
                alone.extend(gone);
                crowd = left;
            }
            Ok(_) => break,
            Err(error) => {
                tracing::debug!(%error, "a crowd was taken apart");
                alone.append(&mut crowd);
            }
        }
    }
    (crowd, alone)
}

/// One try. Returns, place by place, who has to go by himself; then nothing was written.
fn once(conn: &mut AnyConn, crowd: &[Request]) -> Result<Vec<bool>, StoreError> {
    let members: Vec<&Member> = crowd
        .iter()
        .filter_map(|request| match &request.task {
            Task::Together(member) => Some(member),
            Task::Work(_) | Task::Check => None,
        })
        .collect();
    conn.batch_execute("savepoint crowd").map_err(translate)?;
    let outcome = together::attempt(conn, &members);
    // Where the whole transaction is lost, there is no savepoint either: who runs alone finds out, and says so.
    let ended = match &outcome {
        Ok(_) => "release crowd",
        Err(_) => "rollback to crowd; release crowd",
    };
    conn.batch_execute(ended).map_err(translate)?;
    outcome
}
