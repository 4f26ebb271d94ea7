//! Values of the domain as columns, and back. Reading is strict: what we did not write is an error, not a default.

use std::str::FromStr;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sverka_app::ports::store::StoreError;
use sverka_domain::money::{Currency, Money};

use crate::error::wrong;
use crate::types::{Json, Time};

/// A text from outside. PostgreSQL cannot keep the character NUL, so that neither engine does.
pub(crate) fn text(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// The same of a text that may be missing.
pub(crate) fn maybe_text(value: Option<&String>) -> Option<String> {
    value.map(|value| text(value))
}

/// A value as json.
pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<Json, StoreError> {
    serde_json::to_string(value)
        .map(Json)
        .map_err(|error| wrong(format!("a value cannot be written as json: {error}")))
}

/// A value from json. The error says where, never what: there may be personal data in it.
pub(crate) fn from_json<T: DeserializeOwned>(json: &Json, column: &str) -> Result<T, StoreError> {
    serde_json::from_str(&json.0).map_err(|error| {
        wrong(format!(
            "{column} cannot be read at its character {}",
            error.column()
        ))
    })
}

/// One of the names of an enum.
pub(crate) fn named<T: FromStr>(name: &str, column: &str) -> Result<T, StoreError> {
    T::from_str(name).map_err(|_| wrong(format!("{column} has a name that this program does not know")))
}

/// The same of a name that may be missing.
pub(crate) fn maybe_named<T: FromStr>(name: Option<&String>, column: &str) -> Result<Option<T>, StoreError> {
    name.map(|name| named(name, column)).transpose()
}

/// Two columns that are null together.
pub(crate) fn both<A, B>(a: Option<A>, b: Option<B>, column: &str) -> Result<Option<(A, B)>, StoreError> {
    match (a, b) {
        (Some(a), Some(b)) => Ok(Some((a, b))),
        (None, None) => Ok(None),
        (Some(_), None) | (None, Some(_)) => Err(wrong(format!("{column} is only half there"))),
    }
}

/// A sum from its two columns.
pub(crate) fn money(amount: i64, currency: &str) -> Result<Money, StoreError> {
    let currency: Currency = named(currency, "currency")?;
    Ok(Money::new(amount, currency))
}

/// A time.
pub(crate) fn time(time: Time) -> Result<Timestamp, StoreError> {
    time.timestamp().map_err(|_| wrong("a time is out of range"))
}

/// A time that may be missing.
pub(crate) fn maybe_time(value: Option<Time>) -> Result<Option<Timestamp>, StoreError> {
    value.map(time).transpose()
}

/// A number that must fit a narrower type than its column.
pub(crate) fn number<T: TryFrom<N>, N>(number: N, column: &str) -> Result<T, StoreError> {
    T::try_from(number).map_err(|_| wrong(format!("{column} is out of range")))
}

/// A SHA-256.
pub(crate) fn digest(bytes: &[u8], column: &str) -> Result<[u8; 32], StoreError> {
    <[u8; 32]>::try_from(bytes).map_err(|_| wrong(format!("{column} is not 32 bytes long")))
}
