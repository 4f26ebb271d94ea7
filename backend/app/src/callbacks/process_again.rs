//! A kept notification, processed once more: a secret was mended, an attempt recorded since.

use jiff::Timestamp;
use sverka_domain::attempt::Attempt;
use sverka_domain::ids::{AttemptId, NotificationId};

use super::process::{find, process};
use super::receive::usable;
use super::show::ReadAgain;
use crate::App;
use crate::attempts::{Change, Entry};
use crate::auth::Caller;
use crate::ports::bank::{AccountKey, Genuineness, Reading};
use crate::ports::store::{EventKind, EventSource, Notification, NotificationVerdict, StoreError, Tx};

/// What processing once more came to.
pub struct ProcessedAgain {
    /// The notification as it is now, and how it was read.
    pub shown: ReadAgain,
    /// Whether anything about it or its attempt is different now.
    pub changed: bool,
    /// Whose it is.
    pub attempt_id: Option<AttemptId>,
}

/// Why it was not processed.
#[derive(Debug, thiserror::Error)]
pub enum ProcessAgainError {
    /// There is none.
    #[error("notification {0} does not exist")]
    NotFound(NotificationId),
    /// Its bank account is not configured any more.
    #[error("bank account {0} is not configured")]
    UnknownAccount(AccountKey),
    /// There is nothing left of it to read.
    #[error("the raw form of notification {0} was dropped after the retention time")]
    RawDropped(NotificationId),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Reads a kept notification with today's secrets and processes it, as if it had come now; its time stays.
    ///
    /// # Errors
    /// [`ProcessAgainError`].
    pub async fn process_again(
        &self,
        id: NotificationId,
        caller: &Caller,
    ) -> Result<ProcessedAgain, ProcessAgainError> {
        let (app, by) = (self.clone(), caller.clone());
        let done = self
            .store()
            .write(move |tx| {
                let notification = tx
                    .notifications()
                    .get(id)?
                    .ok_or(ProcessAgainError::NotFound(id))?;
                if notification.raw_dropped_at.is_some() {
                    return Err(ProcessAgainError::RawDropped(id));
                }
                let key = &notification.account;
                let account = app
                    .banks()
                    .get(key)
                    .ok_or_else(|| ProcessAgainError::UnknownAccount(key.clone()))?;
                let reading = usable(account.port.read(&notification.raw));
                again(&app, tx, notification, &reading, &by).map_err(ProcessAgainError::from)
            })
            .await?;
        // Where there is no attempt, there is no timeline to say who it was.
        tracing::info!(notification = %id, caller = caller.id, changed = done.changed, "a notification was processed again");
        self.nudges().ask_banks();
        self.nudges().deliver();
        Ok(done)
    }
}

fn again(
    app: &App,
    tx: &mut dyn Tx,
    before: Notification,
    reading: &Reading,
    caller: &Caller,
) -> Result<ProcessedAgain, StoreError> {
    let is_genuine = reading.genuineness == Genuineness::Genuine;
    if before.verdict == NotificationVerdict::SelfTest || (was_genuine(before.verdict) && !is_genuine) {
        // A secret that was changed since does not undo what the old one has proved.
        return Ok(ProcessedAgain {
            changed: false,
            attempt_id: before.attempt_id,
            shown: shown(before, reading),
        });
    }
    let now = app.now();
    let mut fresh = before.clone();
    fresh.order_number.clone_from(&reading.order_number);
    fresh.bank_order_id.clone_from(&reading.bank_order_id);
    tx.notifications().name(
        fresh.id,
        fresh.order_number.as_deref(),
        fresh.bank_order_id.as_deref(),
    )?;
    let attempt = find(tx, &fresh.account, reading)?;
    let version = attempt.as_ref().map(|attempt| attempt.version);
    if let Some(attempt) = &attempt {
        tell(app, tx, attempt, &fresh, caller, now)?;
    }
    let attempt = process(app, tx, &fresh, reading, now)?;
    let settled = tx.notifications().get(fresh.id)?.unwrap_or(fresh);
    let is_other = settled.verdict != before.verdict || settled.attempt_id != before.attempt_id;
    let is_moved = attempt.is_some_and(|attempt| Some(attempt.version) != version);
    Ok(ProcessedAgain {
        changed: is_other || is_moved,
        attempt_id: settled.attempt_id,
        shown: shown(settled, reading),
    })
}

fn shown(notification: Notification, reading: &Reading) -> ReadAgain {
    ReadAgain {
        notification,
        reading: Some(reading.clone()),
    }
}

fn was_genuine(verdict: NotificationVerdict) -> bool {
    match verdict {
        NotificationVerdict::Accepted
        | NotificationVerdict::Orphan
        | NotificationVerdict::Ignored
        | NotificationVerdict::Mismatch => true,
        NotificationVerdict::Received | NotificationVerdict::Rejected | NotificationVerdict::SelfTest => {
            false
        }
    }
}

/// Who had it processed stands in the attempt's timeline, before what comes of it.
fn tell(
    app: &App,
    tx: &mut dyn Tx,
    attempt: &Attempt,
    notification: &Notification,
    caller: &Caller,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut entry = Entry::new(
        EventKind::CallbackReprocessed,
        EventSource::Operator,
        caller.actor(),
    );
    entry.notification_id = Some(notification.id);
    Change { app, tx, now }.tell(attempt, &attempt.state, entry)
}
