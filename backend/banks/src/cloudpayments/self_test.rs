//! A notification of our own making, to see whether one would arrive.

use jiff::Timestamp;
use sverka_app::ports::bank::RawCallback;
use url::form_urlencoded::Serializer;

use super::signature::{AS_SENT, content_hmac};
use crate::settings::Secret;

/// A refused try of an order that does not exist, signed as the bank signs: it can mark nothing paid.
pub(super) fn notification(secret: &Secret, order_number: &str, now: Timestamp) -> RawCallback {
    let at = now.strftime("%Y-%m-%d %H:%M:%S").to_string();
    let body = Serializer::new(String::new())
        .extend_pairs([
            ("TransactionId", "0"),
            ("Amount", "1.00"),
            ("Currency", "RUB"),
            ("DateTime", at.as_str()),
            ("InvoiceId", order_number),
            ("TestMode", "1"),
            ("Status", "Declined"),
            ("OperationType", "Payment"),
            ("Reason", "SelfTest"),
            ("ReasonCode", "5204"),
        ])
        .finish();
    let mut headers = vec![(
        "content-type".to_owned(),
        "application/x-www-form-urlencoded".to_owned(),
    )];
    headers.extend(content_hmac(body.as_bytes(), secret).map(|hmac| (AS_SENT.to_owned(), hmac)));
    RawCallback {
        method: "POST".to_owned(),
        query: "type=fail".to_owned(),
        body: body.into_bytes(),
        headers,
        from: None,
    }
}
