//! The checksum of RBS callbacks: sorted `name;value;`, HMAC-SHA256 or RSA-SHA512, upper-case hex.

use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit, Mac};
use rsa::PrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::signature::{SignatureEncoding, Signer};
use sha2::{Sha256, Sha512};

/// What is signed: every parameter but the checksum itself and the name of the key.
pub(crate) fn string_to_sign(params: &BTreeMap<String, String>) -> String {
    params
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "checksum" | "sign_alias"))
        .map(|(name, value)| format!("{name};{value};"))
        .collect()
}

/// The symmetric checksum. `None` cannot happen with HMAC, which takes keys of any length.
pub(crate) fn hmac_checksum(secret: &str, params: &BTreeMap<String, String>) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(string_to_sign(params).as_bytes());
    Some(hex::encode_upper(mac.finalize().into_bytes()))
}

/// The asymmetric checksum. `None`: the key cannot be read or cannot sign.
pub(crate) fn rsa_checksum(private_key_pem: &str, params: &BTreeMap<String, String>) -> Option<String> {
    let key = PrivateKey::from_pkcs8_pem(private_key_pem).ok()?;
    let signature = SigningKey::<Sha512>::new(key)
        .try_sign(string_to_sign(params).as_bytes())
        .ok()?;
    Some(hex::encode_upper(signature.to_bytes()))
}

#[cfg(test)]
mod tests {
    use rsa::PublicKey;
    use rsa::pkcs1v15::{Signature, VerifyingKey};
    use rsa::pkcs8::{DecodePublicKey, EncodePrivateKey, LineEnding};
    use rsa::signature::Verifier;
    use serde_json::Value;

    use super::*;

    fn cases(kind: &str) -> Vec<Value> {
        let all: Vec<Value> =
            serde_json::from_str(include_str!("../../tests/fixtures/vectors.json")).unwrap();
        let found: Vec<Value> = all.into_iter().filter(|case| case["kind"] == kind).collect();
        assert!(!found.is_empty(), "{kind}");
        found
    }

    fn params(case: &Value) -> BTreeMap<String, String> {
        serde_json::from_value(case["params"].clone()).unwrap()
    }

    #[test]
    fn the_published_hmac_checksums_come_out() {
        for case in cases("callback_hmac_sha256") {
            let params = params(&case);
            assert_eq!(string_to_sign(&params), case["string_to_sign"]);
            let ours = hmac_checksum(case["secret"].as_str().unwrap(), &params).unwrap();
            assert_eq!(ours, case["expected_signature"]);
            assert_eq!(ours == params["checksum"], case["valid"]);
        }
    }

    #[test]
    fn the_published_rsa_signature_verifies_over_our_string() {
        for case in cases("callback_rsa_sha512") {
            let params = params(&case);
            let key = PublicKey::from_public_key_pem(case["key"].as_str().unwrap()).unwrap();
            let signature =
                Signature::try_from(hex::decode(&params["checksum"]).unwrap().as_slice()).unwrap();
            let text = string_to_sign(&params);
            assert_eq!(
                VerifyingKey::<Sha512>::new(key)
                    .verify(text.as_bytes(), &signature)
                    .is_ok(),
                case["valid"]
            );
        }
    }

    #[test]
    fn our_rsa_signature_verifies() {
        use rand::SeedableRng;
        let key = PrivateKey::new(&mut rand::rngs::StdRng::seed_from_u64(1), 2048).unwrap();
        let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap();
        let params = BTreeMap::from([
            ("mdOrder".to_owned(), "a".to_owned()),
            ("status".to_owned(), "1".to_owned()),
        ]);
        let checksum = rsa_checksum(&pem, &params).unwrap();
        let signature = Signature::try_from(hex::decode(checksum).unwrap().as_slice()).unwrap();
        VerifyingKey::<Sha512>::new(key.to_public_key())
            .verify(b"mdOrder;a;status;1;", &signature)
            .unwrap();
    }
}
