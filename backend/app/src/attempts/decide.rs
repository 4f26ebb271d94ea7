//! A person's decision about a delivery that waits for one.

use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::{self, Decision, Delivery, DeliveryEvent, Refusal, Step};
use sverka_domain::ids::{AttemptId, DeliveryId};

use super::change::ChangeError;
use super::{Change, Entry, Seen};
use crate::App;
use crate::auth::Caller;
use crate::deliveries::plan_sweep;
use crate::ports::store::{EventKind, EventSource, StoreError, Tx};

/// What a person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decide {
    /// The delivery that waits.
    pub delivery_id: DeliveryId,
    /// What.
    pub decision: Decision,
    /// Why, in the person's words.
    pub reason: String,
    /// The version of the attempt that the person had seen.
    pub expected_version: i64,
}

/// Why a decision is not taken.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// There is no such attempt.
    #[error("payment attempt {0} does not exist")]
    NotFound(AttemptId),
    /// The attempt has changed meanwhile.
    #[error("the attempt has changed since version {expected}")]
    Stale {
        /// The version that the person had seen.
        expected: i64,
        /// As it is now.
        current: Box<Seen>,
    },
    /// The document is another payment's already.
    #[error("the document is linked to another payment already")]
    LinkedElsewhere,
    /// It does not fit where the delivery stands ([`Refusal::NotHeld`], [`Refusal::NotAmongFound`],
    /// [`Refusal::UnfitDecision`]).
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for DecideError {
    fn from(error: StoreError) -> Self {
        match error {
            // Linked at the same moment.
            StoreError::Taken("document") => Self::LinkedElsewhere,
            error => Self::Store(error),
        }
    }
}

impl From<ChangeError> for DecideError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Delivery(refusal) => Self::Refused(refusal),
            ChangeError::Store(error) => error.into(),
            ChangeError::Rejected(rejected) => Self::Store(StoreError::Failed(rejected.into())),
        }
    }
}

impl App {
    /// Takes a person's decision about a delivery. It beats a worker that is about to act: that one commits by a
    /// compare-and-set on the same row, which then fails.
    ///
    /// # Errors
    /// [`DecideError`].
    pub async fn decide(&self, caller: Caller, id: AttemptId, decide: Decide) -> Result<Seen, DecideError> {
        let app = self.clone();
        let seen = self
            .store()
            .write(move |tx| {
                let now = app.now();
                let attempt = tx.attempts().get(id)?.ok_or(DecideError::NotFound(id))?;
                if attempt.version != decide.expected_version {
                    let current = Box::new(Seen::load(tx, attempt, now)?);
                    return Err(DecideError::Stale {
                        expected: decide.expected_version,
                        current,
                    });
                }
                let attempt = settle(&mut Change { app: &app, tx, now }, attempt, &caller, decide)?;
                Ok(Seen::load(tx, attempt, now)?)
            })
            .await?;
        self.nudges().deliver();
        Ok(seen)
    }
}

fn settle(
    change: &mut Change<'_>,
    mut attempt: Attempt,
    caller: &Caller,
    decide: Decide,
) -> Result<Attempt, DecideError> {
    let now = change.now;
    let held = change.tx.deliveries().get(decide.delivery_id)?;
    let held = held
        .filter(|delivery| delivery.attempt_id == attempt.id)
        .ok_or(Refusal::NotHeld)?;
    is_free(change.tx, &held, &decide.decision)?;
    let before = attempt.state.clone();
    let mut entry = told(&held, &decide, caller);
    let event = DeliveryEvent::Decided {
        decision: decide.decision,
        at: now,
    };
    if let Step::Moved(mut decided) = delivery::apply(&held, event)? {
        plan_sweep(change.app, &mut decided, now);
        change.tx.deliveries().save(&decided)?;
        entry.document_ref.clone_from(&decided.document_ref);
    }
    change.settle_delivery_status(&mut attempt)?;
    change.tell(&attempt, &before, entry)?;
    change.save(&mut attempt)?;
    Ok(attempt)
}

/// A document is one payment's only.
fn is_free(tx: &mut dyn Tx, held: &Delivery, decision: &Decision) -> Result<(), DecideError> {
    let (Decision::Link { document_key }, Some(connection)) = (decision, &held.connection) else {
        return Ok(());
    };
    let linked = tx
        .deliveries()
        .linked(connection, std::slice::from_ref(document_key))?;
    if linked.iter().any(|(_, holder)| *holder != held.id) {
        return Err(DecideError::LinkedElsewhere);
    }
    Ok(())
}

fn told(held: &Delivery, decide: &Decide, caller: &Caller) -> Entry {
    let mut entry = Entry::new(EventKind::Decision, EventSource::Operator, caller.actor());
    entry.delivery = Some((held.id, held.tries));
    entry.reason = Some(decide.reason.clone());
    let mut keep = |key: &str, value: String| {
        entry.details.insert(key.to_owned(), value.into());
    };
    if let Some(hold) = &held.hold {
        keep("hold", hold.reason.to_string());
    }
    match &decide.decision {
        Decision::Link { document_key } => {
            keep("decision", "link".to_owned());
            keep("document_key", document_key.clone());
        }
        Decision::Send => keep("decision", "send".to_owned()),
        Decision::ChooseClient { client_key } => {
            keep("decision", "choose_client".to_owned());
            keep("client_key", client_key.clone());
        }
        Decision::Postpone { until } => {
            keep("decision", "postpone".to_owned());
            keep("until", until.to_string());
        }
        Decision::Dismiss => keep("decision", "dismiss".to_owned()),
    }
    entry
}
