//! PayOnline's `SecurityKey`: MD5 over `Name=value&…&PrivateSecurityKey=…`, the order of names fixed per call.

use md5::{Digest, Md5};

/// The key of these fields, in this order.
pub(crate) fn security_key(private_key: &str, fields: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        text.push_str(name);
        text.push('=');
        text.push_str(value);
        text.push('&');
    }
    text.push_str("PrivateSecurityKey=");
    text.push_str(private_key);
    hex::encode(Md5::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn the_published_keys_come_out() {
        let all: Vec<Value> =
            serde_json::from_str(include_str!("../../tests/fixtures/vectors.json")).unwrap();
        let cases: Vec<&Value> = all.iter().filter(|case| case["bank"] == "payonline").collect();
        assert!(cases.len() > 4);
        for case in cases {
            let text = case["string_to_sign"].as_str().unwrap();
            let fields: Vec<(&str, &str)> = text
                .split('&')
                .filter_map(|part| part.split_once('='))
                .filter(|(name, _)| *name != "PrivateSecurityKey")
                .collect();
            let ours = security_key(case["secret"].as_str().unwrap(), &fields);
            assert_eq!(ours, case["expected_signature"]);
            assert_eq!(ours == case["params"]["SecurityKey"], case["valid"]);
        }
    }
}
