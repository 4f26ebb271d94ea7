//! «Синхронизировать с CRM»: pass it on now.

use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::{self, DeliveryEvent, DeliveryState, Refusal, Step};
use sverka_domain::ids::AttemptId;
use sverka_domain::status::CrmStatus;

use super::change::ChangeError;
use super::{Change, Entry, Seen};
use crate::App;
use crate::auth::Caller;
use crate::ports::store::{EventKind, EventSource, StoreError, Tx};

/// Why it is not passed on.
#[derive(Debug, thiserror::Error)]
pub enum ResyncError {
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
    /// There is no payment to pass on.
    #[error("the attempt is not paid, so there is nothing to pass on")]
    NotPaid,
    /// It can't be, where its delivery stands.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ChangeError> for ResyncError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Delivery(refusal) => Self::Refused(refusal),
            ChangeError::Store(error) => Self::Store(error),
            ChangeError::Rejected(rejected) => Self::Store(StoreError::Failed(rejected.into())),
        }
    }
}

impl App {
    /// Passes the payment on now, whatever wait was planned.
    ///
    /// # Errors
    /// [`ResyncError`].
    pub async fn resync(
        &self,
        caller: Caller,
        id: AttemptId,
        expected_version: i64,
    ) -> Result<Seen, ResyncError> {
        let app = self.clone();
        let seen = self
            .store()
            .write(move |tx| {
                let now = app.now();
                let attempt = tx.attempts().get(id)?.ok_or(ResyncError::NotFound(id))?;
                if attempt.version != expected_version {
                    let current = Box::new(Seen::load(tx, attempt, now)?);
                    return Err(ResyncError::Stale {
                        expected: expected_version,
                        current,
                    });
                }
                let attempt = hurry(&app, tx, attempt, &caller, (true, now))?;
                Ok(Seen::load(tx, attempt, now)?)
            })
            .await?;
        self.nudges().deliver();
        Ok(seen)
    }
}

/// Passes an attempt on now; its version has been looked at. `wakes`: its connection is tried before the end of its
/// pause.
pub(crate) fn hurry(
    app: &App,
    tx: &mut dyn Tx,
    mut attempt: Attempt,
    caller: &Caller,
    (wakes, now): (bool, jiff::Timestamp),
) -> Result<Attempt, ResyncError> {
    match attempt.state.crm_status {
        CrmStatus::NotDue => return Err(ResyncError::NotPaid),
        CrmStatus::PostedByHand => return Err(Refusal::PostedByHand.into()),
        CrmStatus::Synced => return Err(Refusal::AlreadySynced.into()),
        CrmStatus::Queued | CrmStatus::Retrying | CrmStatus::InDoubt | CrmStatus::NeedsAttention => {}
    }
    let before = attempt.state.clone();
    for waiting in tx.deliveries().of_attempt(attempt.id)? {
        if matches!(
            waiting.state,
            DeliveryState::Synced | DeliveryState::PostedByHand | DeliveryState::Withdrawn
        ) {
            continue;
        }
        if let Step::Moved(sooner) = delivery::apply(&waiting, DeliveryEvent::Resync { at: now })? {
            tx.deliveries().save(&sooner)?;
        }
        // A person at the button is as good a reason to try the connection as the end of its pause.
        if let Some(name) = waiting.connection.as_ref().filter(|_| wakes) {
            let mut connection = tx.deliveries().connection(name)?;
            // A cheap read comes first, where there is one.
            if connection.paused_until.is_some_and(|until| until > now) {
                connection.paused_until = Some(now);
                tx.deliveries().save_connection(&connection)?;
            }
        }
    }
    let mut change = Change { app, tx, now };
    change.settle_delivery_status(&mut attempt)?;
    let entry = Entry::new(EventKind::ResyncRequested, EventSource::Operator, caller.actor());
    change.tell(&attempt, &before, entry)?;
    change.save(&mut attempt)?;
    Ok(attempt)
}
