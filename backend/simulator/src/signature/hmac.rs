//! HMAC-SHA256 over a text, in the two spellings that JSON gateways use.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// In base64: CloudPayments' `Content-HMAC`.
pub(crate) fn base64(secret: &str, text: &str) -> String {
    STANDARD.encode(bytes(secret, text))
}

/// Stripe's header: the time, and lower-case hex over the time, a dot and the body.
pub(crate) fn stripe(secret: &str, at_s: i64, body: &str) -> String {
    format!(
        "t={at_s},v1={}",
        hex::encode(bytes(secret, &format!("{at_s}.{body}")))
    )
}

/// HMAC takes keys of any length, so there is always a code.
fn bytes(secret: &str, text: &str) -> Vec<u8> {
    Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .map(|mut mac| {
            mac.update(text.as_bytes());
            mac.finalize().into_bytes().to_vec()
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn cases(bank: &str) -> Vec<Value> {
        let all: Vec<Value> =
            serde_json::from_str(include_str!("../../tests/fixtures/json_vectors.json")).unwrap();
        let found: Vec<Value> = all.into_iter().filter(|case| case["bank"] == bank).collect();
        assert!(found.len() > 1, "{bank}");
        found
    }

    #[test]
    fn the_published_codes_of_cloudpayments_come_out() {
        for case in cases("cloudpayments") {
            let request = &case["request"];
            let ours = base64(
                case["secret"].as_str().unwrap(),
                request["body"].as_str().unwrap(),
            );
            assert_eq!(ours, case["expected_signature"]);
            assert_eq!(ours == request["headers"]["Content-HMAC"], case["valid"]);
        }
    }

    #[test]
    fn the_published_codes_of_stripe_come_out() {
        for case in cases("stripe") {
            let header = case["request"]["headers"]["Stripe-Signature"].as_str().unwrap();
            let at = header.split([',', '=']).nth(1).unwrap().parse().unwrap();
            let ours = stripe(
                case["secret"].as_str().unwrap(),
                at,
                case["request"]["body"].as_str().unwrap(),
            );
            assert!(ours.ends_with(case["expected_signature"].as_str().unwrap()));
        }
    }
}
