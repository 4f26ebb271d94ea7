//! An event of our own making, to see whether one would arrive.

use jiff::Timestamp;
use serde_json::json;
use sverka_app::ports::bank::RawCallback;

use super::map::NUMBER;
use super::signature::{HEADER, header};
use crate::settings::Secret;

/// A failed try of an order that does not exist: it can mark nothing paid.
pub(super) fn notification(secret: Option<&Secret>, order_number: &str, now: Timestamp) -> RawCallback {
    let name = format!("self_test_{}", now.as_microsecond());
    let body = json!({
        "id": format!("evt_{name}"),
        "object": "event",
        "created": now.as_second(),
        "livemode": false,
        "type": "payment_intent.payment_failed",
        "data": {"object": {
            "id": format!("pi_{name}"),
            "object": "payment_intent",
            "status": "requires_payment_method",
            "metadata": {NUMBER: order_number},
        }},
    })
    .to_string();
    let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    let signed = secret.and_then(|secret| header(secret, now.as_second(), body.as_bytes()));
    headers.extend(signed.map(|signed| (HEADER.to_owned(), signed)));
    RawCallback {
        method: "POST".to_owned(),
        query: String::new(),
        body: body.into_bytes(),
        headers,
        from: None,
    }
}
