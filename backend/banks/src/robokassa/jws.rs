//! Messages to the second address: a compact JWS, RS256.
//!
//! The algorithm is fixed: a header that names another one is refused, so that a message cannot choose how it is checked.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::signature::Verifier as _;
use serde_json::Value;
use sha2::Sha256;
use sverka_app::ports::bank::Genuineness;

use crate::keys::rsa_public_key;

/// What checks the messages.
#[derive(Debug, Clone)]
pub(super) struct Verifier(Box<VerifyingKey<Sha256>>);

impl Verifier {
    /// From a certificate or a public key in PEM.
    pub(super) fn read(pem: &str) -> Option<Self> {
        rsa_public_key(pem).map(|key| Self(Box::new(VerifyingKey::new(key))))
    }
}

/// A message, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) genuineness: Genuineness,
    /// `data` of the payload.
    pub(super) data: Value,
}

/// Whether a body has the form of a compact JWS.
pub(super) fn is_jws(body: &str) -> bool {
    let parts: Vec<&str> = body.split('.').collect();
    let part = |part: &&str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    parts.len() == 3 && parts.iter().all(part)
}

/// Reads a message.
pub(super) fn read(body: &str, verifier: Option<&Verifier>) -> Option<Message> {
    let (signed, signature) = body.rsplit_once('.')?;
    let (header, payload) = signed.split_once('.')?;
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    let mut payload: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    let genuineness = match verifier {
        None => Genuineness::Unsigned,
        Some(Verifier(key)) => {
            let told = URL_SAFE_NO_PAD.decode(signature).ok()?;
            let fits = header["alg"] == "RS256"
                && Signature::try_from(told.as_slice())
                    .is_ok_and(|told| key.verify(signed.as_bytes(), &told).is_ok());
            if fits {
                Genuineness::Genuine
            } else {
                Genuineness::Forged
            }
        }
    };
    Some(Message {
        genuineness,
        data: payload["data"].take(),
    })
}
