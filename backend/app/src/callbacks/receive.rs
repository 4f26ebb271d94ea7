//! A callback request: kept raw before anything else, answered only after the commit.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use sverka_domain::ids::NotificationId;

use super::process::find;
use super::repeat::ask_again;
use super::self_test::is_ours;
use super::{match_orphans, process};
use crate::App;
use crate::ports::bank::{AccountKey, BankAccount, CallbackReply, Genuineness, RawCallback, Reading, Says};
use crate::ports::store::{Needs, Notification, NotificationVerdict, Received, StoreError, Tx};

/// So many notifications without a good signature are kept an hour and account; the rest is answered and dropped.
const KEPT_REJECTED_AN_HOUR: u64 = 1_000;

/// The longest order number or bank order id, in bytes.
const MAX_NUMBER: usize = 400;

/// Why a callback was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// No such bank account is configured.
    #[error("bank account {0} is not configured")]
    UnknownAccount(AccountKey),
    /// The store failed: the bank has to repeat.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Takes in a callback, and returns the answer in the bank's own form after a durable commit.
    ///
    /// # Errors
    /// [`ReceiveError`]. After [`ReceiveError::Store`] nothing may be lost: the answer must make the bank repeat.
    pub async fn receive_callback(
        &self,
        key: AccountKey,
        raw: RawCallback,
    ) -> Result<CallbackReply, ReceiveError> {
        let account = self
            .banks()
            .get(&key)
            .ok_or_else(|| ReceiveError::UnknownAccount(key.clone()))?
            .clone();
        let reading = usable(account.port.read(&raw));
        let now = self.now();
        let notification = notification(NotificationId(self.id(now)), &account, raw.clone(), &reading, now);
        let found = match self.keep_and_process(notification.clone(), reading.clone()).await {
            Ok(found) => found,
            Err(error) => {
                // Whatever went wrong with the processing, the raw form is kept; it is processed again later.
                tracing::error!(account = %key, notification = %notification.id, error = %error, "a notification could not be processed");
                self.keep(notification).await?;
                return Err(error.into());
            }
        };
        if !found {
            self.match_late(key, reading.clone()).await?;
        }
        self.nudges().ask_banks();
        self.nudges().deliver();
        let genuine = reading.genuineness == Genuineness::Genuine;
        Ok(if genuine {
            account.port.acknowledge(&raw)
        } else {
            account.port.refuse()
        })
    }

    /// Returns whether there is nothing more to find: the attempt was found, or was not looked for.
    async fn keep_and_process(
        &self,
        notification: Notification,
        reading: Reading,
    ) -> Result<bool, StoreError> {
        let app = self.clone();
        let needs = Needs {
            notification: Some((notification.account.clone(), dedupe_key(&notification.raw))),
            order_number: reading.order_number.clone(),
            bank_order_id: reading.bank_order_id.clone(),
        };
        self.store()
            .write_together(needs, move |tx| take_in(&app, tx, &notification, &reading))
            .await
    }

    /// Looks again for the attempt of an orphan. An attempt that was recorded at the same moment could not be seen
    /// from the orphan's transaction, nor the orphan from the attempt's; whoever looks last sees both.
    async fn match_late(&self, key: AccountKey, reading: Reading) -> Result<(), StoreError> {
        let app = self.clone();
        self.store()
            .write(move |tx| match find(tx, &key, &reading)? {
                Some(attempt) => match_orphans(&app, tx, attempt, app.now()).map(|_| ()),
                None => Ok(()),
            })
            .await
    }

    async fn keep(&self, notification: Notification) -> Result<(), StoreError> {
        self.store()
            .write(move |tx| {
                tx.notifications()
                    .receive(&notification, &dedupe_key(&notification.raw))
                    .map(|_| ())
            })
            .await
    }
}

fn take_in(
    app: &App,
    tx: &mut dyn Tx,
    notification: &Notification,
    reading: &Reading,
) -> Result<bool, StoreError> {
    let now = app.now();
    let rejected = reading.genuineness != Genuineness::Genuine;
    if rejected
        && !is_ours(tx, &notification.account, &notification.raw)?
        && is_flooded(tx, &notification.account, now)?
    {
        return Ok(true);
    }
    let mut notification = notification.clone();
    match tx
        .notifications()
        .receive(&notification, &dedupe_key(&notification.raw))?
    {
        Received::New => {}
        // A repeat of what was taken in, or of the same forgery, changes nothing. One that could not
        // be used before is looked at again: a secret may have been mended, an attempt recorded since.
        Received::Repeat { verdict, .. } if is_done(verdict, rejected) => {
            ask_again(app, tx, &notification.account, reading, now)?;
            return Ok(true);
        }
        Received::Repeat { id, .. } => notification.id = id,
    }
    let attempt = process(app, tx, &notification, reading, now)?;
    Ok(attempt.is_some() || reading.says == Says::Nothing)
}

fn notification(
    id: NotificationId,
    account: &BankAccount,
    raw: RawCallback,
    reading: &Reading,
    now: Timestamp,
) -> Notification {
    Notification {
        id,
        account: account.key.clone(),
        attempt_id: None,
        order_number: reading.order_number.clone(),
        bank_order_id: reading.bank_order_id.clone(),
        received_at: now,
        raw,
        verdict: NotificationVerdict::Received,
        repeats: 0,
        raw_dropped_at: None,
    }
}

/// Numbers that no attempt can have are read as none: they come from outside and go into look-ups.
pub(super) fn usable(reading: Reading) -> Reading {
    let plausible =
        |number: &String| (1..=MAX_NUMBER).contains(&number.len()) && !number.contains(char::is_control);
    Reading {
        order_number: reading.order_number.filter(plausible),
        bank_order_id: reading.bank_order_id.filter(plausible),
        ..reading
    }
}

fn is_flooded(tx: &mut dyn Tx, account: &AccountKey, now: Timestamp) -> Result<bool, StoreError> {
    let since = now - SignedDuration::from_hours(1);
    Ok(tx.notifications().count_rejected(account, since)? >= KEPT_REJECTED_AN_HOUR)
}

fn is_done(verdict: NotificationVerdict, rejected: bool) -> bool {
    match verdict {
        NotificationVerdict::Accepted
        | NotificationVerdict::Ignored
        | NotificationVerdict::Mismatch
        | NotificationVerdict::SelfTest => true,
        NotificationVerdict::Rejected => rejected,
        NotificationVerdict::Received | NotificationVerdict::Orphan => false,
    }
}

/// The very same query and body are the same notification.
fn dedupe_key(raw: &RawCallback) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(raw.query.as_bytes());
    digest.update([0]);
    digest.update(&raw.body);
    digest.finalize().into()
}
