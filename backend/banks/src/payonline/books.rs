//! List as the machine-readable registry: the operations of a period of at most three days.

use jiff::{SignedDuration, Timestamp};
use sverka_app::ports::bank::BankError;
use sverka_domain::registry::{Line, LineKind};

use super::period::Period;
use super::wire::{State, Transaction};

/// The longest period of one call.
pub(super) const LONGEST: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Payments and refunds are listed one after the other: the manual does not say that both may be named at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    Payments,
    Refunds,
}

impl Page {
    /// From the cursor of the page before.
    pub(super) fn read(cursor: Option<&str>) -> Result<Self, BankError> {
        match cursor {
            None => Ok(Self::Payments),
            Some("refunds") => Ok(Self::Refunds),
            Some(_) => Err(BankError::Refused(
                "the cursor is not one of this list".to_owned(),
            )),
        }
    }

    /// The cursor of the page after this one.
    pub(super) fn next(self) -> Option<String> {
        (self == Self::Payments).then(|| "refunds".to_owned())
    }

    /// The `Type` of its transactions.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Payments => "Purchase",
            Self::Refunds => "Refund",
        }
    }
}

/// The days of a period whose end does not belong to it, in List's whole seconds.
pub(super) fn period(from: Timestamp, to: Timestamp) -> Result<Period, BankError> {
    if to.duration_since(from) > LONGEST {
        return Err(BankError::Refused(
            "the period is longer than three days".to_owned(),
        ));
    }
    Ok((from, to - SignedDuration::from_secs(1)))
}

/// A transaction as an operation, when money moved by it in the period.
pub(super) fn line(one: Transaction, from: Timestamp, to: Timestamp) -> Option<Result<Line, BankError>> {
    let kind = match one.state {
        State::Pending | State::Settled if one.is_refund => LineKind::Refund,
        State::Pending | State::Settled => LineKind::Payment,
        State::Voided if !one.is_refund => LineKind::Reversal,
        State::Voided | State::PreAuthorized | State::Declined | State::Other => return None,
    };
    let Some(at) = one.at else {
        let words = "a transaction in the list has no date".to_owned();
        return Some(Err(BankError::Unavailable(words)));
    };
    if at < from || at >= to {
        return None;
    }
    Some(Ok(Line {
        kind,
        // A refund has an id of its own, which is not what the order is known by.
        bank_order_id: Some(one.id).filter(|_| kind != LineKind::Refund),
        order_number: Some(one.order_number).filter(|number| !number.is_empty()),
        rrn: None,
        amount: one.amount,
        fee: None,
        at,
    }))
}
