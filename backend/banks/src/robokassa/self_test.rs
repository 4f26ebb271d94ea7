//! A notification of our own making, to see whether one would arrive.

use sverka_app::ports::bank::RawCallback;
use url::form_urlencoded::Serializer;

use super::callback::Keys;
use super::signature;

/// A payment of nothing for an order that does not exist, signed as Robokassa signs. Success is all that Robokassa
/// tells, so it is the sum that keeps it from marking anything paid.
pub(super) fn notification(keys: &Keys, order_number: &str) -> RawCallback {
    const NOTHING: &str = "0.00";
    let text = signature::text(NOTHING.as_bytes(), order_number.as_bytes(), &keys.password2, &[]);
    let body = Serializer::new(String::new())
        .append_pair("OutSum", NOTHING)
        .append_pair("InvId", order_number)
        .append_pair("SignatureValue", &keys.hash.hex(&text))
        .finish();
    RawCallback {
        method: "POST".to_owned(),
        query: String::new(),
        body: body.into_bytes(),
        headers: vec![(
            "content-type".to_owned(),
            "application/x-www-form-urlencoded".to_owned(),
        )],
        from: None,
    }
}
