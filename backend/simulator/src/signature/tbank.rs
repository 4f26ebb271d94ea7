//! T-Bank's `Token`: SHA-256 over the values of the root's scalars and the password, sorted by name.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// The token of a request or a notification. Objects and lists are not signed, and neither is the token itself.
pub(crate) fn token(password: &str, fields: &Map<String, Value>) -> String {
    let scalars = fields.iter().filter_map(|(name, value)| {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(_) | Value::Bool(_) => value.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        (name != "Token").then(|| (name.clone(), text))
    });
    let mut signed: BTreeMap<String, String> = scalars.collect();
    signed.insert("Password".to_owned(), password.to_owned());
    hex::encode(Sha256::digest(
        signed.into_values().collect::<String>().as_bytes(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_tokens_come_out() {
        let all: Vec<Value> =
            serde_json::from_str(include_str!("../../tests/fixtures/vectors.json")).unwrap();
        let cases: Vec<&Value> = all.iter().filter(|case| case["bank"] == "tbank").collect();
        assert_eq!(cases.len(), 5);
        for case in cases {
            let fields: Map<String, Value> = serde_json::from_str(case["body"].as_str().unwrap()).unwrap();
            let ours = token(case["secret"].as_str().unwrap(), &fields);
            assert_eq!(ours, case["expected_signature"], "{}", case["kind"]);
            assert_eq!(ours == fields["Token"], case["valid"]);
        }
    }
}
