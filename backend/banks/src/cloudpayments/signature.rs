//! `Content-HMAC` and `X-Content-HMAC`: HMAC-SHA256 in base64, keyed with the API Secret.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sverka_app::ports::bank::{Genuineness, RawCallback};

use crate::settings::Secret;

/// Over the text as it was sent.
pub(super) const AS_SENT: &str = "content-hmac";
/// Over the text after URL decoding.
const DECODED: &str = "x-content-hmac";

/// What the headers prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Proof {
    pub(super) genuineness: Genuineness,
    /// Only the decoded text is covered, in which the ends of values cannot be seen.
    pub(super) decoded_only: bool,
}

/// How a notification stands with its headers: it is good if either fits.
///
/// Over a GET the bank signs the query, and whether the part that we put into the address ourselves is in it is not
/// written anywhere, so the query is tried with it and without it.
pub(super) fn judge(raw: &RawCallback, text: &[u8], secret: &Secret) -> Proof {
    let told = |name: &str| {
        let values = raw.headers.iter().filter(|(known, _)| known == name);
        values.map(|(_, value)| value.trim()).collect::<Vec<_>>()
    };
    let (as_sent, decoded) = (told(AS_SENT), told(DECODED));
    let proof = |genuineness, decoded_only| Proof {
        genuineness,
        decoded_only,
    };
    if as_sent.is_empty() && decoded.is_empty() {
        return proof(Genuineness::Unsigned, false);
    }
    let texts = [text.to_vec(), without_type(text)];
    let fits = |value: &&str, text: &[u8]| {
        STANDARD
            .decode(value)
            .is_ok_and(|told| matches(secret, text, &told))
    };
    let both = || as_sent.iter().chain(&decoded);
    if texts.iter().any(|text| both().any(|value| fits(value, text))) {
        return proof(Genuineness::Genuine, false);
    }
    if texts
        .iter()
        .any(|text| decoded.iter().any(|value| fits(value, &url_decoded(text))))
    {
        return proof(Genuineness::Genuine, true);
    }
    proof(Genuineness::Forged, false)
}

fn matches(secret: &Secret, text: &[u8], told: &[u8]) -> bool {
    Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).is_ok_and(|mut mac| {
        mac.update(text);
        // Compares in constant time.
        mac.verify_slice(told).is_ok()
    })
}

/// The value of `Content-HMAC` for a text.
pub(super) fn content_hmac(text: &[u8], secret: &Secret) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).ok()?;
    mac.update(text);
    Some(STANDARD.encode(mac.finalize().into_bytes()))
}

fn without_type(text: &[u8]) -> Vec<u8> {
    let pairs = text.split(|byte| *byte == b'&');
    let kept: Vec<_> = pairs.filter(|pair| !pair.starts_with(b"type=")).collect();
    kept.join(&b'&')
}

/// Percent codes and `+` decoded over the whole text; what is no code stays as it is.
fn url_decoded(text: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = text
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    percent_decoded(&spaced)
}

fn percent_decoded(text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let code = text.get(at + 1..at + 3).filter(|_| *byte == b'%');
        let code = code.and_then(|code| hex::decode(code).ok());
        match code.as_deref() {
            Some([code]) => {
                decoded.push(*code);
                at += 3;
            }
            _ => {
                decoded.push(*byte);
                at += 1;
            }
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_decoded_as_a_whole() {
        assert_eq!(
            url_decoded("a=1+2&b=%D0%96%&c=%4g".as_bytes()),
            "a=1 2&b=Ж%&c=%4g".as_bytes()
        );
    }

    #[test]
    fn our_own_part_of_the_address_can_be_left_out() {
        assert_eq!(without_type(b"type=pay&a=1&b=2"), b"a=1&b=2");
    }
}
