//! Robokassa's signatures: a hash over values joined by colons, and a compact JWS for messages to the second address.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use md5::{Digest, Md5};
use rsa::PrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::signature::{SignatureEncoding, Signer};
use serde_json::{Value, json};
use sha2::{Sha256, Sha384, Sha512};

use crate::api::SignatureHash;

/// The hash of these parts and of the shop's own fields, lower-case hex.
pub(crate) fn hash(kind: SignatureHash, parts: &[&str], own: &[(String, String)]) -> String {
    let mut text = parts.join(":");
    let mut own: Vec<&(String, String)> = own.iter().filter(|(name, _)| is_own(name)).collect();
    // The official module sorts `shp_label` before `Shp_merchant_id`.
    own.sort_by_key(|(name, _)| name.to_lowercase());
    for (name, value) in own {
        text.push_str(&format!(":{name}={value}"));
    }
    match kind {
        SignatureHash::Md5 => hex::encode(Md5::digest(text.as_bytes())),
        SignatureHash::Sha256 => hex::encode(Sha256::digest(text.as_bytes())),
        SignatureHash::Sha384 => hex::encode(Sha384::digest(text.as_bytes())),
        SignatureHash::Sha512 => hex::encode(Sha512::digest(text.as_bytes())),
    }
}

/// Whether a field is the shop's own; old shops wrote it without the underscore.
pub(crate) fn is_own(name: &str) -> bool {
    name.get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("shp"))
}

/// A compact JWS, RS256. `None`: the key cannot be read or cannot sign.
pub(crate) fn jws(private_key_pem: &str, payload: &Value, forged: bool) -> Option<String> {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!(
        "{}.{}",
        part(&json!({"alg": "RS256", "typ": "JWT"})),
        part(payload)
    );
    let key = SigningKey::<Sha256>::new(PrivateKey::from_pkcs8_pem(private_key_pem).ok()?);
    // A forger has a signature of the right length, over something else.
    let text = if forged { "something else" } else { signed.as_str() };
    let signature = key.try_sign(text.as_bytes()).ok()?;
    Some(format!(
        "{signed}.{}",
        URL_SAFE_NO_PAD.encode(signature.to_bytes())
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_signatures_come_out() {
        let all: Vec<Value> =
            serde_json::from_str(include_str!("../../tests/fixtures/vectors.json")).unwrap();
        let cases: Vec<&Value> = all.iter().filter(|case| case["bank"] == "robokassa").collect();
        assert_eq!(cases.len(), 3);
        for case in cases {
            let field = |name: &str| case["params"][name].as_str().unwrap_or_default();
            let own: Vec<(String, String)> = ["shpparam2", "shpparam1"]
                .map(|name| (name.to_owned(), field(name).to_owned()))
                .to_vec();
            let (login, sum, number) = (field("MrchLogin"), field("OutSum"), field("InvId"));
            let secret = case["secret"].as_str().unwrap();
            let parts: &[&str] = match login {
                "" => &[sum, number, secret],
                _ => &[login, sum, number, secret],
            };
            let ours = hash(SignatureHash::Md5, parts, &own).to_uppercase();
            assert_eq!(ours, case["expected_signature"], "{}", case["kind"]);
            assert_eq!(ours == field("SignatureValue"), case["valid"]);
        }
    }
}
