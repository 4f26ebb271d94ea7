//! Recording an attempt that the app is about to make.

use jiff::Timestamp;
use serde_json::{Map, Value};
use sverka_domain::attempt::{Attempt, AttemptState};
use sverka_domain::client::{Client, normalise_phone};
use sverka_domain::ids::AttemptId;
use sverka_domain::money::Money;

use super::{Change, Entry, Seen};
use crate::App;
use crate::auth::Caller;
use crate::callbacks::match_orphans;
use crate::ports::bank::AccountKey;
use crate::ports::store::{EventKind, EventSource, Remembered, StoreError, Tx};

/// What the app tells of an attempt. The texts are checked before.
#[derive(Debug, Clone)]
pub struct NewAttempt {
    /// The merchant's own number of the order.
    pub order_number: String,
    /// Where it is paid.
    pub account: AccountKey,
    /// What for.
    pub payment_type: String,
    /// How much.
    pub amount: Money,
    /// Who pays.
    pub client: Client,
    /// In the app's words.
    pub description: Option<String>,
    /// The bank's id of the order, if the app registered it.
    pub bank_order_id: Option<String>,
    /// Whatever the app wants to keep with it.
    pub metadata: Map<String, Value>,
}

/// A caller's key for repeating the request safely.
#[derive(Debug, Clone)]
pub struct IdempotencyKey {
    /// The key.
    pub key: String,
    /// SHA-256 of the operation and the body.
    pub request_hash: [u8; 32],
}

/// What recording came to.
#[derive(Debug)]
pub enum Recorded {
    /// It is in the journal now.
    Now(Box<Seen>),
    /// It was recorded before under the same key: the first answer's body.
    Before {
        /// Which attempt.
        id: AttemptId,
        /// The body.
        answer: Vec<u8>,
    },
}

/// Why an attempt was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// No such bank account is configured.
    #[error("bank account {0} is not configured")]
    UnknownAccount(AccountKey),
    /// The order number is taken at that account.
    #[error("bank account {account} has an attempt with order number {order_number} already")]
    Exists {
        /// Where.
        account: AccountKey,
        /// The number.
        order_number: String,
    },
    /// The bank order id is taken at that account.
    #[error("another attempt at this bank account has that bank order id")]
    BankOrderIdTaken,
    /// The key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The first request with the key is still running.
    #[error("the first request with this idempotency key is still running")]
    KeyInProgress,
    /// The store failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for RecordError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Taken("bank_order_id") => Self::BankOrderIdTaken,
            StoreError::Taken("idempotency_key") => Self::KeyInProgress,
            other => Self::Store(other),
        }
    }
}

impl RecordError {
    /// Whether another request took what this one wanted.
    fn is_collision(&self) -> bool {
        match self {
            Self::Exists { .. } | Self::BankOrderIdTaken | Self::KeyInProgress => true,
            Self::UnknownAccount(_) | Self::KeyReused | Self::Store(_) => false,
        }
    }
}

impl App {
    /// Records an attempt, and matches notifications that came before it. `render` makes the answer's body, so
    /// that it can be given again for the same idempotency key.
    ///
    /// # Errors
    /// [`RecordError`].
    pub async fn record_attempt(
        &self,
        caller: Caller,
        new: NewAttempt,
        key: Option<IdempotencyKey>,
        render: impl Fn(&Seen) -> Vec<u8> + Send + 'static,
    ) -> Result<Recorded, RecordError> {
        let id = AttemptId(self.id(self.now()));
        self.record_new(caller, new, key, id, move |_, _, seen, _| Ok(render(seen)))
            .await
    }

    /// Records an attempt under this id. `finish` does what belongs to the same transaction, and makes the answer's body
    /// to keep for the idempotency key.
    pub(crate) async fn record_new(
        &self,
        caller: Caller,
        new: NewAttempt,
        key: Option<IdempotencyKey>,
        id: AttemptId,
        finish: impl FnOnce(&App, &mut dyn Tx, &Seen, Timestamp) -> Result<Vec<u8>, StoreError> + Send + 'static,
    ) -> Result<Recorded, RecordError> {
        let account = self
            .banks()
            .get(&new.account)
            .ok_or_else(|| RecordError::UnknownAccount(new.account.clone()))?;
        let merchant = account.merchant.clone();
        let first_query = account.port.policy().first_query(self.now());
        let app = self.clone();
        let (sender, repeated_key) = (caller.clone(), key.clone());
        let written = self
            .store()
            .write(move |tx| {
                let now = app.now();
                if let Some(before) = repeated(tx, &caller, key.as_ref())? {
                    return Ok(before);
                }
                let attempt = attempt(id, new, merchant, first_query, now);
                let attempt = insert(&app, tx, attempt, &caller, now)?;
                let seen = Seen::load(tx, attempt, now)?;
                let answer = finish(&app, tx, &seen, now)?;
                if let Some(key) = key {
                    tx.idempotency().remember(&Remembered {
                        caller: caller.id,
                        key: key.key,
                        request_hash: key.request_hash,
                        attempt_id: seen.attempt.id,
                        answer,
                        created_at: now,
                    })?;
                }
                Ok::<_, RecordError>(Recorded::Now(Box::new(seen)))
            })
            .await;
        let recorded = match written {
            Err(taken) if taken.is_collision() => self
                .answered_meanwhile(sender, repeated_key)
                .await?
                .ok_or(taken)?,
            written => written?,
        };
        if let Err(error) = self.match_late_orphans(&recorded).await {
            // The attempt is recorded; what waits for it is found by asking the bank.
            tracing::warn!(error = %error, "late notifications could not be matched");
        }
        self.nudges().ask_banks();
        self.nudges().deliver();
        Ok(recorded)
    }

    /// The first answer to the same request that was sent twice at once: it could not be seen before its commit,
    /// and what it took could not be had.
    async fn answered_meanwhile(
        &self,
        caller: Caller,
        key: Option<IdempotencyKey>,
    ) -> Result<Option<Recorded>, RecordError> {
        self.store()
            .read(move |tx| repeated(tx, &caller, key.as_ref()))
            .await
    }

    /// Looks again for notifications that came at the same moment, which neither transaction could see in the other.
    async fn match_late_orphans(&self, recorded: &Recorded) -> Result<(), StoreError> {
        let Recorded::Now(seen) = recorded else {
            return Ok(());
        };
        let attempt = &seen.attempt;
        let key = AccountKey {
            bank: attempt.bank.clone(),
            account: attempt.bank_account.clone(),
        };
        let (id, number, bank_order_id) = (
            attempt.id,
            attempt.order_number.clone(),
            attempt.bank_order_id.clone(),
        );
        let waiting = self
            .store()
            .read(move |tx| {
                tx.notifications()
                    .orphans(&key, &number, bank_order_id.as_deref())
            })
            .await?;
        if waiting.is_empty() {
            return Ok(());
        }
        let app = self.clone();
        self.store()
            .write(move |tx| match tx.attempts().get(id)? {
                Some(attempt) => match_orphans(&app, tx, attempt, app.now()).map(|_| ()),
                None => Ok(()),
            })
            .await
    }
}

fn repeated(
    tx: &mut dyn Tx,
    caller: &Caller,
    key: Option<&IdempotencyKey>,
) -> Result<Option<Recorded>, RecordError> {
    let Some(key) = key else { return Ok(None) };
    match tx.idempotency().find(&caller.id, &key.key)? {
        None => Ok(None),
        Some(before) if before.request_hash == key.request_hash => Ok(Some(Recorded::Before {
            id: before.attempt_id,
            answer: before.answer,
        })),
        Some(_) => Err(RecordError::KeyReused),
    }
}

fn attempt(
    id: AttemptId,
    new: NewAttempt,
    merchant: String,
    first_query: Timestamp,
    now: Timestamp,
) -> Attempt {
    let client = Client {
        phone: new.client.phone.as_deref().map(normalise_phone),
        ..new.client
    };
    Attempt {
        id,
        merchant,
        order_number: new.order_number,
        bank: new.account.bank,
        bank_account: new.account.account,
        bank_order_id: new.bank_order_id,
        rrn: None,
        payment_url: None,
        payment_type: new.payment_type,
        client,
        description: new.description,
        metadata: new.metadata,
        state: AttemptState::new(new.amount),
        next_query_at: Some(first_query),
        last_query_at: None,
        last_query_error: None,
        created_at: now,
        updated_at: now,
        version: 1,
    }
}

fn insert(
    app: &App,
    tx: &mut dyn Tx,
    attempt: Attempt,
    caller: &Caller,
    now: Timestamp,
) -> Result<Attempt, RecordError> {
    tx.attempts()
        .insert(&attempt, false)
        .map_err(|error| match error {
            StoreError::Taken("order_number") => RecordError::Exists {
                account: AccountKey {
                    bank: attempt.bank.clone(),
                    account: attempt.bank_account.clone(),
                },
                order_number: attempt.order_number.clone(),
            },
            other => other.into(),
        })?;
    let entry = Entry::new(EventKind::Recorded, EventSource::App, caller.actor());
    Change { app, tx, now }.tell(&attempt, &attempt.state, entry)?;
    match_orphans(app, tx, attempt, now).map_err(RecordError::from)
}
