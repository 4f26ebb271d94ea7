//! Taking deliveries that are due, by lease.

use jiff::{SignedDuration, Timestamp};
use sverka_domain::delivery::{Delivery, DeliveryState};
use sverka_domain::ids::LeaseId;

use super::judge::{is_answer, is_away, judge_reading, revive};
use crate::App;
use crate::ports::accounting::Sent;
use crate::ports::store::{StoreError, Tx};

/// Beyond the longest try: what the transactions around it and a busy machine take.
pub(super) const MARGIN: SignedDuration = SignedDuration::from_secs(30);

/// A delivery held by a worker.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The delivery as it was claimed.
    pub delivery: Delivery,
    /// The hold.
    pub lease: LeaseId,
}

enum Taking {
    Taken(Vec<Claimed>),
    ProbeFirst,
}

/// What a connection allows now.
pub(super) enum Turn {
    /// So many deliveries, or none.
    UpTo(u32),
    /// It failed, and its pause is over: first something cheap, never a payment.
    ProbeFirst,
}

impl App {
    /// Claims up to `limit` due deliveries of a connection, oldest first; none while the connection is paused, and
    /// one at a time while it is on probation after an outage, after a cheap read if its system has one.
    ///
    /// # Errors
    /// The store failed.
    pub async fn claim_deliveries(&self, connection: String, limit: u32) -> Result<Vec<Claimed>, StoreError> {
        match self.take(connection.clone(), limit, false).await? {
            Taking::Taken(claimed) => Ok(claimed),
            Taking::ProbeFirst => self.claim_after_probe(connection, limit).await,
        }
    }

    async fn claim_after_probe(&self, connection: String, limit: u32) -> Result<Vec<Claimed>, StoreError> {
        if !self.is_there(connection.clone()).await? {
            return Ok(Vec::new());
        }
        match self.take(connection, limit, true).await? {
            Taking::Taken(claimed) => Ok(claimed),
            Taking::ProbeFirst => Ok(Vec::new()),
        }
    }

    /// Probes a connection, if its system has something cheap. Returns whether it may be used.
    pub(super) async fn is_there(&self, connection: String) -> Result<bool, StoreError> {
        let probe = match self.connections().get(&connection) {
            Some(known) => known.port.probe(self.now()).await,
            None => None,
        };
        match probe {
            Some(sent) => self.write_probe_down(connection, sent).await,
            None => Ok(true),
        }
    }

    /// Writes down what a probe came to. Returns whether the connection may be used.
    async fn write_probe_down(&self, connection: String, sent: Sent) -> Result<bool, StoreError> {
        let app = self.clone();
        self.store()
            .write(move |tx| {
                let now = app.now();
                let is_idle = tx.deliveries().backlog(&connection)? == 0;
                let mut state = tx.deliveries().connection(&connection)?;
                if is_answer(&sent.verdict) && !is_idle {
                    // A read that works says little of sending: the first delivery decides.
                    revive(&mut state);
                } else {
                    judge_reading(&mut state, &sent, now, app.id(now).as_u128());
                }
                tx.deliveries().save_connection(&state)?;
                Ok(!is_away(&state, now))
            })
            .await
    }

    async fn take(&self, connection: String, limit: u32, is_probed: bool) -> Result<Taking, StoreError> {
        let app = self.clone();
        self.store()
            .write(move |tx| take(&app, tx, &connection, limit, is_probed))
            .await
    }

    /// How long a hold on a delivery of a connection lasts: longer than any search or try may take, so that a lease
    /// that ended means a worker that died. It begins anew with the search and with the try.
    pub(super) fn lease_of(&self, connection: &str) -> SignedDuration {
        let known = self.connections().get(connection);
        let longest = known.map_or(SignedDuration::ZERO, |known| known.port.profile().longest_try);
        longest + MARGIN
    }

    /// Gives back deliveries that were claimed and not begun, so that anybody may take them at once.
    ///
    /// # Errors
    /// The store failed: their leases run out.
    pub async fn release_deliveries(&self, claimed: Vec<Claimed>) -> Result<(), StoreError> {
        if claimed.is_empty() {
            return Ok(());
        }
        self.store()
            .write(move |tx| {
                for held in claimed {
                    let Some(mut delivery) = tx.deliveries().get(held.delivery.id)? else {
                        continue;
                    };
                    let is_ours = delivery.lease.is_some_and(|(holder, _)| holder == held.lease);
                    if is_ours && delivery.state != DeliveryState::Sending {
                        delivery.lease = None;
                        tx.deliveries().save(&delivery)?;
                    }
                }
                Ok(())
            })
            .await
    }

    /// When a connection has something to do next, if that is known: a delivery is due or, after an outage, its system is
    /// to be asked whether it is there again. `None` while a person has paused it. Only reads.
    ///
    /// # Errors
    /// The store failed.
    pub async fn next_delivery_turn(&self, connection: String) -> Result<Option<Timestamp>, StoreError> {
        let now = self.now();
        self.store()
            .read(move |tx| {
                let state = tx.deliveries().connection(&connection)?;
                if state.held.is_some() {
                    return Ok(None);
                }
                if state.failures > 0 {
                    return Ok(Some(state.paused_until.map_or(now, |until| until.max(now))));
                }
                tx.deliveries().next_due(&connection, now)
            })
            .await
    }

    /// When a connection has something to do next: the earliest due delivery, not before the end of its pause. `None`
    /// while a person has paused it.
    ///
    /// # Errors
    /// The store failed.
    pub async fn next_delivery_due(&self, connection: String) -> Result<Option<Timestamp>, StoreError> {
        let now = self.now();
        self.store()
            .read(move |tx| {
                let state = tx.deliveries().connection(&connection)?;
                if state.held.is_some() {
                    return Ok(None);
                }
                let due = tx.deliveries().next_due(&connection, now)?;
                Ok(due.map(|due| state.paused_until.map_or(due, |until| until.max(due))))
            })
            .await
    }
}

fn take(
    app: &App,
    tx: &mut dyn Tx,
    connection: &str,
    limit: u32,
    is_probed: bool,
) -> Result<Taking, StoreError> {
    let now = app.now();
    let limit = match turn(tx, connection, limit, is_probed, now)? {
        Turn::ProbeFirst => return Ok(Taking::ProbeFirst),
        Turn::UpTo(0) => return Ok(Taking::Taken(Vec::new())),
        Turn::UpTo(some) => some,
    };
    let lease = LeaseId(app.id(now));
    let until = now + app.lease_of(connection);
    let claimed = tx
        .deliveries()
        .claim_due(connection, now, (lease, until), limit)?;
    let held = |delivery| Claimed { delivery, lease };
    Ok(Taking::Taken(claimed.into_iter().map(held).collect()))
}

/// How many of up to `limit` deliveries of a connection may have their turn now.
pub(super) fn turn(
    tx: &mut dyn Tx,
    connection: &str,
    limit: u32,
    is_probed: bool,
    now: Timestamp,
) -> Result<Turn, StoreError> {
    let state = tx.deliveries().look_at_connection(connection)?;
    if is_away(&state, now) {
        return Ok(Turn::UpTo(0));
    }
    let is_on_probation = state.failures > 0;
    if is_on_probation && !is_probed {
        // While there are payments to try, they are not each preceded by a read that says little of sending.
        let asks = state.paused_until.is_some() || tx.deliveries().backlog(connection)? == 0;
        if asks {
            return Ok(Turn::ProbeFirst);
        }
    }
    Ok(Turn::UpTo(if is_on_probation { 1 } else { limit }))
}
