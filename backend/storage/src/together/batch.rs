//! A crowd from its first read to its commit.

use sverka_app::ports::store::StoreError;

use super::known::Known;
use super::overlay::{Overlay, Ran};
use super::session::Session;
use super::{Ended, Member, Request, flush, prefetch};
use crate::connection::AnyConn;
use crate::error::unavailable;
use crate::work::Work;

/// Runs a crowd. Everybody in it is answered.
pub(crate) fn run(session: &mut Session, mut crowd: Vec<Request>) {
    while !crowd.is_empty() {
        match once(session, &crowd) {
            Round::Kept => answer(crowd.drain(..), || Ok(Ended::Kept)),
            Round::Strayed(strayed) => crowd = without(crowd, &strayed),
            // Together they cannot be written: somebody else was faster, one of them is wrong, or the database is gone,
            // which each finds out in its own way.
            Round::Clashed(error) => {
                tracing::debug!(%error, "a crowd was taken apart");
                answer(crowd.drain(..), || Ok(Ended::Alone));
            }
            Round::Unsure(error) => {
                let why = error.to_string();
                tracing::error!(error = why, "a commit was lost");
                answer(crowd.drain(..), || Err(unavailable(&*why)));
            }
        }
    }
}

fn answer(crowd: impl Iterator<Item = Request>, outcome: impl Fn() -> Result<Ended, StoreError>) {
    for request in crowd {
        request.answer(outcome());
    }
}

enum Round {
    /// Committed.
    Kept,
    /// Nothing is kept: these, by their places, have to go by themselves.
    Strayed(Vec<bool>),
    /// Nothing is kept: each has to be tried by itself.
    Clashed(StoreError),
    /// Nobody knows whether they are kept.
    Unsure(StoreError),
}

/// One try to run a whole crowd.
fn once(session: &mut Session, crowd: &[Request]) -> Round {
    let outcome = session.begin().and_then(|conn| {
        let members: Vec<&Member> = crowd.iter().map(|request| &request.member).collect();
        attempt(conn, &members)
    });
    let round = match outcome {
        Ok(strayed) if strayed.contains(&true) => Round::Strayed(strayed),
        Ok(_) => session.commit().map_or_else(Round::Unsure, |()| Round::Kept),
        Err(error) => Round::Clashed(error),
    };
    if !matches!(round, Round::Kept) {
        session.roll_back();
    }
    round
}

/// Everything but the commit. Returns, place by place, who has to go by himself; then nothing was written.
pub(crate) fn attempt(conn: &mut AnyConn, crowd: &[&Member]) -> Result<Vec<bool>, StoreError> {
    let mut known: Known = prefetch::read(conn, crowd.iter().map(|member| &member.needs))?;
    let mut strayed = vec![false; crowd.len()];
    for (member, strays) in crowd.iter().zip(&mut strayed) {
        let mut overlay = Overlay::new(Work::new(conn), &mut known);
        *strays = overlay.run(&member.job) == Ran::Strayed;
    }
    // What one that strayed left behind is not told from the others' any more: they run again, without it.
    if !strayed.contains(&true) {
        flush::write(conn, &known)?;
    }
    Ok(strayed)
}

/// Sends those that strayed away, and keeps the others.
fn without(crowd: Vec<Request>, strayed: &[bool]) -> Vec<Request> {
    let mut left = Vec::with_capacity(crowd.len());
    for (request, strays) in crowd.into_iter().zip(strayed) {
        if *strays {
            request.answer(Ok(Ended::Alone));
        } else {
            left.push(request);
        }
    }
    left
}
