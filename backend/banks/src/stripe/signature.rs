//! `Stripe-Signature: t=…,v1=…`: HMAC-SHA256 over the time, a dot and the body, keyed with the whole secret.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sverka_app::ports::bank::{Genuineness, RawCallback};

use crate::settings::Secret;

/// The header, as it is kept.
pub(super) const HEADER: &str = "stripe-signature";

/// How a notification stands with its header. Any `v1` is good: while a secret is being changed there are two. `v0` is
/// for tests and proves nothing.
pub(super) fn judge(raw: &RawCallback, secret: Option<&Secret>) -> Genuineness {
    let header = raw.headers.iter().find(|(name, _)| name == HEADER);
    let (Some((_, header)), Some(secret)) = (header, secret) else {
        return Genuineness::Unsigned;
    };
    let mut parts = header.split(',').filter_map(|part| part.trim().split_once('='));
    let Some((_, at)) = parts.clone().find(|(name, _)| *name == "t") else {
        return Genuineness::Forged;
    };
    let fits = parts.any(|(name, value)| {
        name == "v1" && hex::decode(value).is_ok_and(|told| matches(secret, at, &raw.body, &told))
    });
    if fits {
        Genuineness::Genuine
    } else {
        Genuineness::Forged
    }
}

fn mac(secret: &Secret, at: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).ok()?;
    mac.update(at.as_bytes());
    mac.update(b".");
    mac.update(body);
    Some(mac)
}

fn matches(secret: &Secret, at: &str, body: &[u8], told: &[u8]) -> bool {
    // Compares in constant time.
    mac(secret, at, body).is_some_and(|mac| mac.verify_slice(told).is_ok())
}

/// The header for a body.
pub(super) fn header(secret: &Secret, at: i64, body: &[u8]) -> Option<String> {
    let mac = mac(secret, &at.to_string(), body)?;
    Some(format!("t={at},v1={}", hex::encode(mac.finalize().into_bytes())))
}
