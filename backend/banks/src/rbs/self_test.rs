//! A callback of our own making, to see whether one would arrive.

use jiff::Timestamp;
use sverka_app::ports::bank::RawCallback;
use url::form_urlencoded::Serializer;

use super::signature::Verifier;
use crate::form::Form;

/// A refused try (`status=0`) of an order that does not exist: whatever happens to it, it can mark nothing paid.
pub(super) fn notification(verifier: &Verifier, order_number: &str, now: Timestamp) -> RawCallback {
    let mut query = Serializer::new(String::new())
        .append_pair("mdOrder", &format!("self-test-{}", now.as_microsecond()))
        .append_pair("orderNumber", order_number)
        .append_pair("operation", "deposited")
        .append_pair("status", "0")
        .finish();
    let checksum = Form::parse(query.as_bytes())
        .ok()
        .and_then(|form| verifier.checksum(&form));
    if let Some(checksum) = checksum {
        query.push_str("&checksum=");
        query.push_str(&checksum);
    }
    RawCallback {
        method: "GET".to_owned(),
        query,
        body: Vec::new(),
        headers: Vec::new(),
        from: None,
    }
}
