//! An attempt with its identity, its state and its times.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::transition::AttemptState;
use crate::client::Client;
use crate::ids::AttemptId;

/// One payment attempt as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// UUIDv7: also the order in which attempts appeared.
    pub id: AttemptId,
    /// Code of the merchant that is paid.
    pub merchant: String,
    /// The merchant's own number of the order; unique at the bank account.
    pub order_number: String,
    /// Code of the bank (`sber`, `payonline`).
    pub bank: String,
    /// Name of the bank account among those of the bank.
    pub bank_account: String,
    /// The bank's id of the order, once known.
    pub bank_order_id: Option<String>,
    /// The retrieval reference number of the card network, once known: settlement files name a payment by it.
    pub rrn: Option<String>,
    /// Where the client pays, if we registered the order at the bank.
    pub payment_url: Option<String>,
    /// What is paid for: a code of the merchant's own.
    pub payment_type: String,
    /// Who pays.
    pub client: Client,
    /// In the app's words.
    pub description: Option<String>,
    /// Whatever the app wants to keep with it.
    pub metadata: Map<String, Value>,
    /// What is known and what follows.
    pub state: AttemptState,
    /// When the bank is to be asked next; `None`: there is nothing left to ask.
    pub next_query_at: Option<Timestamp>,
    /// When the bank was last asked.
    pub last_query_at: Option<Timestamp>,
    /// Why the last question got no answer; `None` when it did.
    pub last_query_error: Option<String>,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Grows by one with each change.
    pub version: i64,
}
