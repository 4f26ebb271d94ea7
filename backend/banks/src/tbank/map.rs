//! What the payments of one order come to.

use sverka_app::ports::bank::Answered;
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

use super::reasons;
use super::wire::Payment;

/// Where a payment stands, in the order in which one payment of an order counts before another: what has money
/// before what had it, what may still have it before what never will.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    Expired,
    Declined,
    Reversed,
    Created,
    /// On its way, or a word that we do not know.
    Pending,
    Refunded,
    Held,
    PartlyRefunded,
    Taken,
}

/// What a status means; `None`: the word is not known.
pub(super) fn state(status: &str) -> Option<State> {
    Some(match status {
        "NEW" => State::Created,
        "FORM_SHOWED" | "FORMSHOWED" | "PREAUTHORIZING" | "AUTHORIZING" | "3DS_CHECKING" | "3DS_CHECKED"
        | "PAY_CHECKING" | "LOOP_CHECKING" | "CONFIRMING" | "REVERSING" | "REFUNDING" | "ASYNC_REFUNDING"
        | "COMPLETED" => State::Pending,
        "AUTHORIZED" | "PARTIAL_REVERSED" => State::Held,
        "CONFIRMED" => State::Taken,
        "REVERSED" => State::Reversed,
        "PARTIAL_REFUNDED" => State::PartlyRefunded,
        "REFUNDED" => State::Refunded,
        "CANCELED" | "DEADLINE_EXPIRED" | "ATTEMPTS_EXPIRED" => State::Expired,
        "REJECTED" | "AUTH_FAIL" => State::Declined,
        _ => return None,
    })
}

/// What an order with these payments comes to. Sums are never added up: a second payment on one order is a
/// mistake for a person to see, and the first one is what the attempt is about.
pub(super) fn answered(mut payments: Vec<Payment>, expected: Money) -> Answered {
    let weight = |one: &Payment| state(&one.status).unwrap_or(State::Pending);
    payments.sort_by(|a, b| weight(b).cmp(&weight(a)).then_with(|| age(a).cmp(&age(b))));
    let Some(first) = payments.first() else {
        return unknown(None, None);
    };
    let (fact, remark) = fact(first, expected);
    let has_money = |one: &&Payment| weight(one) >= State::Held;
    let good: Vec<_> = payments.iter().filter(has_money).collect();
    let several = (good.len() > 1).then(|| all_of_them(&good));
    Answered {
        fact: Some(fact),
        bank_order_id: first.id.clone(),
        code: Some(code(first)),
        message: several.or(remark).or_else(|| reason(first)),
        rrn: first.rrn.clone(),
    }
}

/// The bank does not know the order.
pub(super) fn unknown(code: Option<String>, message: Option<String>) -> Answered {
    Answered {
        fact: None,
        bank_order_id: None,
        code,
        message,
        rrn: None,
    }
}

/// `PaymentId` grows, and has more digits some day.
fn age(payment: &Payment) -> (usize, &str) {
    let id = payment.id.as_deref().unwrap_or_default();
    (id.len(), id)
}

fn fact(payment: &Payment, expected: Money) -> (BankFact, Option<String>) {
    let rouble = |sum: i64| Money::new(sum, Currency::RUB);
    // What is told as nothing after a full refund or reversal is not the sum that there was.
    let whole = payment.amount.filter(|sum| *sum > 0);
    let plain = |status, amount: Option<i64>| BankFact {
        status,
        amount: amount.map(rouble),
        refunded: None,
        paid_at: None,
    };
    let fact = match state(&payment.status) {
        Some(State::Created) => plain(BankStatus::Created, None),
        Some(State::Pending) => plain(BankStatus::Pending, None),
        Some(State::Held) => plain(BankStatus::Authorized, payment.amount),
        Some(State::Taken) => plain(BankStatus::Paid, payment.amount),
        Some(State::Reversed) => plain(BankStatus::Reversed, whole),
        Some(State::Refunded) => BankFact {
            refunded: whole,
            ..plain(BankStatus::Refunded, whole)
        },
        Some(State::PartlyRefunded) => return partly_refunded(payment, expected),
        Some(State::Expired) => plain(BankStatus::Expired, None),
        Some(State::Declined) => plain(BankStatus::Declined, None),
        None => {
            let remark = format!("Status {} is not known", payment.status);
            return (plain(BankStatus::Pending, None), Some(remark));
        }
    };
    (fact, None)
}

/// `Amount` is what stays of the payment, so what went back is the difference to what had to be paid.
fn partly_refunded(payment: &Payment, expected: Money) -> (BankFact, Option<String>) {
    let refunded = payment
        .amount
        .map(|rest| expected.amount - rest)
        .filter(|sum| *sum > 0 && expected.currency == Currency::RUB);
    let remark = refunded
        .is_none()
        .then(|| "a part was refunded and its sum is not told".to_owned());
    let fact = BankFact {
        status: BankStatus::PartiallyRefunded,
        amount: None,
        refunded,
        paid_at: None,
    };
    (fact, remark)
}

fn error_code(payment: &Payment) -> Option<&str> {
    payment.error_code.as_deref().filter(|code| *code != "0")
}

fn code(payment: &Payment) -> String {
    error_code(payment).unwrap_or(&payment.status).to_owned()
}

fn reason(payment: &Payment) -> Option<String> {
    let words = || error_code(payment).and_then(reasons::words).map(str::to_owned);
    payment.message.clone().or_else(words)
}

fn all_of_them(good: &[&Payment]) -> String {
    let each = |one: &&Payment| {
        let sum = one.amount.map(|sum| Money::new(sum, Currency::RUB).to_decimal());
        let id = one.id.as_deref().unwrap_or("?");
        format!("{id} {} {}", one.status, sum.unwrap_or_default())
    };
    let all: Vec<_> = good.iter().map(each).collect();
    format!("{} good payments on one order: {}", good.len(), all.join(", "))
}
