//! Answers as they come: `{Success, Message, Model}`.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;
use sverka_app::ports::bank::BankError;
use sverka_domain::money::{Currency, Money};

/// A transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Transaction {
    pub(super) id: String,
    /// The shop's number.
    pub(super) invoice: Option<String>,
    pub(super) kind: Kind,
    /// The payment that a refund is of.
    pub(super) original: Option<String>,
    /// The bank's word.
    pub(super) status: String,
    pub(super) amount: Money,
    /// What the bank keeps, minor units.
    pub(super) fee: Option<i64>,
    pub(super) reason_code: Option<i64>,
    pub(super) reason: Option<String>,
    pub(super) rrn: Option<String>,
    /// Money went back; how much is not said.
    pub(super) refunded: bool,
    pub(super) created_at: Option<Timestamp>,
    /// When the money was taken.
    pub(super) taken_at: Option<Timestamp>,
}

/// What a transaction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Payment,
    Refund,
    /// Money to a card, which has nothing to do with an order.
    Other,
}

/// One transaction; none when the bank knows of none.
pub(super) fn one(body: &str) -> Result<Option<Transaction>, BankError> {
    let answer = answer(body)?;
    match &answer["Model"] {
        // `Success` is false at a refused payment too; its Model is the answer then.
        model @ Value::Object(_) => transaction(model).map(Some),
        _ => none(&answer).map(|()| None),
    }
}

/// A list of transactions.
pub(super) fn many(body: &str) -> Result<Vec<Transaction>, BankError> {
    let answer = answer(body)?;
    match &answer["Model"] {
        Value::Array(models) => models.iter().map(transaction).collect(),
        _ => none(&answer).map(|()| Vec::new()),
    }
}

/// The address of an order's payment page.
pub(super) fn page(body: &str) -> Result<String, BankError> {
    let answer = answer(body)?;
    let url = answer["Model"]["Url"].as_str();
    let url = url.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    match (url, answer["Success"] == true) {
        (Some(url), true) => Ok(url.to_owned()),
        (_, false) => Err(BankError::Refused(message(&answer))),
        (None, true) => Err(BankError::Unavailable("the answer has no Url".to_owned())),
    }
}

fn answer(body: &str) -> Result<Value, BankError> {
    serde_json::from_str(body)
        .ok()
        .filter(|answer: &Value| answer["Success"].is_boolean())
        .ok_or_else(|| BankError::Unavailable("the answer is not in CloudPayments' form".to_owned()))
}

/// An answer without a model: nothing was found, or the call itself was refused.
fn none(answer: &Value) -> Result<(), BankError> {
    let words = message(answer);
    if words.eq_ignore_ascii_case("not found") {
        Ok(())
    } else if answer["Success"] == true {
        Err(BankError::Unavailable("the answer has no Model".to_owned()))
    } else {
        Err(BankError::Refused(words))
    }
}

fn message(answer: &Value) -> String {
    let words = answer["Message"].as_str().unwrap_or_default();
    if words.is_empty() {
        "refused without a message".to_owned()
    } else {
        words.replace('\0', "")
    }
}

fn transaction(model: &Value) -> Result<Transaction, BankError> {
    let read = || {
        let currency: Currency = text(model, "Currency")?.parse().ok()?;
        let money = |name: &str| Money::from_decimal(&text(model, name)?, currency).ok();
        let original = text(model, "OriginalTransactionId").filter(|id| id != "0");
        Some(Transaction {
            id: text(model, "TransactionId")?,
            invoice: text(model, "InvoiceId"),
            kind: kind(model, original.is_some()),
            original,
            status: text(model, "Status")?,
            amount: money("Amount")?,
            fee: money("TotalFee").map(|fee| fee.amount),
            reason_code: text(model, "ReasonCode").and_then(|code| code.parse().ok()),
            reason: text(model, "CardHolderMessage").or_else(|| text(model, "Reason")),
            rrn: text(model, "Rrn"),
            refunded: model["Refunded"] == true,
            created_at: text(model, "CreatedDateIso").as_deref().and_then(date),
            taken_at: ["ConfirmDateIso", "AuthDateIso", "CreatedDateIso"]
                .iter()
                .find_map(|name| date(&text(model, name)?)),
        })
    };
    read().ok_or_else(|| BankError::Unavailable("a transaction cannot be read".to_owned()))
}

/// The type comes as a word or as a number; older answers have none.
fn kind(model: &Value, has_original: bool) -> Kind {
    let told = text(model, "OperationType").or_else(|| text(model, "Type"));
    match told.as_deref() {
        Some("Payment" | "0") => Kind::Payment,
        Some("Refund" | "1") => Kind::Refund,
        Some(_) => Kind::Other,
        None if has_original => Kind::Refund,
        None => Kind::Payment,
    }
}

/// Text without the NULs that a database would refuse; a number as it is printed.
fn text(from: &Value, name: &str) -> Option<String> {
    let text = match &from[name] {
        Value::String(text) => text.replace('\0', ""),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// ISO 8601, UTC where no offset is given.
fn date(text: &str) -> Option<Timestamp> {
    let with_offset = text.parse().ok();
    with_offset.or_else(|| TimeZone::UTC.to_timestamp(text.parse::<DateTime>().ok()?).ok())
}
