//! Signatures by Standard Webhooks: `v1,` and base64 of HMAC-SHA256 over `id.seconds.body`. The key is what
//! the secret decodes to, not its text.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::settings::{Secret, SettingsError};

/// Receivers' tools print base64 with padding or without.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);
/// 128 bits. The standard asks for 24 bytes of whoever makes a key; some receivers make shorter ones.
const SHORTEST: usize = 16;

/// The keys of a connection, each decoded and tried once.
#[derive(Clone)]
pub(crate) struct Keys(Vec<Zeroizing<Vec<u8>>>);

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys({})", self.0.len())
    }
}

impl Keys {
    pub(crate) fn new(secrets: &[Secret]) -> Result<Self, SettingsError> {
        let remedy = "give whsec_ and the base64 of 24 to 64 random bytes, as the receiver shows it";
        if secrets.is_empty() {
            return Err(SettingsError::new("secret", "is missing", remedy));
        }
        let keys = secrets
            .iter()
            .map(|secret| decode(secret).map_err(|problem| SettingsError::new("secret", problem, remedy)));
        keys.collect::<Result<_, _>>().map(Self)
    }

    /// The value of `webhook-signature`: one signature a key.
    pub(crate) fn sign(&self, id: &str, seconds: i64, body: &[u8]) -> String {
        let signatures = self.0.iter().filter_map(|key| {
            // A key of any length will do for HMAC, so none is ever left out.
            let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
            mac.update(format!("{id}.{seconds}.").as_bytes());
            mac.update(body);
            Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
        });
        signatures.collect::<Vec<_>>().join(" ")
    }
}

fn decode(secret: &Secret) -> Result<Zeroizing<Vec<u8>>, &'static str> {
    let text = secret.expose().trim();
    let encoded = text.strip_prefix("whsec_").ok_or("does not begin with whsec_")?;
    let key = LENIENT
        .decode(encoded)
        .map_err(|_| "is not base64 after whsec_")?;
    let key = Zeroizing::new(key);
    if key.len() < SHORTEST {
        Err("is too short to be safe")
    } else {
        Ok(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const PUBLISHED: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    fn keys(secrets: &[&str]) -> Keys {
        Keys::new(&secrets.iter().map(|text| Secret::new(*text)).collect::<Vec<_>>()).unwrap()
    }

    /// The first is the vector that Standard Webhooks publishes; the others were computed by its Python,
    /// JavaScript and Rust libraries and by OpenSSL, which agree.
    #[test]
    fn signatures_are_those_of_other_implementations() {
        let vectors = [
            (
                PUBLISHED,
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                r#"{"test": 2432232314}"#,
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            ),
            (
                OURS,
                "msg_0190a1b200007000",
                1_795_514_400,
                r#"{"type":"payment.succeeded","timestamp":"2026-11-24T10:00:00Z","data":{"id":"0190a1b2-0000-7000-8000-000000000001","amount":"4990.00","currency":"RUB"}}"#,
                "v1,eQdp4wn+nORux7QTHloWIYSC2Q92lF+cdRUgX8fO4nI=",
            ),
            (
                OURS,
                "msg_0190a1b200007001",
                1_795_514_400,
                r#"{"data":{"client":"Иванов Иван"}}"#,
                "v1,zGfK9z/8m20w884A4yXRoZQT1n87g4I8xYAzBNMBU7Q=",
            ),
        ];
        for (secret, id, seconds, body, signature) in vectors {
            assert_eq!(keys(&[secret]).sign(id, seconds, body.as_bytes()), signature);
        }
    }

    #[test]
    fn while_a_key_is_changed_both_sign() {
        let both = keys(&[OURS, PUBLISHED]).sign("id", 1, b"{}");
        let each = [
            keys(&[OURS]).sign("id", 1, b"{}"),
            keys(&[PUBLISHED]).sign("id", 1, b"{}"),
        ];
        assert_eq!(both, each.join(" "));
    }

    #[test]
    fn a_secret_that_is_none_is_refused_without_being_shown() {
        for text in [
            "",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_",
            "whsec_!!!!",
            "whsec_c2hvcnQ=",
        ] {
            let error = Keys::new(&[Secret::new(text)]).unwrap_err();
            assert_eq!(error.field, "secret");
            assert!(text.len() < 7 || !error.to_string().contains(text));
        }
        assert!(Keys::new(&[]).is_err());
    }

    #[test]
    fn padding_makes_no_difference() {
        assert_eq!(
            keys(&[OURS]).sign("id", 1, b""),
            keys(&[OURS.trim_end_matches('=')]).sign("id", 1, b"")
        );
    }
}
