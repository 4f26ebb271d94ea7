//! Checksums of callbacks: over every received parameter, known to us or not.

use hmac::{Hmac, KeyInit, Mac};
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::signature::Verifier as _;
use sha2::{Sha256, Sha512};
use sverka_app::ports::bank::Genuineness;

use super::settings::CallbackDigest;
use crate::form::Form;
use crate::keys::rsa_public_key;
use crate::settings::Secret;

/// What checks the callbacks of an account.
#[derive(Debug, Clone)]
pub(crate) enum Verifier {
    /// Checksums are not switched on: nothing can be proved.
    None,
    /// HMAC-SHA256, keyed with the text of the secret.
    Hmac(Secret),
    /// RSA PKCS#1 v1.5 with SHA-256.
    RsaSha256(Box<VerifyingKey<Sha256>>),
    /// RSA PKCS#1 v1.5 with SHA-512.
    RsaSha512(Box<VerifyingKey<Sha512>>),
}

impl Verifier {
    /// From a public key in PEM, or from its certificate: banks' cabinets give out either.
    pub(super) fn rsa(pem: &str, digest: CallbackDigest) -> Option<Self> {
        let key = rsa_public_key(pem)?;
        Some(match digest {
            CallbackDigest::Sha256 => Self::RsaSha256(Box::new(VerifyingKey::new(key))),
            CallbackDigest::Sha512 => Self::RsaSha512(Box::new(VerifyingKey::new(key))),
        })
    }

    /// How a callback stands with its checksum.
    pub(crate) fn judge(&self, form: &Form) -> Genuineness {
        let Some(checksum) = form.bytes("checksum") else {
            return Genuineness::Unsigned;
        };
        if matches!(self, Self::None) {
            return Genuineness::Unsigned;
        }
        // Signed with one of two values of a name, read with the other: never.
        if form.repeats_any() {
            return Genuineness::Forged;
        }
        match hex::decode(checksum) {
            Ok(checksum) if self.fits(&signed_text(form), &checksum) => Genuineness::Genuine,
            _ => Genuineness::Forged,
        }
    }

    /// Whether we hold the very key that the bank signs with.
    pub(crate) fn can_sign(&self) -> bool {
        matches!(self, Self::Hmac(_))
    }

    /// The checksum that the bank would put under a callback, where we hold its key.
    pub(crate) fn checksum(&self, form: &Form) -> Option<String> {
        let Self::Hmac(secret) = self else {
            return None;
        };
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).ok()?;
        mac.update(&signed_text(form));
        Some(hex::encode_upper(mac.finalize().into_bytes()))
    }

    fn fits(&self, text: &[u8], checksum: &[u8]) -> bool {
        match self {
            Self::None => false,
            Self::Hmac(secret) => {
                Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).is_ok_and(|mut mac| {
                    mac.update(text);
                    // Compares in constant time.
                    mac.verify_slice(checksum).is_ok()
                })
            }
            Self::RsaSha256(key) => {
                Signature::try_from(checksum).is_ok_and(|signature| key.verify(text, &signature).is_ok())
            }
            Self::RsaSha512(key) => {
                Signature::try_from(checksum).is_ok_and(|signature| key.verify(text, &signature).is_ok())
            }
        }
    }
}

/// `name;value;` for every parameter but the checksum and the name of its key, sorted by name bytewise.
fn signed_text(form: &Form) -> Vec<u8> {
    let mut pairs: Vec<_> = signed_pairs(form).collect();
    pairs.sort_unstable();
    let mut text = Vec::new();
    for (name, value) in pairs {
        for part in [name, value] {
            text.extend_from_slice(part);
            text.push(b';');
        }
    }
    text
}

/// Whether the checksum leaves open where a value ends: with a semicolon inside, the same text can be cut
/// into other parameters, so what it says has to be asked about.
pub(super) fn is_ambiguous(form: &Form) -> bool {
    signed_pairs(form).any(|(name, value)| name.contains(&b';') || value.contains(&b';'))
}

fn signed_pairs(form: &Form) -> impl Iterator<Item = (&[u8], &[u8])> {
    form.pairs()
        .filter(|(name, _)| !matches!(*name, b"checksum" | b"sign_alias"))
}
