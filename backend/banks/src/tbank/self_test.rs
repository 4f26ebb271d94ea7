//! A notification of our own making, to see whether one would arrive.

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sverka_app::ports::bank::RawCallback;

use super::callback::signed;
use crate::settings::Secret;

/// A refused payment of an order that does not exist, signed as the bank signs.
pub(super) fn notification(
    terminal_key: &str,
    password: &Secret,
    order_number: &str,
    now: Timestamp,
) -> RawCallback {
    let fields: Map<String, Value> = [
        ("TerminalKey", json!(terminal_key)),
        ("OrderId", json!(order_number)),
        ("PaymentId", json!(now.as_microsecond())),
        ("Success", json!(false)),
        ("Status", json!("REJECTED")),
        ("ErrorCode", json!("99")),
        ("Amount", json!(100)),
        ("Pan", json!("430000******0777")),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    RawCallback {
        method: "POST".to_owned(),
        query: String::new(),
        body: signed(fields, password),
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        from: None,
    }
}
