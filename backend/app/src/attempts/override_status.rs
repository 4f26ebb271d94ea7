//! A person's decision on the bank status, with a reason.

use sverka_domain::attempt::{Event as News, Rejected};
use sverka_domain::delivery::Refusal;
use sverka_domain::ids::AttemptId;
use sverka_domain::status::BankStatus;

use super::change::ChangeError;
use super::{Change, Entry, Seen};
use crate::App;
use crate::auth::Caller;
use crate::ports::store::{EventKind, EventSource, StoreError};

/// A decision.
#[derive(Clone)]
pub struct OverrideStatus {
    /// The status to set.
    pub bank_status: BankStatus,
    /// Why.
    pub reason: String,
    /// What the person saw: a line of the bank's cabinet, a receipt number.
    pub evidence: Option<String>,
    /// The version that the person has seen.
    pub expected_version: i64,
}

/// Why a decision was not taken.
#[derive(Debug, thiserror::Error)]
pub enum OverrideError {
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
    /// That status can't be set now.
    #[error(transparent)]
    Rejected(#[from] Rejected),
    /// A payment that is taken back is being sent, or was.
    #[error("the payment cannot be taken back: {0}")]
    Delivery(#[from] Refusal),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ChangeError> for OverrideError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Rejected(rejected) => Self::Rejected(rejected),
            ChangeError::Delivery(refusal) => Self::Delivery(refusal),
            ChangeError::Store(error) => Self::Store(error),
        }
    }
}

impl App {
    /// Sets the bank status by hand.
    ///
    /// # Errors
    /// [`OverrideError`].
    pub async fn override_status(
        &self,
        caller: Caller,
        id: AttemptId,
        decision: OverrideStatus,
    ) -> Result<Seen, OverrideError> {
        let app = self.clone();
        let seen = self
            .store()
            .write(move |tx| {
                let now = app.now();
                let attempt = tx.attempts().get(id)?.ok_or(OverrideError::NotFound(id))?;
                if attempt.version != decision.expected_version {
                    let current = Box::new(Seen::load(tx, attempt, now)?);
                    return Err(OverrideError::Stale {
                        expected: decision.expected_version,
                        current,
                    });
                }
                let mut entry = Entry::new(EventKind::Overridden, EventSource::Operator, caller.actor());
                entry.reason = Some(decision.reason);
                if let Some(evidence) = decision.evidence {
                    entry.details.insert("evidence".into(), evidence.into());
                }
                entry
                    .details
                    .insert("set".into(), decision.bank_status.to_string().into());
                let news = News::Overridden {
                    status: decision.bank_status,
                    at: now,
                };
                let changed = Change { app: &app, tx, now }.make(attempt, &news, entry, true)?;
                Ok(Seen::load(tx, changed, now)?)
            })
            .await?;
        self.nudges().deliver();
        Ok(seen)
    }
}
