//! Taking deliveries that are due, by lease.

use jiff::{SignedDuration, Timestamp};
use sverka_domain::delivery::{Delivery, DeliveryState};
use sverka_domain::ids::LeaseId;

use crate::App;
use crate::ports::store::StoreError;

/// Longer than any request may take, so that a lease that ended means a worker that died. It begins anew with each try.
pub(super) const LEASE: SignedDuration = SignedDuration::from_secs(90);

/// A delivery held by a worker.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The delivery as it was claimed.
    pub delivery: Delivery,
    /// The hold.
    pub lease: LeaseId,
}

impl App {
    /// Claims up to `limit` due deliveries of a connection, oldest first; none while the connection is paused, and
    /// one at a time while it is on probation after an outage.
    ///
    /// # Errors
    /// The store failed.
    pub async fn claim_deliveries(&self, connection: String, limit: u32) -> Result<Vec<Claimed>, StoreError> {
        let app = self.clone();
        self.store()
            .write(move |tx| {
                let now = app.now();
                let state = tx.deliveries().connection(&connection)?;
                if state.paused_until.is_some_and(|until| until > now) {
                    return Ok(Vec::new());
                }
                let limit = if state.failures > 0 { 1 } else { limit };
                let lease = LeaseId(app.id(now));
                let claimed = tx
                    .deliveries()
                    .claim_due(&connection, now, (lease, now + LEASE), limit)?;
                Ok(claimed
                    .into_iter()
                    .map(|delivery| Claimed { delivery, lease })
                    .collect())
            })
            .await
    }

    /// Gives back deliveries that were claimed and not begun, so that anybody may take them at once.
    ///
    /// # Errors
    /// The store failed: their leases run out.
    pub async fn release_deliveries(&self, claimed: Vec<Claimed>) -> Result<(), StoreError> {
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

    /// When a connection has something to do next: the earliest due delivery, not before the end of its pause.
    ///
    /// # Errors
    /// The store failed.
    pub async fn next_delivery_due(&self, connection: String) -> Result<Option<Timestamp>, StoreError> {
        let now = self.now();
        self.store()
            .read(move |tx| {
                let due = tx.deliveries().next_due(&connection, now)?;
                let paused = tx.deliveries().connection(&connection)?.paused_until;
                Ok(due.map(|due| paused.map_or(due, |until| until.max(due))))
            })
            .await
    }

    /// Gives deliveries that were queued before any connection was configured to the one that payments go through.
    ///
    /// # Errors
    /// The store failed.
    pub async fn adopt_unrouted_deliveries(&self) -> Result<u64, StoreError> {
        let Some(connection) = self
            .connections()
            .all()
            .first()
            .map(|connection| connection.name.clone())
        else {
            return Ok(0);
        };
        self.store()
            .write(move |tx| tx.deliveries().adopt_unrouted(&connection))
            .await
    }
}
