//! `Token`: SHA-256 over the values of all root scalars and the password, sorted by name, in lower-case hex.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use sverka_app::ports::bank::Genuineness;

use crate::settings::Secret;

/// The token over an object, whatever is in it: the bank signs fields that we do not know.
pub(super) fn token(fields: &Map<String, Value>, password: &Secret) -> String {
    let mut values: Vec<(&str, String)> = fields
        .iter()
        .filter(|(name, _)| *name != "Token")
        .filter_map(|(name, value)| Some((name.as_str(), scalar(value)?)))
        .collect();
    values.push(("Password", password.expose().to_owned()));
    values.sort_unstable();
    let mut digest = Sha256::new();
    for (_, value) in values {
        digest.update(value.as_bytes());
    }
    hex::encode(digest.finalize())
}

/// Nested objects and lists are not signed.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// How a notification stands with its token.
pub(super) fn judge(fields: &Map<String, Value>, terminal_key: &str, password: &Secret) -> Genuineness {
    let Some(told) = fields.get("Token") else {
        return Genuineness::Unsigned;
    };
    // A field of that name would take the password's place in the signed text.
    let foreign = fields.contains_key("Password")
        || fields.get("TerminalKey").and_then(Value::as_str) != Some(terminal_key);
    let told = told.as_str().unwrap_or_default().to_ascii_lowercase();
    let right = token(fields, password);
    if !foreign && bool::from(right.as_bytes().ct_eq(told.as_bytes())) {
        Genuineness::Genuine
    } else {
        Genuineness::Forged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The literals of the bank's manual for requests, as kept beside the contract tests.
    #[test]
    fn requests_are_signed_as_in_the_manual() {
        let vectors: Vec<Value> =
            serde_json::from_str(include_str!("../../tests/fixtures/tbank.json")).unwrap();
        let mut checked = 0;
        for vector in vectors
            .iter()
            .filter(|one| one["kind"].as_str().unwrap().starts_with("request"))
        {
            let body: Value = serde_json::from_str(vector["request"]["body"].as_str().unwrap()).unwrap();
            let password = Secret::new(vector["secret"].as_str().unwrap());
            let signed = token(body.as_object().unwrap(), &password);
            assert_eq!(signed, vector["expected_signature"], "{}", vector["source"]);
            assert_eq!(signed, body["Token"]);
            checked += 1;
        }
        assert_eq!(checked, 2);
    }
}
