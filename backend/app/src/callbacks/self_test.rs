//! Knowing a notification of our own among those of the bank.

use crate::ports::bank::{AccountKey, RawCallback};
use crate::ports::store::{StoreError, Tx};

/// Every order number of a self-test begins so.
const PREFIX: &str = "sverka-self-test-";
/// So many digits follow, in hex. All in all it is short enough for every bank.
const DIGITS: usize = 12;

/// An order number for a self-test, out of something that nobody can guess.
pub(super) fn number(secret: &[u8; 32]) -> String {
    let mut digits = hex::encode(secret);
    digits.truncate(DIGITS);
    format!("{PREFIX}{digits}")
}

/// The number of a self-test in a notification, wherever it stands: a bank that does not say an order number in its
/// notifications has it among its own fields.
pub(super) fn number_in(raw: &RawCallback) -> Option<String> {
    find(raw.query.as_bytes()).or_else(|| find(&raw.body))
}

/// Whether it is one that we sent to this account.
pub(super) fn is_ours(tx: &mut dyn Tx, account: &AccountKey, raw: &RawCallback) -> Result<bool, StoreError> {
    match number_in(raw) {
        Some(number) => tx.self_tests().is_known(account, &number),
        None => Ok(false),
    }
}

fn find(text: &[u8]) -> Option<String> {
    let at = text
        .windows(PREFIX.len())
        .position(|part| part == PREFIX.as_bytes())?;
    let number = text.get(at..at + PREFIX.len() + DIGITS)?;
    let is_hex = |digit: &u8| matches!(digit, b'0'..=b'9' | b'a'..=b'f');
    let digits = number.get(PREFIX.len()..)?;
    digits
        .iter()
        .all(is_hex)
        .then(|| String::from_utf8_lossy(number).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(query: &str, body: &str) -> RawCallback {
        RawCallback {
            method: "POST".to_owned(),
            query: query.to_owned(),
            body: body.as_bytes().to_vec(),
            headers: Vec::new(),
            from: None,
        }
    }

    #[test]
    fn a_number_is_found_in_a_query_and_in_a_body() {
        let number = number(&[0xab; 32]);
        assert_eq!(number, "sverka-self-test-abababababab");
        for raw in [
            raw(&format!("a=1&orderNumber={number}&b=2"), ""),
            raw("", &format!(r#"{{"OrderId":"{number}"}}"#)),
        ] {
            assert_eq!(number_in(&raw), Some(number.clone()));
        }
    }

    #[test]
    fn half_a_number_is_none() {
        for query in [
            "",
            "a=sverka-self-test-",
            "a=sverka-self-test-abc",
            "a=sverka-self-test-ABABABABABAB",
        ] {
            assert_eq!(number_in(&raw(query, "")), None, "{query}");
        }
    }
}
