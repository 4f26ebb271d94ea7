//! What the app learned about an attempt: the bank's order id, that the client began to pay or gave up.

use sverka_domain::attempt::{Event as News, Rejected};
use sverka_domain::ids::AttemptId;
use sverka_domain::status::BankStatus;

use super::change::ChangeError;
use super::{Change, Entry, Seen};
use crate::App;
use crate::auth::Caller;
use crate::ports::store::{EventKind, EventSource, StoreError};

/// What the app learned.
#[derive(Debug, Clone)]
pub struct Report {
    /// The bank's id of the order.
    pub bank_order_id: Option<String>,
    /// `pending` or `abandoned`.
    pub bank_status: Option<BankStatus>,
    /// The version that the app has seen.
    pub expected_version: i64,
}

/// Why a report was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// There is no such attempt.
    #[error("payment attempt {0} does not exist")]
    NotFound(AttemptId),
    /// The attempt has changed meanwhile.
    #[error("the attempt has changed since version {expected}")]
    Stale {
        /// The version that the app had seen.
        expected: i64,
        /// As it is now.
        current: Box<Seen>,
    },
    /// Another attempt has that bank order id.
    #[error("another attempt at this bank account has that bank order id")]
    BankOrderIdTaken,
    /// The app may not report that.
    #[error(transparent)]
    Rejected(#[from] Rejected),
    /// The store failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for ReportError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Taken("bank_order_id") => Self::BankOrderIdTaken,
            other => Self::Store(other),
        }
    }
}

impl From<ChangeError> for ReportError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Rejected(rejected) => Self::Rejected(rejected),
            ChangeError::Store(error) => error.into(),
            ChangeError::Delivery(error) => Self::Store(StoreError::Failed(error.into())),
        }
    }
}

impl App {
    /// Takes in what the app learned.
    ///
    /// # Errors
    /// [`ReportError`].
    pub async fn report(&self, caller: Caller, id: AttemptId, report: Report) -> Result<Seen, ReportError> {
        let app = self.clone();
        let seen = self
            .store()
            .write(move |tx| {
                let now = app.now();
                let mut attempt = tx.attempts().get(id)?.ok_or(ReportError::NotFound(id))?;
                if attempt.version != report.expected_version {
                    let current = Box::new(Seen::load(tx, attempt, now)?);
                    return Err(ReportError::Stale {
                        expected: report.expected_version,
                        current,
                    });
                }
                let mut entry = Entry::new(EventKind::ReportedByApp, EventSource::App, caller.actor());
                let renamed = report
                    .bank_order_id
                    .filter(|id| attempt.bank_order_id.as_ref() != Some(id));
                let mut change = Change { app: &app, tx, now };
                if let Some(bank_order_id) = renamed {
                    entry
                        .details
                        .insert("bank_order_id".into(), bank_order_id.clone().into());
                    attempt.bank_order_id = Some(bank_order_id);
                    change.save(&mut attempt)?;
                    if report.bank_status.is_none() {
                        change.tell(&attempt, &attempt.state, entry.clone())?;
                    }
                }
                if let Some(status) = report.bank_status {
                    entry.details.insert("reported".into(), status.to_string().into());
                    attempt = change.make(attempt, &News::AppReported { status, at: now }, entry, false)?;
                }
                let attempt = crate::callbacks::match_orphans(&app, tx, attempt, now)?;
                Ok(Seen::load(tx, attempt, now)?)
            })
            .await?;
        self.nudges().ask_banks();
        self.nudges().deliver();
        Ok(seen)
    }
}
