//! «Уже проведён вручную»: from then on nothing sends it, whatever is pressed.

use jiff::Timestamp;
use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::{self, DeliveryEvent, DeliveryState, Refusal, Step};
use sverka_domain::ids::AttemptId;
use sverka_domain::status::CrmStatus;

use super::change::ChangeError;
use super::{Change, Entry, Seen};
use crate::App;
use crate::auth::Caller;
use crate::ports::store::{EventKind, EventSource, StoreError, Tx};

/// What a person says.
#[derive(Clone)]
pub struct MarkPosted {
    /// The document's number in the accounting system.
    pub document_ref: Option<String>,
    /// How they know.
    pub reason: String,
    /// The version that the person has seen.
    pub expected_version: i64,
}

/// Why it was not marked.
#[derive(Debug, thiserror::Error)]
pub enum MarkPostedError {
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
    /// There is no payment that could have been entered.
    #[error("the attempt is not paid, so there is nothing to enter")]
    NotPaid,
    /// It can't be, where its delivery stands.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ChangeError> for MarkPostedError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Delivery(refusal) => Self::Refused(refusal),
            ChangeError::Store(error) => Self::Store(error),
            ChangeError::Rejected(rejected) => Self::Store(StoreError::Failed(rejected.into())),
        }
    }
}

impl App {
    /// Marks a payment as entered by hand. It beats a worker that is about to send: the worker commits its intent
    /// by a compare-and-set on the same row, which then fails.
    ///
    /// # Errors
    /// [`MarkPostedError`].
    pub async fn mark_posted(
        &self,
        caller: Caller,
        id: AttemptId,
        mark: MarkPosted,
    ) -> Result<Seen, MarkPostedError> {
        let app = self.clone();
        self.store()
            .write(move |tx| {
                let now = app.now();
                let attempt = tx.attempts().get(id)?.ok_or(MarkPostedError::NotFound(id))?;
                if attempt.version != mark.expected_version {
                    let current = Box::new(Seen::load(tx, attempt, now)?);
                    return Err(MarkPostedError::Stale {
                        expected: mark.expected_version,
                        current,
                    });
                }
                let attempt = settle(&app, tx, attempt, &caller, mark, now)?;
                Ok(Seen::load(tx, attempt, now)?)
            })
            .await
    }
}

fn settle(
    app: &App,
    tx: &mut dyn Tx,
    mut attempt: Attempt,
    caller: &Caller,
    mark: MarkPosted,
    now: Timestamp,
) -> Result<Attempt, MarkPostedError> {
    match attempt.state.crm_status {
        CrmStatus::NotDue => return Err(MarkPostedError::NotPaid),
        CrmStatus::Synced => return Err(Refusal::AlreadySynced.into()),
        CrmStatus::PostedByHand => return Err(Refusal::PostedByHand.into()),
        CrmStatus::Queued | CrmStatus::Retrying | CrmStatus::InDoubt | CrmStatus::NeedsAttention => {}
    }
    let before = attempt.state.clone();
    for open in tx.deliveries().of_attempt(attempt.id)? {
        if matches!(
            open.state,
            DeliveryState::Synced | DeliveryState::PostedByHand | DeliveryState::Withdrawn
        ) {
            continue;
        }
        let event = DeliveryEvent::PostByHand {
            document_ref: mark.document_ref.clone(),
            at: now,
        };
        if let Step::Moved(posted) = delivery::apply(&open, event)? {
            tx.deliveries().save(&posted)?;
        }
    }
    let mut change = Change { app, tx, now };
    change.settle_delivery_status(&mut attempt)?;
    let mut entry = Entry::new(EventKind::PostedByHand, EventSource::Operator, caller.actor());
    entry.reason = Some(mark.reason);
    entry.document_ref = mark.document_ref;
    change.tell(&attempt, &before, entry)?;
    change.save(&mut attempt)?;
    Ok(attempt)
}
