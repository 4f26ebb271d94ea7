//! Searching for doubles after a payment was passed on: a document that a person entered while it was on its way.
//! Nothing is ever deleted; a person is told.

use jiff::Timestamp;
use sverka_domain::delivery::{self, Delivery, DeliveryEvent, FoundDocument, MatchRule, Step};

use super::deliver::DeliverError;
use super::grip::order;
use super::judge::{is_away, judge_reading};
use super::search::unlinked;
use super::settle::{heard, keep, tell};
use crate::App;
use crate::attempts::Change;
use crate::ports::accounting::Sent;
use crate::ports::store::{EventKind, StoreError};

impl App {
    /// Takes up to `limit` deliveries whose search for doubles is due, longest due first. None while anything waits to
    /// be passed on through the connection, or while it fails or is paused: searches have time.
    ///
    /// # Errors
    /// The store failed.
    pub async fn claim_sweeps(&self, connection: String, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        let app = self.clone();
        self.store()
            .write(move |tx| {
                let now = app.now();
                let state = tx.deliveries().connection(&connection)?;
                if is_away(&state, now) || state.failures > 0 {
                    return Ok(Vec::new());
                }
                let due = tx.deliveries().next_due(&connection, now)?;
                if due.is_some_and(|due| due <= now) {
                    return Ok(Vec::new());
                }
                let until = now + app.lease_of(&connection);
                tx.deliveries().claim_sweeps(&connection, now, until, limit)
            })
            .await
    }

    /// Since or until when the first search for doubles through a connection waits, if one does.
    ///
    /// # Errors
    /// The store failed.
    pub async fn first_sweep(&self, connection: String) -> Result<Option<Timestamp>, StoreError> {
        self.store()
            .read(move |tx| tx.deliveries().next_sweep(&connection))
            .await
    }

    /// When a search for doubles through a connection is due next; `None` when nothing is planned, or when something
    /// is due that has to wait.
    ///
    /// # Errors
    /// The store failed.
    pub async fn next_sweep_due(&self, connection: String) -> Result<Option<Timestamp>, StoreError> {
        let now = self.now();
        let due = self.first_sweep(connection).await?;
        Ok(due.filter(|due| *due > now))
    }

    /// Searches for doubles of a delivery, and writes down what was found. Returns whether one was.
    ///
    /// # Errors
    /// [`DeliverError`].
    pub async fn sweep(&self, delivery: Delivery) -> Result<bool, DeliverError> {
        let connection = self.connection_of(&delivery)?;
        let (id, attempt_id) = (delivery.id, delivery.attempt_id);
        let order = self
            .store()
            .read(move |tx| match tx.attempts().get(attempt_id)? {
                Some(attempt) => order(tx, attempt, delivery).map(Some),
                None => Ok(None),
            })
            .await?;
        let Some(order) = order else { return Ok(false) };
        match self.look_up(&connection, &order).await {
            Ok(found) => Ok(self.write_doubles_down((attempt_id, id), found).await?),
            Err(sent) => {
                // It is put off already.
                self.write_silence_down(connection.name, *sent, id.0.as_u128())
                    .await?;
                Ok(false)
            }
        }
    }

    async fn write_doubles_down(
        &self,
        (attempt_id, id): (sverka_domain::ids::AttemptId, sverka_domain::ids::DeliveryId),
        found: Vec<FoundDocument>,
    ) -> Result<bool, StoreError> {
        let app = self.clone();
        self.store()
            .write(move |tx| {
                let now = app.now();
                let Some(attempt) = tx.attempts().get(attempt_id)? else {
                    return Ok(false);
                };
                let Some(current) = tx.deliveries().get(id)? else {
                    return Ok(false);
                };
                let Some(name) = &current.connection else {
                    return Ok(false);
                };
                let open = unlinked(tx, name, id, found)?;
                let event = DeliveryEvent::Swept {
                    doubles: doubles(&current, open),
                    at: now,
                };
                let Ok(Step::Moved(mut swept)) = delivery::apply(&current, event) else {
                    return Ok(false);
                };
                let mut change = Change { app: &app, tx, now };
                keep(&mut change, &mut swept)?;
                if swept.attention == current.attention {
                    return Ok(false);
                }
                let is_double = swept.attention.is_some();
                let kind = if is_double {
                    EventKind::DoubleFound
                } else {
                    EventKind::DoubleGone
                };
                tell(&mut change, attempt, (&current, &swept), heard(kind, &swept))?;
                Ok(is_double)
            })
            .await
    }

    async fn write_silence_down(&self, connection: String, sent: Sent, key: u128) -> Result<(), StoreError> {
        let app = self.clone();
        self.store()
            .write(move |tx| {
                let mut state = tx.deliveries().connection(&connection)?;
                judge_reading(&mut state, &sent, app.now(), key);
                tx.deliveries().save_connection(&state)
            })
            .await
    }
}

/// The documents that may be the same payment once more.
fn doubles(delivery: &Delivery, found: Vec<FoundDocument>) -> Vec<FoundDocument> {
    // A system that does not tell the key of what it made: one document of ours is no double.
    let own = delivery.document_key.clone().or_else(|| {
        let ours = found.iter().find(|document| document.rule == MatchRule::OurKey);
        ours.map(|document| document.key.clone())
    });
    let is_double = |document: &FoundDocument| {
        // What we made without our key on it belongs to another payment.
        let is_anothers = document.is_ours && document.rule != MatchRule::OurKey;
        Some(&document.key) != own.as_ref() && !document.is_deleted && !is_anothers
    };
    found.into_iter().filter(is_double).collect()
}
