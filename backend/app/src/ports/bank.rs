//! A bank account as the use cases see it: notifications to read, questions to ask, orders to register.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::Money;
use sverka_domain::polling::PollPolicy;
use sverka_domain::registry::Line;

/// Which bank account: the bank's code and the account's name among those of the bank.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountKey {
    /// Code of the bank (`sber`).
    pub bank: String,
    /// Name of the account (`main`).
    pub account: String,
}

impl std::fmt::Display for AccountKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.bank, self.account)
    }
}

/// A callback request as it came, before anything is made of it.
#[derive(Clone, PartialEq, Eq)]
pub struct RawCallback {
    /// `GET` or `POST`.
    pub method: String,
    /// The raw query string, without the question mark.
    pub query: String,
    /// The raw body.
    pub body: Vec<u8>,
    /// Header names (lower case) and values that may matter; credentials are never kept.
    pub headers: Vec<(String, String)>,
    /// Who sent it, as far as the nearest proxy that we trust can tell.
    pub from: Option<IpAddr>,
}

/// How a notification stands with its signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Genuineness {
    /// The signature is good.
    Genuine,
    /// There is no signature.
    Unsigned,
    /// The signature is wrong.
    Forged,
}

/// What a notification says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// Something that the signature covers.
    Fact(BankFact),
    /// Something to ask the bank about: the result is not under the signature, or not told in full.
    Hint {
        /// It speaks of a payment, not of a refusal.
        payment: bool,
    },
    /// Something that is not about a payment (a saved card).
    Nothing,
}

/// A notification, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// How it stands with the signature.
    pub genuineness: Genuineness,
    /// The merchant's order number in it.
    pub order_number: Option<String>,
    /// The bank's order id in it.
    pub bank_order_id: Option<String>,
    /// What it says.
    pub says: Says,
}

/// An answer in the bank's own form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackReply {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: &'static str,
    /// Body.
    pub body: String,
}

/// A question about one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The merchant's order number.
    pub order_number: String,
    /// The bank's order id, if known.
    pub bank_order_id: Option<String>,
    /// What has to be paid.
    pub amount: Money,
    /// When the attempt was recorded, for banks that look up by period.
    pub created_at: Timestamp,
    /// Now, for the same.
    pub now: Timestamp,
}

/// What the bank answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What it says; `None`: it does not know the order (or, at PayOnline, has nothing good on it).
    pub fact: Option<BankFact>,
    /// The bank's order id.
    pub bank_order_id: Option<String>,
    /// The bank's own code of the result, as text.
    pub code: Option<String>,
    /// The bank's own words.
    pub message: Option<String>,
    /// The retrieval reference number of the card network, by which registries name a payment.
    pub rrn: Option<String>,
}

/// Why the bank did not answer a question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BankError {
    /// No connection, a time-out, a 5xx, an answer that is not in the bank's form.
    #[error("the bank did not answer: {0}")]
    Unavailable(String),
    /// It asks to be left alone for a while.
    #[error("the bank asks for fewer questions")]
    Busy {
        /// For how many seconds, if it says so.
        retry_after: Option<u32>,
    },
    /// It refuses our credentials or our request: somebody has to mend the configuration.
    #[error("the bank refused the request: {0}")]
    Refused(String),
}

/// An order to register at the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrder {
    /// The merchant's order number.
    pub order_number: String,
    /// What has to be paid.
    pub amount: Money,
    /// What for.
    pub description: Option<String>,
    /// Where the client's browser goes afterwards.
    pub return_url: String,
    /// The same for every try to register this order: banks that key on it make one order of them.
    pub idempotency_key: String,
    /// The client's e-mail address, for the bank's receipt.
    pub email: Option<String>,
    /// The client's phone, digits with a plus.
    pub phone: Option<String>,
    /// Now.
    pub now: Timestamp,
    /// When the payment page has to stop taking money, if the app says so.
    pub valid_until: Option<Timestamp>,
}

/// A registered order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// The bank's order id, where the bank gives one at this point.
    pub bank_order_id: Option<String>,
    /// The page where the client pays.
    pub payment_url: String,
}

/// What an account can do, for what not every bank can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Abilities {
    /// [`BankPort::list`] works, over at most so long a period in one call.
    pub lists: Option<SignedDuration>,
    /// [`BankPort::resend`] works.
    pub resends: bool,
    /// [`BankPort::register`] may be repeated after a time-out: the bank keys on our key or number and answers with
    /// the same page, or the page's address is computed without the bank.
    pub repeats_registration: bool,
    /// [`BankPort::self_test`] is signed, so that it can be seen to pass.
    pub signs_self_test: bool,
}

/// One page of a bank's list of operations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listed {
    /// The operations.
    pub lines: Vec<Line>,
    /// Where the next page begins; `None`: this was the last.
    pub next: Option<String>,
}

/// One bank account.
#[async_trait]
pub trait BankPort: Send + Sync {
    /// Reads a notification: checks its signature over the received text and says what it means.
    fn read(&self, raw: &RawCallback) -> Reading;

    /// The answer to a notification that was taken in (genuine, unknown order or of no interest alike).
    fn acknowledge(&self, raw: &RawCallback) -> CallbackReply;

    /// The answer to a notification that is not genuine.
    fn refuse(&self) -> CallbackReply;

    /// Asks what became of an order.
    ///
    /// # Errors
    /// [`BankError`] when there is no usable answer. An unknown order is an answer, not an error.
    async fn ask(&self, question: &Question) -> Result<Answered, BankError>;

    /// Registers an order.
    ///
    /// # Errors
    /// [`BankError`]; after [`BankError::Unavailable`] the order may exist: ask before registering again.
    async fn register(&self, order: &NewOrder) -> Result<Registered, BankError>;

    /// What this account can do beyond that.
    fn abilities(&self) -> Abilities {
        Abilities::default()
    }

    /// One page of the operations of a period, from `from` (inclusive) to `to` (exclusive).
    ///
    /// # Errors
    /// [`BankError`]; [`BankError::Refused`] where [`Abilities::lists`] is none.
    async fn list(&self, from: Timestamp, to: Timestamp, cursor: Option<&str>) -> Result<Listed, BankError> {
        let _ = (from, to, cursor);
        Err(BankError::Refused(
            "this bank has no list of operations".to_owned(),
        ))
    }

    /// Asks the bank to send again the notifications that it could not deliver.
    ///
    /// # Errors
    /// [`BankError`]; [`BankError::Refused`] where [`Abilities::resends`] is false.
    async fn resend(&self) -> Result<(), BankError> {
        Err(BankError::Refused(
            "this bank does not send notifications again".to_owned(),
        ))
    }

    /// A notification as the bank would send it, for an order that does not exist: `order_number` is in it. Signed with
    /// the account's own secret where that is possible ([`Abilities::signs_self_test`]).
    fn self_test(&self, order_number: &str, now: Timestamp) -> RawCallback;

    /// How often to ask about an attempt.
    fn policy(&self) -> &PollPolicy;

    /// The greatest number of questions a second: of the account's settings, or of the bank's policy.
    fn questions_per_second(&self) -> u32 {
        self.policy().questions_per_second
    }
}

/// A configured bank account.
#[derive(Clone)]
pub struct BankAccount {
    /// Which.
    pub key: AccountKey,
    /// Code of the merchant whose account it is.
    pub merchant: String,
    /// How to talk to the bank.
    pub port: Arc<dyn BankPort>,
}

/// All bank accounts, by key.
#[derive(Clone, Default)]
pub struct Banks(HashMap<AccountKey, BankAccount>);

impl Banks {
    /// The accounts of a configuration.
    #[must_use]
    pub fn new(accounts: impl IntoIterator<Item = BankAccount>) -> Self {
        Self(
            accounts
                .into_iter()
                .map(|account| (account.key.clone(), account))
                .collect(),
        )
    }

    /// One account.
    #[must_use]
    pub fn get(&self, key: &AccountKey) -> Option<&BankAccount> {
        self.0.get(key)
    }

    /// All accounts, in the order of their keys.
    #[must_use]
    pub fn all(&self) -> Vec<&BankAccount> {
        let mut accounts: Vec<_> = self.0.values().collect();
        accounts.sort_by(|a, b| a.key.cmp(&b.key));
        accounts
    }
}
