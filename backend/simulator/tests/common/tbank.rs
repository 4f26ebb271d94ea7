//! T-Bank's calls and notifications, with the demo's terminal.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Heard, Stand};

/// The token by the rule of the manual, written here a second time.
pub(crate) fn token(fields: &Value) -> String {
    use sha2::{Digest, Sha256};
    let mut signed: BTreeMap<&str, String> = BTreeMap::from([("Password", "demo-tbank-password".to_owned())]);
    for (name, value) in fields.as_object().unwrap() {
        match value {
            Value::String(text) => drop(signed.insert(name, text.clone())),
            Value::Number(_) | Value::Bool(_) => drop(signed.insert(name, value.to_string())),
            _ => {}
        }
    }
    signed.remove("Token");
    let text: String = signed.into_values().collect();
    hex::encode(Sha256::digest(text.as_bytes()))
}

pub(crate) async fn post(stand: &Stand, method: &str, body: &Value) -> Value {
    let url = stand.url(&format!("/tbank/v2/{method}"));
    let answer = stand.http.post(url).json(body).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

/// A call of the demo's terminal.
pub(crate) async fn call(stand: &Stand, method: &str, mut fields: Value) -> Value {
    fields["TerminalKey"] = json!("DemoTerminalDEMO");
    fields["Token"] = json!(token(&fields));
    post(stand, method, &fields).await
}

pub(crate) async fn init(stand: &Stand, number: &str, more: Value) -> Value {
    let mut fields = json!({"OrderId": number, "Amount": 499_000, "Description": "Абонемент"});
    fields
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    call(stand, "Init", fields).await
}

pub(crate) fn told(stand: &Stand) -> Vec<(String, bool, i64)> {
    let one = |heard: Heard| {
        let body: Value = serde_json::from_str(&heard.body).unwrap();
        assert_eq!(body["Token"], token(&body), "signed");
        assert_eq!(
            (heard.method.as_str(), heard.path.as_str()),
            ("POST", "/callbacks/tbank/main")
        );
        assert!(body["PaymentId"].is_i64() && body["TerminalKey"] == "DemoTerminalDEMO");
        (
            body["Status"].as_str().unwrap().to_owned(),
            body["Success"].as_bool().unwrap(),
            body["Amount"].as_i64().unwrap(),
        )
    };
    stand.heard().into_iter().map(one).collect()
}
