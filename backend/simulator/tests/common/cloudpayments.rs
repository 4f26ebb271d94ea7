//! A merchant's calls to CloudPayments.

use serde_json::{Value, json};
use sverka_simulator::api::{Move, Verb};

use super::{Heard, Stand};

pub(crate) const BANK: &str = "cloudpayments";
pub(crate) const SECRET: &str = "demo-cloudpayments-secret";

pub(crate) async fn send(
    stand: &Stand,
    path: &str,
    body: &Value,
    request_id: Option<&str>,
) -> reqwest::Response {
    let mut request = stand
        .http
        .post(stand.url(&format!("/cloudpayments/main/{path}")))
        .basic_auth("pk_demo", Some(SECRET))
        .json(body);
    if let Some(id) = request_id {
        request = request.header("X-Request-ID", id);
    }
    request.send().await.unwrap()
}

pub(crate) async fn call(stand: &Stand, path: &str, body: Value) -> Value {
    let answer = send(stand, path, &body, None).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.json().await.unwrap()
}

pub(crate) async fn order(stand: &Stand, number: &str, two_stage: bool) -> Value {
    let made = call(
        stand,
        "orders/create",
        json!({"Amount": 4990.00, "Currency": "RUB", "Description": "Абонемент", "InvoiceId": number,
               "AccountId": "client@example.com", "RequireConfirmation": two_stage}),
    )
    .await;
    assert_eq!(made["Success"], true, "{made}");
    made["Model"].clone()
}

pub(crate) async fn act(stand: &Stand, number: &str, verb: Verb, how: Move) -> sverka_simulator::api::Order {
    stand.control.act(BANK, "main", number, verb, &how).await.unwrap()
}

pub(crate) async fn find(stand: &Stand, number: &str) -> Value {
    call(stand, "payments/find", json!({"InvoiceId": number})).await
}

pub(crate) fn kinds(heard: &[Heard]) -> Vec<&str> {
    heard.iter().map(|one| one.query.as_str()).collect()
}
