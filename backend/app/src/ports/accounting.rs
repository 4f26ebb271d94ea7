//! An accounting system as the delivery engine sees it.
//!
//! An adapter says what its system can do ([`Profile`]) and reads verdicts; when to look, when to send and when to
//! ask a person is the engine's business alone.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::{Delivery, FoundClient, FoundDocument, Verdict};
use sverka_domain::ids::DeliveryId;

/// The two classes of target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Class {
    /// The system refuses, or knows again, a second document under our key: resending the identical request is
    /// itself the check.
    KeyEnforced,
    /// The system would make a second document: it can only be searched, after the first request can no longer be
    /// running, twice, and then a person decides.
    LookUpOnly,
}

/// What a connection is able to do, and how long its system may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Whether the system enforces our key.
    pub class: Class,
    /// How long a request that we gave up on may still live on their side, with a margin: no look-up before that
    /// says anything.
    pub settling: SignedDuration,
    /// The longest that one whole try of ours may take, all its requests together. The lease is longer.
    pub longest_try: SignedDuration,
    /// Whether documents can be looked for ([`AccountingPort::look_up`]). Always so for [`Class::LookUpOnly`].
    pub looks_up: bool,
    /// Whether the client must be found first ([`AccountingPort::find_client`]).
    pub matches_clients: bool,
    /// Whether a document of the same sum and day of another or unknown client is reason enough to ask a person.
    pub is_strict: bool,
}

/// A delivery with all that an adapter needs to know about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The attempt.
    pub attempt: Attempt,
    /// Its payment or refund.
    pub delivery: Delivery,
    /// The system's key of the client: found, or chosen by a person.
    pub client_key: Option<String>,
    /// The system's key of the payment's document, for a refund.
    pub payment_document: Option<String>,
    /// It is only asked what would happen: nothing over there may change, so no client is made.
    pub is_rehearsal: bool,
}

/// One request to send: the same key and the same bytes at every try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The key by which the receiver knows a repeat.
    pub delivery_id: DeliveryId,
    /// The stored bytes.
    pub body: Vec<u8>,
    /// The time of this try.
    pub at: Timestamp,
    /// Whether an earlier try may have been applied: read before you write.
    pub is_repeat: bool,
}

/// What one try came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// What it means.
    pub verdict: Verdict,
    /// The system's key of the document, as soon as there is one: also when it is still a draft.
    pub document_key: Option<String>,
    /// The HTTP status, if there was an answer.
    pub http_status: Option<u16>,
    /// The raw answer, trimmed, without secrets.
    pub answer: Option<String>,
}

/// Whom the system knows by the payment's client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClientMatch {
    /// Exactly this one.
    One(FoundClient),
    /// Nobody, and the connection is not configured to make one.
    Nobody,
    /// Nobody, and one would be made if this were not a rehearsal.
    WouldBeMade,
    /// Several: a person chooses.
    Several(Vec<FoundClient>),
}

/// One line of a connection's self-test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What was tried.
    pub kind: CheckKind,
    /// What came of it.
    pub outcome: CheckOutcome,
    /// What was seen, in the system's words; names the entity, attribute or address in question. No secrets.
    pub detail: Option<String>,
}

/// What a self-test tries.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CheckKind {
    /// The address answers.
    Reach,
    /// The credentials are taken.
    LogIn,
    /// The entity and every mapped attribute exist in the system's metadata.
    Metadata,
    /// A search for a key that cannot exist finds nothing.
    FilterFindsNothing,
    /// A search for a document that exists finds it and no other: the filter filters.
    FilterFindsOne,
    /// The system keeps the key that we choose, and refuses a second document under it.
    KeyIsEnforced,
}

/// What came of a line of a self-test.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::Display, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CheckOutcome {
    /// It holds.
    Passed,
    /// It does not.
    Failed,
    /// It could not be tried: an earlier line failed, or there is nothing to try it on yet.
    Skipped,
}

/// One connection to an accounting system.
#[async_trait]
pub trait AccountingPort: Send + Sync {
    /// What the system can do.
    fn profile(&self) -> Profile;

    /// How many deliveries may be under way at once, at least 1. More than one only where the system enforces our key:
    /// where it can only be searched, a payment that another one may be mistaken for must not be sent beside it.
    fn at_once(&self) -> usize {
        1
    }

    /// The bytes that pass `order` on, fixed at the first try. Pure.
    fn compose(&self, order: &Order) -> Vec<u8>;

    /// Sends a request once: no hidden repeats, no redirects. All steps, from the document to its posting; with
    /// `is_repeat` it reads first and does only what is missing.
    async fn send(&self, outgoing: &Outgoing) -> Sent;

    /// Goes on with a document that is there and not posted: reads its state, does only the missing steps. The
    /// default is for systems where a document is there at once or not at all.
    async fn finish(&self, outgoing: &Outgoing, document_key: &str) -> Sent {
        let _ = document_key;
        self.send(outgoing).await
    }

    /// Looks for documents that may be this payment or refund, by every rule it can, each document once under its
    /// strongest rule. A search that could not be made is an `Err` with what it came to (never `Applied`).
    ///
    /// # Errors
    /// The search was not answered, or not in a way that can be trusted.
    async fn look_up(&self, order: &Order, at: Timestamp) -> Result<Vec<FoundDocument>, Box<Sent>> {
        let _ = (order, at);
        Ok(Vec::new())
    }

    /// Finds the payment's client: by external id, phone, then e-mail; makes one only where configured to,
    /// and never in a rehearsal.
    ///
    /// # Errors
    /// The search was not answered, or not in a way that can be trusted.
    async fn find_client(&self, order: &Order, at: Timestamp) -> Result<ClientMatch, Box<Sent>> {
        let _ = (order, at);
        Ok(ClientMatch::Nobody)
    }

    /// A cheap read that tells whether the system is there: the first thing asked of a connection that failed.
    /// `None`: there is none, a delivery is the probe.
    async fn probe(&self, at: Timestamp) -> Option<Sent> {
        let _ = at;
        None
    }

    /// Tries everything that can be tried without changing anything. `posted` is a document known to exist.
    async fn self_test(&self, posted: Option<Order>, at: Timestamp) -> Vec<Check>;
}

/// Which payments go through a connection; what is empty takes all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Takes {
    /// Merchants' codes.
    pub merchants: Vec<String>,
    /// Bank accounts, as `bank/account`.
    pub bank_accounts: Vec<String>,
    /// Codes of payment types.
    pub payment_types: Vec<String>,
}

impl Takes {
    /// Whether an attempt's payment goes through.
    #[must_use]
    pub fn takes(&self, attempt: &Attempt) -> bool {
        let account = format!("{}/{}", attempt.bank, attempt.bank_account);
        let among = |list: &[String], value: &str| list.is_empty() || list.iter().any(|one| one == value);
        among(&self.merchants, &attempt.merchant)
            && among(&self.bank_accounts, &account)
            && among(&self.payment_types, &attempt.payment_type)
    }
}

/// A configured connection.
#[derive(Clone)]
pub struct Connection {
    /// Its name.
    pub name: String,
    /// The kind of system, as in the configuration.
    pub kind: String,
    /// Which payments go through it.
    pub takes: Takes,
    /// How to talk to the system.
    pub port: Arc<dyn AccountingPort>,
}

/// All connections, in the order of the configuration.
#[derive(Clone, Default)]
pub struct Connections(Vec<Connection>);

impl Connections {
    /// The connections of a configuration.
    #[must_use]
    pub fn new(connections: Vec<Connection>) -> Self {
        Self(connections)
    }

    /// The connection of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Connection> {
        self.0.iter().find(|connection| connection.name == name)
    }

    /// The connection that an attempt's payment goes through: the first that takes it.
    #[must_use]
    pub fn route(&self, attempt: &Attempt) -> Option<&Connection> {
        self.0.iter().find(|connection| connection.takes.takes(attempt))
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Connection] {
        &self.0
    }
}
