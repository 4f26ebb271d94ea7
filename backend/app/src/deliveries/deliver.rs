//! One try: intent committed, bytes sent, verdict committed.

use jiff::{SignedDuration, Timestamp};
use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::{self, Delivery, DeliveryEvent, Refusal, Step};
use sverka_domain::ids::LeaseId;

use super::Claimed;
use super::claim::LEASE;
use super::verdict::record;
use crate::App;
use crate::attempts::ChangeError;
use crate::ports::accounting::{AccountingPort, Connection, Order, Outgoing};
use crate::ports::store::{StoreError, Try, Tx};

/// What a try came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivered {
    /// It was sent, and the verdict is written down.
    Sent,
    /// Somebody else decided first: it was posted by hand, taken back, or another worker holds it.
    Overtaken,
}

/// Why a try could not be made or written down.
#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    /// Its connection is not configured any more.
    #[error("connection {0:?} is not configured")]
    UnknownConnection(Option<String>),
    /// The store failed. If that was after the bytes were sent, the lease runs out and the delivery is in doubt.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Tries to pass a claimed delivery on, once.
    ///
    /// # Errors
    /// [`DeliverError`].
    pub async fn deliver(&self, claimed: Claimed) -> Result<Delivered, DeliverError> {
        let connection = self.connection_of(&claimed.delivery)?;
        let Some((number, outgoing)) = self.commit_intent(&claimed, &connection).await? else {
            return Ok(Delivered::Overtaken);
        };
        let sent = connection.port.send(&outgoing).await;
        let (app, id, attempt_id) = (self.clone(), claimed.delivery.id, claimed.delivery.attempt_id);
        self.store()
            .write(move |tx| record(&app, tx, (attempt_id, id), number, &sent))
            .await?;
        // A refund may have waited for this payment.
        self.nudges().deliver();
        Ok(Delivered::Sent)
    }

    /// How long a request to a connection's system may still live on their side.
    pub(super) fn settling_of(&self, connection: Option<&str>) -> SignedDuration {
        let known = connection.and_then(|name| self.connections().get(name));
        known.map_or(SignedDuration::ZERO, |connection| {
            connection.port.profile().settling
        })
    }

    fn connection_of(&self, delivery: &Delivery) -> Result<Connection, DeliverError> {
        let known = delivery
            .connection
            .as_deref()
            .and_then(|name| self.connections().get(name))
            .cloned();
        known.ok_or_else(|| DeliverError::UnknownConnection(delivery.connection.clone()))
    }

    /// Commits that this try is about to be made, with the bytes it will send. `None` when it must not be made.
    async fn commit_intent(
        &self,
        claimed: &Claimed,
        connection: &Connection,
    ) -> Result<Option<(u32, Outgoing)>, StoreError> {
        let (app, lease, port) = (self.clone(), claimed.lease, connection.port.clone());
        let (id, attempt_id) = (claimed.delivery.id, claimed.delivery.attempt_id);
        self.store()
            .write(move |tx| {
                let now = app.now();
                // The attempt first, as everywhere: two transactions never wait for each other crosswise.
                let Some(attempt) = tx.attempts().get(attempt_id)? else {
                    return Ok(None);
                };
                let Some(delivery) = tx.deliveries().get(id)? else {
                    return Ok(None);
                };
                if !is_held(&delivery, lease, now) {
                    return Ok(None);
                }
                // The deliveries before it in the batch took their time; this try has all of its own.
                let held = Delivery {
                    lease: Some((lease, now + LEASE)),
                    ..delivery
                };
                intend(tx, &attempt, &held, port.as_ref(), now)
            })
            .await
    }
}

fn is_held(delivery: &Delivery, lease: LeaseId, now: Timestamp) -> bool {
    delivery
        .lease
        .is_some_and(|(holder, until)| holder == lease && until > now)
}

fn intend(
    tx: &mut dyn Tx,
    attempt: &Attempt,
    delivery: &Delivery,
    port: &dyn AccountingPort,
    now: Timestamp,
) -> Result<Option<(u32, Outgoing)>, StoreError> {
    let order = Order {
        attempt: attempt.clone(),
        delivery: delivery.clone(),
        client_key: delivery.client_key.clone(),
        payment_document: None,
    };
    let body = delivery.body.clone().unwrap_or_else(|| port.compose(&order));
    let started = match delivery::apply(
        delivery,
        DeliveryEvent::Started {
            body: body.clone(),
            at: now,
        },
    ) {
        Ok(Step::Moved(started)) => started,
        Ok(Step::Unchanged)
        | Err(
            Refusal::PostedByHand
            | Refusal::AlreadySynced
            | Refusal::InProgress
            | Refusal::Withdrawn
            | Refusal::NotStarted
            | Refusal::NotHeld
            | Refusal::NotAmongFound
            | Refusal::UnfitDecision,
        ) => return Ok(None),
    };
    tx.deliveries().save(&started)?;
    tx.deliveries().begin_try(
        attempt.id,
        &Try {
            delivery_id: started.id,
            kind: started.kind,
            number: started.tries,
            started_at: now,
            ended_at: None,
            verdict: None,
            http_status: None,
            answer: None,
            next_try_at: None,
        },
    )?;
    Ok(Some((
        started.tries,
        Outgoing {
            delivery_id: started.id,
            body,
            at: now,
            is_repeat: delivery.doubts > 0,
        },
    )))
}

/// A change that the bank's or the accounting system's news brings is never refused; if it is, that is a bug.
pub(super) fn unexpected(error: ChangeError) -> StoreError {
    match error {
        ChangeError::Store(error) => error,
        bug @ (ChangeError::Rejected(_) | ChangeError::Delivery(_)) => StoreError::Failed(Box::new(bug)),
    }
}
