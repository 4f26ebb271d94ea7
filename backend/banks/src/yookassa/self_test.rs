//! A notification of our own making, to see whether one would arrive. It cannot be signed, because YooKassa signs
//! nothing: what comes back shows the way here, and that our own address is not taken for YooKassa's.

use jiff::Timestamp;
use serde_json::{Map, json};
use sverka_app::ports::bank::RawCallback;

/// A cancelled payment of an order that does not exist.
pub(super) fn notification(key: &str, order_number: &str, now: Timestamp) -> RawCallback {
    let metadata = Map::from_iter([(key.to_owned(), json!(order_number))]);
    let body = json!({
        "type": "notification",
        "event": "payment.canceled",
        "object": {
            "id": format!("self-test-{}", now.as_microsecond()),
            "status": "canceled",
            "paid": false,
            "amount": {"value": "1.00", "currency": "RUB"},
            "created_at": now.to_string(),
            "metadata": metadata,
            "cancellation_details": {"party": "yoo_money", "reason": "expired_on_confirmation"},
        },
    });
    RawCallback {
        method: "POST".to_owned(),
        query: String::new(),
        body: body.to_string().into_bytes(),
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        from: None,
    }
}
