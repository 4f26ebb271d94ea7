//! Payments, refunds and lists of them as they come.

use jiff::Timestamp;
use serde_json::Value;
use sverka_app::ports::bank::BankError;
use sverka_domain::money::Money;

use super::amounts::{optional, required};
use crate::json::{object, text};

/// A payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Payment {
    pub(super) id: String,
    pub(super) status: String,
    /// What has to be paid, is held, or was taken: a partial capture lowers it, a refund does not.
    pub(super) amount: Money,
    /// What is left of it after the fee.
    pub(super) income: Option<Money>,
    pub(super) refunded: Option<Money>,
    pub(super) order_number: Option<String>,
    pub(super) created_at: Option<Timestamp>,
    pub(super) captured_at: Option<Timestamp>,
    pub(super) rrn: Option<String>,
    /// Why it was cancelled, in YooKassa's word.
    pub(super) reason: Option<String>,
    pub(super) confirmation_url: Option<String>,
}

/// A refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refund {
    pub(super) payment_id: String,
    pub(super) amount: Money,
    pub(super) created_at: Option<Timestamp>,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page<T> {
    pub(super) items: Vec<T>,
    pub(super) next_cursor: Option<String>,
}

/// Reads a payment, and its order number under the given name.
pub(super) fn payment(body: &str, key: &str) -> Result<Payment, BankError> {
    read_payment(&object(body)?, key)
}

/// Reads a list of payments.
pub(super) fn payments(body: &str, key: &str) -> Result<Page<Payment>, BankError> {
    page(body, |item| read_payment(item, key))
}

/// Reads a list of refunds.
pub(super) fn refunds(body: &str) -> Result<Page<Refund>, BankError> {
    page(body, |item| {
        Ok(Refund {
            payment_id: text(item, "payment_id").ok_or_else(|| missing("payment_id"))?,
            amount: required(item, "amount")?,
            created_at: time(item, "created_at"),
        })
    })
}

/// YooKassa's words on a refused call.
pub(super) fn refusal(body: &str) -> Option<String> {
    let told = object(body).ok()?;
    let words = text(&told, "description").or_else(|| text(&told, "code"))?;
    Some(match text(&told, "parameter") {
        Some(parameter) => format!("{words} ({parameter})"),
        None => words,
    })
}

fn page<T>(body: &str, read: impl Fn(&Value) -> Result<T, BankError>) -> Result<Page<T>, BankError> {
    let told = object(body)?;
    let items = told["items"].as_array().ok_or_else(|| missing("items"))?;
    Ok(Page {
        items: items.iter().map(read).collect::<Result<_, _>>()?,
        next_cursor: text(&told, "next_cursor"),
    })
}

fn read_payment(told: &Value, key: &str) -> Result<Payment, BankError> {
    Ok(Payment {
        id: text(told, "id").ok_or_else(|| missing("id"))?,
        status: text(told, "status").ok_or_else(|| missing("status"))?,
        amount: required(told, "amount")?,
        income: optional(told, "income_amount")?,
        refunded: optional(told, "refunded_amount")?,
        order_number: text(&told["metadata"], key),
        created_at: time(told, "created_at"),
        captured_at: time(told, "captured_at"),
        rrn: text(&told["authorization_details"], "rrn"),
        reason: text(&told["cancellation_details"], "reason"),
        confirmation_url: text(&told["confirmation"], "confirmation_url"),
    })
}

fn time(from: &Value, name: &str) -> Option<Timestamp> {
    from[name].as_str()?.parse().ok()
}

fn missing(name: &str) -> BankError {
    BankError::Unavailable(format!("the answer has no {name}"))
}
