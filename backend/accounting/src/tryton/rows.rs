//! Records as `search_read` gives them: what is asked for of a linked record stands under the field's name and a dot.

use serde::Deserialize;

use super::posting::Kind;
use super::tags::{DateTag, DecimalTag};

/// What is asked for of an `account.payment`.
pub(super) const PAYMENT_FIELDS: &[&str] = &[
    "number",
    "reference",
    "kind",
    "state",
    "amount",
    "currency.code",
    "party",
    "party.rec_name",
    "date",
    "line",
    "create_uid",
    "create_uid.rec_name",
    "clearing_move",
    "clearing_move.number",
    "clearing_move.state",
];

/// One `account.payment`.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct PaymentRow {
    pub(super) id: i64,
    pub(super) number: Option<String>,
    pub(super) reference: Option<String>,
    pub(super) kind: Kind,
    pub(super) state: String,
    pub(super) amount: DecimalTag,
    #[serde(rename = "currency.")]
    pub(super) currency: Option<Coded>,
    pub(super) party: Option<i64>,
    #[serde(rename = "party.")]
    pub(super) party_name: Option<Named>,
    pub(super) date: Option<DateTag>,
    pub(super) line: Option<i64>,
    pub(super) create_uid: Option<i64>,
    #[serde(rename = "create_uid.")]
    pub(super) author: Option<Named>,
    pub(super) clearing_move: Option<i64>,
    #[serde(rename = "clearing_move.")]
    pub(super) entry: Option<EntryRow>,
}

/// What is asked for of an `account.move.line`.
pub(super) const LINE_FIELDS: &[&str] = &[
    "debit",
    "credit",
    "date",
    "description",
    "party",
    "party.rec_name",
    "create_uid",
    "create_uid.rec_name",
    "move",
    "move.number",
    "move.state",
    "move.description",
    "move.origin",
];

/// One line of a ledger entry.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct LineRow {
    pub(super) debit: DecimalTag,
    pub(super) credit: DecimalTag,
    pub(super) date: Option<DateTag>,
    pub(super) description: Option<String>,
    pub(super) party: Option<i64>,
    #[serde(rename = "party.")]
    pub(super) party_name: Option<Named>,
    pub(super) create_uid: Option<i64>,
    #[serde(rename = "create_uid.")]
    pub(super) author: Option<Named>,
    #[serde(rename = "move")]
    pub(super) entry_id: i64,
    #[serde(rename = "move.")]
    pub(super) entry: EntryRow,
}

/// A ledger entry.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct EntryRow {
    pub(super) number: Option<String>,
    pub(super) state: String,
    pub(super) description: Option<String>,
    /// `account.payment,12`
    pub(super) origin: Option<String>,
}

impl EntryRow {
    pub(super) fn is_posted(&self) -> bool {
        self.state == "posted"
    }
}

/// A line that a refund pays back.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct OwedRow {
    pub(super) id: i64,
    /// Settled against an invoice.
    pub(super) reconciliation: Option<i64>,
    pub(super) maturity_date: Option<DateTag>,
}

/// A phone number or an e-mail address, and whose it is.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ContactRow {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) value: Option<String>,
    pub(super) party: i64,
    #[serde(rename = "party.")]
    pub(super) party_name: Option<Named>,
}

/// A client.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct PartyRow {
    pub(super) id: i64,
    pub(super) rec_name: String,
}

/// The payment journal.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct JournalRow {
    pub(super) name: String,
    pub(super) company: Option<i64>,
    #[serde(rename = "currency.")]
    pub(super) currency: Option<Coded>,
    pub(super) process_method: Option<String>,
    pub(super) clearing_account: Option<i64>,
}

/// The name of a linked record.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Named {
    pub(super) rec_name: String,
}

/// The code of a linked record.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Coded {
    pub(super) code: String,
}
