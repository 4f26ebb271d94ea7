//! What a payment, or all payments of one order, come to.

use sverka_app::ports::bank::Answered;
use sverka_domain::attempt::BankFact;
use sverka_domain::status::BankStatus;

use super::reasons;
use super::wire::Payment;

/// What an order with these payments comes to. Sums are never added up: a second payment on one order is a
/// mistake for a person to see, and the first one is what the attempt is about.
pub(super) fn answered(mut payments: Vec<Payment>) -> Answered {
    payments.sort_by_key(|one| (std::cmp::Reverse(weight(one)), one.created_at));
    payments.dedup_by(|a, b| a.id == b.id);
    let Some(first) = payments.first() else {
        return Answered {
            fact: None,
            bank_order_id: None,
            code: None,
            message: None,
            rrn: None,
        };
    };
    let (fact, remark) = fact(first);
    let good: Vec<_> = payments.iter().filter(|one| weight(one) >= HELD).collect();
    let several = (good.len() > 1).then(|| all_of_them(&good));
    let why = || {
        first
            .reason
            .as_deref()
            .and_then(reasons::words)
            .map(str::to_owned)
    };
    Answered {
        fact: Some(fact),
        bank_order_id: Some(first.id.clone()),
        code: Some(first.reason.clone().unwrap_or_else(|| first.status.clone())),
        message: several.or(remark).or_else(why),
        rrn: first.rrn.clone(),
    }
}

/// Whether a payment is over without money, so that a later one of the same order may have taken its place.
pub(super) fn is_over(payment: &Payment) -> bool {
    payment.status == "canceled"
}

const HELD: u8 = 3;

/// What has money counts before what had it, and what may still have it before what never will.
fn weight(payment: &Payment) -> u8 {
    match fact(payment).0.status {
        BankStatus::Paid | BankStatus::PartiallyRefunded => 4,
        BankStatus::Authorized => HELD,
        BankStatus::Refunded | BankStatus::Pending => 2,
        BankStatus::Reversed => 1,
        _ => 0,
    }
}

fn fact(payment: &Payment) -> (BankFact, Option<String>) {
    let plain = |status, amount| BankFact {
        status,
        amount,
        refunded: None,
        paid_at: None,
    };
    let fact = match payment.status.as_str() {
        "pending" => plain(BankStatus::Pending, None),
        "waiting_for_capture" => plain(BankStatus::Authorized, Some(payment.amount)),
        "succeeded" => return succeeded(payment),
        "canceled" => match payment.reason.as_deref() {
            Some("expired_on_confirmation" | "expired_on_capture") => plain(BankStatus::Expired, None),
            Some("canceled_by_merchant") => plain(BankStatus::Reversed, Some(payment.amount)),
            _ => plain(BankStatus::Declined, None),
        },
        other => {
            let remark = format!("status {other} is not known");
            return (plain(BankStatus::Pending, None), Some(remark));
        }
    };
    (fact, None)
}

/// A refunded payment stays succeeded: what went back is told beside it.
fn succeeded(payment: &Payment) -> (BankFact, Option<String>) {
    let fact = |status, refunded| BankFact {
        status,
        amount: Some(payment.amount),
        refunded,
        paid_at: payment.captured_at.or(payment.created_at),
    };
    match payment.refunded.filter(|sum| sum.amount > 0) {
        None => (fact(BankStatus::Paid, None), None),
        Some(sum) if sum.currency != payment.amount.currency => {
            let remark = format!(
                "{} {} went back, in another currency",
                sum.to_decimal(),
                sum.currency
            );
            (fact(BankStatus::PartiallyRefunded, None), Some(remark))
        }
        Some(sum) if sum.amount >= payment.amount.amount => {
            (fact(BankStatus::Refunded, Some(sum.amount)), None)
        }
        Some(sum) => (fact(BankStatus::PartiallyRefunded, Some(sum.amount)), None),
    }
}

fn all_of_them(good: &[&Payment]) -> String {
    let each = |one: &&Payment| format!("{} {} {}", one.id, one.amount.to_decimal(), one.amount.currency);
    let all: Vec<_> = good.iter().map(each).collect();
    format!("{} good payments on one order: {}", good.len(), all.join(", "))
}
