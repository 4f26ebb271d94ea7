//! A crowd from its first read to its commit.

use sverka_app::ports::store::StoreError;

use super::known::Known;
use super::overlay::{Overlay, Ran};
use super::session::Session;
use super::{Request, flush, prefetch};
use crate::connection::AnyConn;
use crate::error::unavailable;
use crate::work::{Left, Work};

/// Runs a crowd. Everybody in it is answered.
pub(crate) fn run(session: &mut Session, crowd: Vec<Request>) {
    let mut crowd = crowd;
    let mut apart = Vec::new();
    while !crowd.is_empty() {
        match once(session, &crowd) {
            Round::Kept => {
                for request in crowd.drain(..) {
                    request.answer(Ok(()));
                }
            }
            Round::Strayed(strayed) => (apart, crowd) = part(apart, crowd, &strayed),
            // Together they cannot be written: somebody else was faster, or one of them is wrong.
            Round::Clashed(error) => {
                tracing::debug!(%error, "a crowd was taken apart");
                apart.append(&mut crowd);
            }
            Round::Lost(error) => {
                let why = error.to_string();
                tracing::error!(error = why, "a transaction was lost");
                for request in crowd.drain(..) {
                    request.answer(Err(unavailable(&*why)));
                }
            }
        }
    }
    for request in apart {
        let outcome = alone(session, &request);
        request.answer(outcome);
    }
}

enum Round {
    /// Committed.
    Kept,
    /// Nothing is kept: these, by their places, have to go by themselves.
    Strayed(Vec<bool>),
    /// Nothing is kept: each has to be tried by itself.
    Clashed(StoreError),
    /// The database is not there, or nobody knows whether it kept them.
    Lost(StoreError),
}

/// One try to run a whole crowd.
fn once(session: &mut Session, crowd: &[Request]) -> Round {
    let outcome = match session.begin() {
        Ok(conn) => attempt(conn, crowd),
        Err(error) => return Round::Lost(error),
    };
    match outcome {
        Ok(strayed) if strayed.contains(&true) => {
            session.roll_back();
            Round::Strayed(strayed)
        }
        Ok(_) => match session.commit() {
            Ok(()) => Round::Kept,
            Err(error) => {
                session.roll_back();
                Round::Lost(error)
            }
        },
        Err(error) => {
            session.roll_back();
            match error {
                StoreError::Unavailable(_) => Round::Lost(error),
                StoreError::Taken(_) | StoreError::Stale | StoreError::Failed(_) => Round::Clashed(error),
            }
        }
    }
}

/// Everything but the commit. Returns, place by place, who has to go by himself; then nothing was written.
fn attempt(conn: &mut AnyConn, crowd: &[Request]) -> Result<Vec<bool>, StoreError> {
    let mut known: Known = prefetch::read(conn, crowd.iter().map(|request| &request.needs))?;
    let mut strayed = vec![false; crowd.len()];
    for (request, strays) in crowd.iter().zip(&mut strayed) {
        let mut overlay = Overlay::new(Work::new(conn), &mut known);
        *strays = overlay.run(&request.job) == Ran::Strayed;
    }
    // What one that strayed left behind is not told from the others' any more: they run again, without it.
    if !strayed.contains(&true) {
        flush::write(conn, &known)?;
    }
    Ok(strayed)
}

fn part(mut apart: Vec<Request>, crowd: Vec<Request>, strayed: &[bool]) -> (Vec<Request>, Vec<Request>) {
    let mut left = Vec::with_capacity(crowd.len());
    for (request, strays) in crowd.into_iter().zip(strayed) {
        if *strays {
            apart.push(request);
        } else {
            left.push(request);
        }
    }
    (apart, left)
}

/// Runs one job in a transaction of its own.
fn alone(session: &mut Session, request: &Request) -> Result<(), StoreError> {
    let job = std::sync::Arc::clone(&request.job);
    let left = Work::run(session.begin()?, true, Box::new(move |tx| job(tx)));
    match left {
        Left::Done => {
            let kept = session.commit();
            if kept.is_err() {
                session.roll_back();
            }
            kept
        }
        Left::Refused => {
            session.roll_back();
            Ok(())
        }
        Left::Broken(error) => {
            session.roll_back();
            Err(error)
        }
    }
}
