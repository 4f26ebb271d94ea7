//! Taking deliveries that are due and beginning them at once, in one transaction: nothing is held that is not begun, so
//! that a worker that dies keeps nothing from the others but what was under way.

use jiff::Timestamp;
use sverka_domain::ids::{AttemptId, LeaseId};

use super::Claimed;
use super::claim::{Turn, turn};
use super::commit::{Committed, Intent, commit_unasked};
use super::search::needs_search;
use crate::App;
use crate::attempts::Change;
use crate::ports::accounting::Connection;
use crate::ports::store::{StoreError, Tx};

/// What was begun.
pub(super) struct Begun {
    /// Whether as many were due as were wanted, so that there may be more.
    pub(super) are_more: bool,
    /// In the order of the queue.
    pub(super) steps: Vec<Step>,
}

/// How a delivery begins.
pub(super) enum Step {
    /// Something has to be asked first; it is held.
    Asks(Box<Claimed>),
    /// It is about to be sent.
    Sends(Box<Claimed>, Box<Intent>),
    /// It is done: nothing is sent.
    Settled,
    /// It refuses to begin; it is held, so that it comes again when others have had their turn.
    Refuses,
}

enum Beginning {
    Begun(Begun),
    ProbeFirst,
}

impl App {
    /// Begins up to `limit` due deliveries of a connection, oldest first; none while the connection is paused, and one
    /// while it is on probation after an outage, after a cheap read if its system has one.
    pub(super) async fn begin_due(&self, connection: Connection, limit: u32) -> Result<Begun, StoreError> {
        let none = Begun {
            are_more: false,
            steps: Vec::new(),
        };
        match self.begin_up_to(connection.clone(), limit, false).await? {
            Beginning::Begun(begun) => return Ok(begun),
            Beginning::ProbeFirst => {}
        }
        if !self.is_there(connection.name.clone()).await? {
            return Ok(none);
        }
        match self.begin_up_to(connection, limit, true).await? {
            Beginning::Begun(begun) => Ok(begun),
            Beginning::ProbeFirst => Ok(none),
        }
    }

    async fn begin_up_to(
        &self,
        connection: Connection,
        limit: u32,
        is_probed: bool,
    ) -> Result<Beginning, StoreError> {
        let app = self.clone();
        self.store()
            .write(move |tx| {
                let now = app.now();
                match turn(tx, &connection.name, limit, is_probed, now)? {
                    Turn::ProbeFirst => Ok(Beginning::ProbeFirst),
                    Turn::UpTo(some) => {
                        let mut begun = begin(&app, tx, &connection, some, now)?;
                        begun.are_more &= some == limit;
                        Ok(Beginning::Begun(begun))
                    }
                }
            })
            .await
    }
}

fn begin(
    app: &App,
    tx: &mut dyn Tx,
    connection: &Connection,
    limit: u32,
    now: Timestamp,
) -> Result<Begun, StoreError> {
    let due = if limit == 0 {
        Vec::new()
    } else {
        tx.deliveries().due(&connection.name, now, limit)?
    };
    let are_more = !due.is_empty() && due.len() == usize::try_from(limit).unwrap_or(usize::MAX);
    let mut ids: Vec<AttemptId> = due.iter().map(|delivery| delivery.attempt_id).collect();
    ids.sort_unstable_by_key(|id| id.0);
    ids.dedup();
    // Elsewhere the attempt is locked before its deliveries: who has one of these may be waiting for us.
    let attempts = tx.attempts().several_unless_held(&ids)?;
    tx.gather();
    let profile = connection.port.profile();
    let lease = LeaseId(app.id(now));
    let until = now + app.lease_of(&connection.name);
    let mut steps = Vec::with_capacity(due.len());
    for mut delivery in due {
        let Some(attempt) = attempts.iter().find(|known| known.id == delivery.attempt_id) else {
            continue;
        };
        delivery.lease = Some((lease, until));
        let mut claimed = Box::new(Claimed { delivery, lease });
        if needs_search(&claimed.delivery, &profile) {
            claimed.delivery.version = tx.deliveries().save(&claimed.delivery)?;
            steps.push(Step::Asks(claimed));
            continue;
        }
        let mut change = Change { app, tx, now };
        let found = (attempt.clone(), claimed.delivery.clone());
        steps.push(match commit_unasked(&mut change, found, connection)? {
            Committed::Intended(intent) => Step::Sends(claimed, intent),
            Committed::Settled => Step::Settled,
            Committed::Overtaken | Committed::Waits => {
                tx.deliveries().save(&claimed.delivery)?;
                Step::Refuses
            }
        });
    }
    // Where nothing could be begun, it is not tried again at once.
    let are_more = are_more && !steps.is_empty();
    Ok(Begun { are_more, steps })
}
