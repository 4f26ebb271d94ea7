//! `{"value": "10.00", "currency": "RUB"}`.

use serde_json::{Value, json};
use sverka_app::ports::bank::BankError;
use sverka_domain::money::Money;

use crate::json::text;

/// A sum that has to be there.
pub(super) fn required(from: &Value, name: &str) -> Result<Money, BankError> {
    optional(from, name)?.ok_or_else(|| BankError::Unavailable(format!("the answer has no {name}")))
}

/// A sum that may be missing, but when it is there has to be readable.
pub(super) fn optional(from: &Value, name: &str) -> Result<Option<Money>, BankError> {
    let told = &from[name];
    if told.is_null() {
        return Ok(None);
    }
    let read = || {
        let currency = told["currency"].as_str()?.parse().ok()?;
        Money::from_decimal(&text(told, "value")?, currency).ok()
    };
    read()
        .map(Some)
        .ok_or_else(|| BankError::Unavailable(format!("{name} in the answer is not a sum")))
}

/// A sum for a request.
pub(super) fn written(money: Money) -> Value {
    json!({"value": money.to_decimal(), "currency": money.currency.to_string()})
}
