//! The accounting receiver: its faults, and what it got.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How the receiver answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountingMode {
    /// As it should.
    #[default]
    Ok,
    /// 500, not applied.
    Error500,
    /// Applied, then 500.
    Error500AfterApply,
    /// Applied, then a 200 after `hang_ms`.
    HangAfterApply,
    /// Not applied; closed after `hang_ms`.
    Hang,
    /// Closed at once.
    Down,
    /// 422, not applied.
    Reject422,
    /// 503 with `Retry-After`, not applied.
    Busy503,
    /// 410, not applied.
    Gone410,
    /// Applied; half of the answer, then closed.
    CutAfterApply,
    /// Applied; closed without a byte.
    DropAfterApply,
    /// An HTML page with status 200 from something on the way: not applied.
    Html200,
}

/// The faults of a receiver.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccountingFaults {
    /// How it answers.
    pub mode: AccountingMode,
    /// After so many requests it is `ok` again.
    pub times: Option<u64>,
    /// How long the hanging modes hold a request, 60 000 when not given.
    pub hang_ms: Option<u64>,
    /// `Retry-After` of `busy503`, 1 when not given.
    pub retry_after_s: Option<u64>,
    /// The `whsec_` secret; when not given the old one stays.
    pub secret: Option<String>,
    /// A receiver that does not key on the id: each delivery makes a document.
    pub ignore_ids: bool,
}

impl AccountingFaults {
    /// Faults of this mode.
    pub fn mode(mode: AccountingMode) -> Self {
        Self {
            mode,
            ..Self::default()
        }
    }

    /// Faults of this mode for so many requests.
    pub fn times(mode: AccountingMode, times: u64) -> Self {
        Self {
            mode,
            times: Some(times),
            ..Self::default()
        }
    }
}

/// What came under one `webhook-id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// The id.
    pub webhook_id: String,
    /// How many signed requests came under it.
    pub count_received: u64,
    /// How many of them made a document: more than one is a double posting.
    pub applied_times: u64,
    /// The first document.
    pub document_ref: String,
    /// Every document.
    pub document_refs: Vec<String>,
    /// Whether other bytes came under the same id.
    pub body_changed: bool,
    /// The first body: JSON, or text when it is not.
    pub body: Value,
    /// When the first came, epoch ms.
    pub first_at: i64,
    /// When the last came, epoch ms.
    pub last_at: i64,
}

/// What must never happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlarmKind {
    /// Other bytes under a known id.
    BodyChanged,
    /// The same payment under another id, or applied again.
    DoublePayment,
}

/// An alarm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// What happened.
    pub kind: AlarmKind,
    /// Under which id.
    pub webhook_id: String,
    /// In words.
    pub detail: String,
}

/// A receiver at a glance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountingSummary {
    /// Documents made.
    pub documents: u64,
    /// Requests that came, signed or not, but for those a fault turned away.
    pub deliveries: u64,
    /// Requests with a wrong or missing signature.
    pub unauthorized: u64,
    /// Alarms.
    pub alarms: Vec<Alarm>,
}
