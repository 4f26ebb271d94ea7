//! One turn of a delivery: searched for, weighed, and then an intent committed, bytes sent, a verdict committed.

use std::sync::Arc;

use jiff::SignedDuration;
use sverka_domain::delivery::{Delivery, Verdict};
use tokio::time::timeout;

use super::Claimed;
use super::commit::{Committed, Intent, commit};
use super::grip::{Grip, grip, order};
use super::search::{Findings, longest_wait, needs_search, unheard};
use super::verdict::{Answer, record};
use crate::App;
use crate::attempts::{Change, ChangeError};
use crate::ports::accounting::{Connection, Order, Sent};
use crate::ports::store::StoreError;

/// What a turn came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivered {
    /// It was sent, and the verdict is written down.
    Sent,
    /// Nothing was sent: it is there already, a person decides, it is looked for again, or the search failed.
    Settled,
    /// Nothing was sent: the connection is paused, and the delivery was given back.
    Waits,
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

enum TakenUp {
    Overtaken,
    Waits,
    Ready(Box<Order>),
}

impl App {
    /// Passes a claimed delivery on, in one try at most.
    ///
    /// # Errors
    /// [`DeliverError`].
    pub async fn deliver(&self, claimed: Claimed) -> Result<Delivered, DeliverError> {
        let connection = self.connection_of(&claimed.delivery)?;
        let findings = if needs_search(&claimed.delivery, &connection.port.profile()) {
            match self.take_up(&claimed).await? {
                TakenUp::Overtaken => return Ok(Delivered::Overtaken),
                TakenUp::Waits => return Ok(Delivered::Waits),
                TakenUp::Ready(order) => self.search(&connection, *order).await,
            }
        } else {
            Findings::Unasked
        };
        match self.commit(&claimed, &connection, findings).await? {
            Committed::Overtaken => Ok(Delivered::Overtaken),
            Committed::Waits => Ok(Delivered::Waits),
            Committed::Settled => {
                // A refund may have waited for this payment.
                self.nudges().deliver();
                Ok(Delivered::Settled)
            }
            Committed::Intended(intent) => {
                self.try_once(&claimed.delivery, &connection, *intent).await?;
                Ok(Delivered::Sent)
            }
        }
    }

    async fn try_once(
        &self,
        delivery: &Delivery,
        connection: &Connection,
        intent: Intent,
    ) -> Result<(), StoreError> {
        let answer = Answer {
            attempt_id: delivery.attempt_id,
            id: delivery.id,
            number: intent.number,
            sent: send(connection, &intent).await,
        };
        self.write_down(vec![answer]).await
    }

    /// Writes down what tries came to.
    pub(super) async fn write_down(&self, answers: Vec<Answer>) -> Result<(), StoreError> {
        let answers = Arc::new(answers);
        let write = || {
            let (app, answers) = (self.clone(), Arc::clone(&answers));
            self.store().write(move |tx| record(&app, tx, &answers))
        };
        match write().await {
            // Another delivery was linked to this document at the same moment: now that is seen.
            Err(StoreError::Taken(_)) => write().await?,
            other => other?,
        }
        // A refund may have waited for its payment.
        self.nudges().deliver();
        Ok(())
    }

    /// How long a request to a connection's system may still live on their side.
    pub(super) fn settling_of(&self, connection: Option<&str>) -> SignedDuration {
        let known = connection.and_then(|name| self.connections().get(name));
        known.map_or(SignedDuration::ZERO, |connection| {
            connection.port.profile().settling
        })
    }

    pub(super) fn connection_of(&self, delivery: &Delivery) -> Result<Connection, DeliverError> {
        let known = delivery
            .connection
            .as_deref()
            .and_then(|name| self.connections().get(name))
            .cloned();
        known.ok_or_else(|| DeliverError::UnknownConnection(delivery.connection.clone()))
    }

    /// Takes a firm hold before the search, which takes its time.
    async fn take_up(&self, claimed: &Claimed) -> Result<TakenUp, StoreError> {
        let (app, claimed) = (self.clone(), claimed.clone());
        self.store()
            .write(move |tx| {
                let (attempt, mut delivery) = match grip(&app, tx, &claimed, app.now())? {
                    Grip::Lost => return Ok(TakenUp::Overtaken),
                    Grip::Waits => return Ok(TakenUp::Waits),
                    Grip::Firm(firm) => *firm,
                };
                delivery.version = tx.deliveries().save(&delivery)?;
                Ok(TakenUp::Ready(Box::new(order(tx, attempt, delivery)?)))
            })
            .await
    }

    async fn commit(
        &self,
        claimed: &Claimed,
        connection: &Connection,
        findings: Findings,
    ) -> Result<Committed, StoreError> {
        let findings = Arc::new(findings);
        let write = || {
            let (app, claimed) = (self.clone(), claimed.clone());
            let (connection, findings) = (connection.clone(), findings.clone());
            self.store().write(move |tx| {
                let now = app.now();
                let mut change = Change { app: &app, tx, now };
                commit(&mut change, &claimed, &connection, &findings)
            })
        };
        match write().await {
            // Another delivery was linked to a document at the same moment: now that is seen.
            Err(StoreError::Taken(_)) => write().await,
            other => other,
        }
    }
}

/// Sends once. Whatever an adapter promised: nothing goes on after the lease may have ended.
pub(super) async fn send(connection: &Connection, intent: &Intent) -> Sent {
    let port = &connection.port;
    let sending = async {
        match &intent.finishes {
            Some(document_key) => port.finish(&intent.outgoing, document_key).await,
            None => port.send(&intent.outgoing).await,
        }
    };
    let longest = longest_wait(port.profile().longest_try);
    timeout(longest, sending).await.unwrap_or_else(|_| {
        let reason = "no answer within the time allowed".to_owned();
        unheard(Verdict::Unknown { reason })
    })
}

/// A change that the bank's or the accounting system's news brings is never refused; if it is, that is a bug.
pub(super) fn unexpected(error: ChangeError) -> StoreError {
    match error {
        ChangeError::Store(error) => error,
        bug @ (ChangeError::Rejected(_) | ChangeError::Delivery(_)) => StoreError::Failed(Box::new(bug)),
    }
}
