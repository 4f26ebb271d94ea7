//! What the scenarios of registries share.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde_json::Value;
use sverka_simulator::api::{RegistryMade, RegistryWish};
use sverka_tests::whole::{Answer, Given, TestApp, attempt};

pub(crate) const UPLOAD: &str = "/api/v1/registries?bank=sber&bank_account=main&file_name=day.csv";

pub(crate) const BYTES: &str = "application/octet-stream";

pub(crate) async fn upload(app: &TestApp, path: &str, bytes: Vec<u8>) -> Answer {
    let operator = app.operator();
    let request = operator.request(Method::POST, path).header("content-type", BYTES);
    request.body(bytes).send().await
}

pub(crate) async fn made(app: &TestApp, wish: &RegistryWish) -> (RegistryMade, Vec<u8>) {
    let made = app.control.make_registry("sber", "main", wish).await.unwrap();
    let bytes = STANDARD.decode(&made.file_base64).unwrap();
    (made, bytes)
}

pub(crate) async fn lines(app: &TestApp, registry: &Value, result: &str) -> Vec<Value> {
    let id = registry["id"].as_str().unwrap();
    let page = app
        .viewer()
        .get(&format!(
            "/api/v1/registries/{id}/lines?result={result}&limit=200"
        ))
        .await;
    page.ok()["items"].as_array().unwrap().clone()
}

pub(crate) fn counts(registry: &Value) -> [u64; 6] {
    ["matched", "healed", "differs", "no_attempt", "missing", "noted"]
        .map(|name| registry["counts"][name].as_u64().unwrap())
}

pub(crate) async fn mend(app: &TestApp, registry: &Value, body: &Value) -> Answer {
    let id = registry["id"].as_str().unwrap();
    app.operator()
        .post(&format!("/api/v1/registries/{id}/mend"), body)
        .await
}

/// A line of the plain layout.
pub(crate) fn plain(kind: &str, attempt: &Given, amount: &str) -> String {
    let at = "2026-11-24T08:15:02Z";
    format!(
        "{kind};{};{};;{amount};RUB;;{at}\n",
        attempt.order_number, attempt.bank_order_id
    )
}

pub(crate) fn file(lines: &[String]) -> Vec<u8> {
    let head = "kind;order_number;bank_order_id;rrn;amount;currency;fee;at\n";
    format!("{head}{}", lines.concat()).into_bytes()
}

/// Payments that the bank told of, and was asked about since.
pub(crate) async fn confirmed(app: &TestApp, count: usize) -> Vec<Given> {
    let mut all = Vec::new();
    for _ in 0..count {
        let paid = app.given(attempt()).await;
        app.pays(&paid).await;
        app.advance(2);
        app.operator().query_bank(&paid).await.ok();
        all.push(paid);
    }
    app.deliver().await;
    all
}
