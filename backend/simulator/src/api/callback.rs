//! What was sent to the merchant, and how to send more.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Bank, CallbackMethod, Operation};

/// What became of one try of a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallbackOutcome {
    /// There was an answer, whatever its status.
    Sent,
    /// There was no answer.
    Failed,
    /// It was lost on purpose.
    Dropped,
    /// The account has no address for it.
    NoTarget,
}

/// One try of a callback.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallbackRecord {
    /// A running number.
    pub id: u64,
    /// When, epoch ms.
    pub at: i64,
    /// The bank.
    pub bank: Bank,
    /// The account.
    pub account: String,
    /// The merchant's number.
    pub order_number: String,
    /// The bank's id in the callback.
    pub bank_order_id: String,
    /// The event it tells.
    pub operation: Operation,
    /// Whether that event succeeded.
    pub success: bool,
    /// Whether it is a forgery.
    pub forged: bool,
    /// Which try, from 1.
    pub attempt: u32,
    /// What became of it.
    pub outcome: CallbackOutcome,
    /// The status of the answer.
    pub http_status: Option<u16>,
    /// Why there was no answer.
    pub error: Option<String>,
    /// How it was sent.
    pub method: CallbackMethod,
    /// Where to.
    pub url: String,
    /// What it said.
    pub params: BTreeMap<String, String>,
}

/// The log of callbacks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallbackLog {
    /// How many still wait: for a delay, another callback or the next try.
    pub pending: usize,
    /// The tries, oldest first.
    pub items: Vec<CallbackRecord>,
}

/// A callback to be sent now, whatever the faults say.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Resend {
    /// The event; the one that fits the order's state when not given.
    pub operation: Option<Operation>,
    /// Whether that event succeeded; what fits the state when not given.
    pub success: Option<bool>,
    /// Whether it is a forgery.
    pub forge: bool,
    /// The sum it claims.
    pub wrong_amount: Option<i64>,
    /// How many times (1 when not given).
    pub copies: Option<u32>,
    /// How late.
    pub delay_ms: u64,
}
