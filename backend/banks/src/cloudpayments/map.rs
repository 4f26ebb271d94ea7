//! What the transactions of one order come to.

use sverka_app::ports::bank::{Answered, BankError};
use sverka_domain::attempt::BankFact;
use sverka_domain::status::BankStatus;

use super::reasons;
use super::wire::{Kind, Transaction};

/// Nothing is known of the order.
pub(super) fn unknown() -> Answered {
    Answered {
        fact: None,
        bank_order_id: None,
        code: None,
        message: None,
        rrn: None,
    }
}

/// What a payment and what is known of its refunds come to; `back` is none when the sum cannot be known.
pub(super) fn answered(payment: &Transaction, back: Option<i64>) -> Answered {
    let whole = payment.amount.amount;
    let (status, remark) = match payment.status.as_str() {
        "AwaitingAuthentication" => (BankStatus::Pending, None),
        "Authorized" => (BankStatus::Authorized, None),
        "Completed" => (taken(back, whole), None),
        "Cancelled" => (BankStatus::Reversed, None),
        "Declined" => (BankStatus::Declined, None),
        other => (BankStatus::Pending, Some(format!("status {other} is not known"))),
    };
    let had_money = status.was_paid() || matches!(status, BankStatus::Authorized | BankStatus::Reversed);
    let reason = payment.reason_code.filter(|code| *code != 0);
    let untold = status == BankStatus::PartiallyRefunded && back.is_none();
    Answered {
        fact: Some(BankFact {
            status,
            amount: had_money.then_some(payment.amount),
            refunded: back.filter(|sum| *sum > 0 && status.was_paid()),
            paid_at: payment.taken_at.filter(|_| status.was_paid()),
        }),
        // A refused try has an id of its own, which is not what the order is known by.
        bank_order_id: had_money.then(|| payment.id.clone()),
        code: reason
            .map(|code| code.to_string())
            .or_else(|| Some(payment.status.clone())),
        message: remark
            .or_else(|| untold.then(|| "a refund was made and its sum is not known".to_owned()))
            .or_else(|| reason.and_then(reasons::words).map(str::to_owned))
            .or_else(|| payment.reason.clone()),
        rrn: payment.rrn.clone(),
    }
}

fn taken(back: Option<i64>, whole: i64) -> BankStatus {
    match back {
        Some(0) => BankStatus::Paid,
        Some(back) if back >= whole => BankStatus::Refunded,
        Some(_) | None => BankStatus::PartiallyRefunded,
    }
}

/// The sum of all good refunds of a payment, each counted once.
pub(super) fn back(payment: &Transaction, refunds: &[Transaction]) -> Result<i64, BankError> {
    let mut seen = std::collections::BTreeSet::new();
    let mut total = 0_i64;
    for refund in refunds {
        let of_it = refund.kind == Kind::Refund && refund.original.as_ref() == Some(&payment.id);
        if !of_it || refund.status != "Completed" || !seen.insert(&refund.id) {
            continue;
        }
        if refund.amount.currency != payment.amount.currency {
            return Err(BankError::Unavailable(
                "a refund is in another currency than its payment".to_owned(),
            ));
        }
        total = total.saturating_add(refund.amount.amount);
    }
    Ok(total)
}
