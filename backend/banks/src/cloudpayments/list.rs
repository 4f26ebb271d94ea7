//! The operations of a period, `v2/payments/list`: a hundred a page, old to new.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sverka_app::ports::bank::{BankError, Listed};
use sverka_domain::registry::{Line, LineKind};

use super::wire::{Kind, Transaction};

/// A page that is not full is the last.
const PAGE: usize = 100;
/// Our own limit: the bank names none.
pub(super) const LONGEST: SignedDuration = SignedDuration::from_hours(31 * 24);

/// The question about one page.
pub(super) fn question(from: Timestamp, to: Timestamp, page: u32) -> Value {
    json!({
        "CreatedDateGte": iso(from),
        "CreatedDateLte": iso(to),
        "PageNumber": page,
        "TimeZone": "UTC",
        "Statuses": ["Authorized", "Completed", "Cancelled"],
    })
}

fn iso(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Which page a cursor means.
pub(super) fn page(cursor: Option<&str>) -> Result<u32, BankError> {
    cursor.map_or(Ok(1), |cursor| {
        cursor
            .parse()
            .map_err(|_| BankError::Refused("the cursor is not a page number".to_owned()))
    })
}

/// Whether more pages follow.
pub(super) fn is_full(page: &[Transaction]) -> bool {
    page.len() >= PAGE
}

/// One page as lines of a registry.
pub(super) fn listed(transactions: &[Transaction], to: Timestamp, page: u32) -> Listed {
    Listed {
        // The bank includes the end of the period.
        lines: transactions
            .iter()
            .filter_map(line)
            .filter(|line| line.at < to)
            .collect(),
        next: is_full(transactions).then(|| page.saturating_add(1).to_string()),
    }
}

fn line(one: &Transaction) -> Option<Line> {
    let kind = match (one.kind, one.status.as_str()) {
        (Kind::Payment, "Completed") => LineKind::Payment,
        (Kind::Payment, "Cancelled") => LineKind::Reversal,
        (Kind::Refund, "Completed") => LineKind::Refund,
        // A hold is no operation with money yet.
        _ => return None,
    };
    Some(Line {
        kind,
        bank_order_id: Some(one.original.clone().unwrap_or_else(|| one.id.clone())),
        order_number: one.invoice.clone(),
        rrn: one.rrn.clone(),
        amount: one.amount,
        fee: one.fee,
        at: one.created_at.or(one.taken_at)?,
    })
}
