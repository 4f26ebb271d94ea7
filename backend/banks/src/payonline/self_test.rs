//! A notification of our own making, to see whether one would arrive.

use jiff::Timestamp;
use sverka_app::ports::bank::RawCallback;
use url::form_urlencoded::Serializer;

use super::signature::security_key;
use crate::settings::Secret;

/// A refused try of an order that does not exist, signed as PayOnline signs.
pub(super) fn notification(secret: &Secret, order_number: &str, now: Timestamp) -> RawCallback {
    let at = now.strftime("%Y-%m-%d %H:%M:%S").to_string();
    let fields = [
        ("DateTime", at.as_str()),
        ("TransactionID", "0"),
        ("OrderId", order_number),
        ("Amount", "1.00"),
        ("Currency", "RUB"),
    ];
    let signed = fields.map(|(name, value)| (name, value.as_bytes()));
    let query = Serializer::new(String::new())
        .extend_pairs(fields)
        .append_pair("SecurityKey", &security_key(&signed, secret))
        .append_pair("ErrorCode", "3")
        .finish();
    RawCallback {
        method: "GET".to_owned(),
        query,
        body: Vec::new(),
        headers: Vec::new(),
        from: None,
    }
}
