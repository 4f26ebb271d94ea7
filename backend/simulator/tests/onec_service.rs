//! The HTTP service of a 1C base: signed, keyed on `webhook-id`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use common::onec::{MARIA, Onec, told};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sverka_simulator::api::OnecSettings;

fn event(kind: &str, amount: i64) -> Value {
    json!({
        "type": kind, "timestamp": "2026-11-24T08:15:02Z",
        "data": {
            "delivery_id": "d-1", "attempt_id": "a-1", "order_number": "A-10452", "bank": "sber", "bank_account": "main",
            "bank_order_id": null, "payment_type": "membership", "amount": {"amount": amount, "currency": "RUB"},
            "client": {"name": "Соколова Мария", "phone": "+79161234501", "email": null, "external_id": null},
            "paid_at": "2026-11-24T08:15:02Z", "refund_of": "msg_1",
        },
    })
}

#[allow(
    clippy::disallowed_methods,
    reason = "the signature carries the moment of sending"
)]
async fn deliver(onec: &Onec, id: &str, body: &Value, key: &[u8]) -> (u16, Value) {
    let (stamp, body) = (jiff::Timestamp::now().as_second(), body.to_string());
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key).unwrap();
    mac.update(format!("{id}.{stamp}.{body}").as_bytes());
    let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    let sent = onec
        .http
        .post(format!("{}/onec/main/hs/sverka/payments", onec.running.url()))
        .basic_auth("sverka", Some("demo-password"))
        .header("webhook-id", id)
        .header("webhook-timestamp", stamp.to_string())
        .header("webhook-signature", signature)
        .body(body);
    told(sent.send().await.unwrap()).await
}

const SECRET: &[u8] = b"demo-secret-for-sverka-simulator";

#[tokio::test]
async fn a_payment_is_posted_once_whatever_comes_twice() {
    let onec = Onec::new().await;
    let (status, made) = deliver(&onec, "msg_1", &event("payment.succeeded", 450_000), SECRET).await;
    assert_eq!(
        (status, &made["status"], &made["state"]),
        (200, &json!("created"), &json!("posted"))
    );
    let (status, again) = deliver(&onec, "msg_1", &event("payment.succeeded", 450_000), SECRET).await;
    assert_eq!((status, &again["status"]), (200, &json!("already_posted")));
    assert_eq!(again["document_key"], made["document_key"]);
    let (status, other) = deliver(&onec, "msg_1", &event("payment.succeeded", 1), SECRET).await;
    assert_eq!((status, &other["error"]), (409, &json!("body_changed")));
    let documents = onec.control.onec_documents("main").await.unwrap();
    assert_eq!(
        (documents.len(), documents[0].amount, documents[0].posted),
        (1, 450_000, true)
    );
    // By the clock of the base, which is Moscow's.
    assert_eq!(documents[0].date, "2026-11-24T11:15:02");
    assert_eq!(documents[0].client_key.as_deref(), Some(MARIA));

    let (_, refund) = deliver(&onec, "msg_2", &event("payment.refunded", 100_000), SECRET).await;
    assert_eq!(refund["status"], json!("created"));
    let documents = onec.control.onec_documents("main").await.unwrap();
    let refund = documents
        .iter()
        .find(|document| document.entity.contains("Списание"))
        .unwrap();
    assert_eq!(refund.attributes["ДокументОснование"], made["document_key"]);
}

#[tokio::test]
async fn a_document_can_be_read_by_its_id() {
    let onec = Onec::new().await;
    deliver(&onec, "msg_1", &event("payment.succeeded", 450_000), SECRET).await;
    let read = async |id: &str| {
        let url = format!("{}/onec/main/hs/sverka/payments/{id}", onec.running.url());
        let asked = onec.http.get(url).basic_auth("sverka", Some("demo-password"));
        told(asked.send().await.unwrap()).await
    };
    let (status, found) = read("msg_1").await;
    assert_eq!(
        (status, &found["status"], &found["amount"]),
        (200, &json!("posted"), &json!("4500.00"))
    );
    assert_eq!(read("msg_2").await.0, 404);
    let key = found["document_key"].as_str().unwrap();
    onec.control
        .act_on_onec_document("main", (key, "mark"), &serde_json::Map::new())
        .await
        .unwrap();
    assert_eq!(read("msg_1").await.1["status"], json!("deleted"));
}

#[tokio::test]
async fn what_is_not_signed_or_cannot_be_posted_is_refused() {
    let onec = Onec::with(OnecSettings {
        closed_until: Some("2026-11-30".to_owned()),
        service_demands_client: true,
        ..OnecSettings::default()
    })
    .await;
    let payment = event("payment.succeeded", 450_000);
    assert_eq!(deliver(&onec, "msg_1", &payment, b"another key").await.0, 401);
    let (status, body) = deliver(&onec, "msg_1", &payment, SECRET).await;
    assert_eq!((status, &body["error"]), (422, &json!("refused")));
    let mut stranger = payment.clone();
    stranger["data"]["client"]["phone"] = json!("+79990000000");
    let (status, body) = deliver(&onec, "msg_2", &stranger, SECRET).await;
    assert_eq!((status, &body["error"]), (422, &json!("client_not_found")));
    assert!(onec.control.onec_documents("main").await.unwrap().is_empty());
}
