//! The outgoing webhook, read by somebody who knows only its description: Standard Webhooks, and the fields of `data`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use sverka_simulator::api::{Move, Verb};
use sverka_tests::whole::{Engine, Given, Setup, TestApp, WEBHOOK_SECRET, attempt};

use crate::receiver::{Receiver, Request};

/// A Sverka that passes payments on to a receiver of the test's own.
async fn with_receiver(answers: &'static [(u16, &'static str)]) -> (TestApp, Receiver) {
    let receiver = Receiver::start(answers).await;
    let app = TestApp::set_up(Setup {
        accounting: Some(receiver.url.clone()),
        ..Setup::on(Engine::Sqlite)
    })
    .await;
    (app, receiver)
}

async fn paid(app: &TestApp) -> Given {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    paid
}

/// What a receiver does with a request before it believes a word of it.
fn verified(request: &Request) -> Value {
    let header = |name: &str| request.headers[name].as_str();
    let key = STANDARD
        .decode(WEBHOOK_SECRET.strip_prefix("whsec_").unwrap())
        .unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(header("webhook-id").as_bytes());
    mac.update(b".");
    mac.update(header("webhook-timestamp").as_bytes());
    mac.update(b".");
    mac.update(&request.body);
    let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    let mut given = header("webhook-signature").split(' ');
    assert!(given.any(|one| one == expected), "{request:?}");
    serde_json::from_slice(&request.body).unwrap()
}

/// That an object has the fields that the contract describes, all that it must have and no others.
fn assert_described(object: &Value, shape: &str) {
    let document: Value = serde_json::from_str(&crate::committed("openapi.json")).unwrap();
    let schema = &document["components"]["schemas"][shape];
    let known = schema["properties"].as_object().unwrap();
    for name in object.as_object().unwrap().keys() {
        assert!(known.contains_key(name), "{shape} has no {name}");
    }
    for name in schema["required"].as_array().unwrap() {
        assert!(
            object.get(name.as_str().unwrap()).is_some(),
            "{shape} needs {name}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_is_signed_and_has_every_field_of_its_description() {
    let (app, receiver) = with_receiver(&[(200, r#"{"document_ref": "ПКО-1"}"#)]).await;
    let paid = paid(&app).await;
    app.deliver().await;
    let [request] = &receiver.requests()[..] else {
        panic!("{:?}", receiver.requests())
    };
    assert_eq!(request.line, "POST /payments HTTP/1.1");
    assert!(request.headers["content-type"].starts_with("application/json"));
    let event = verified(request);
    assert_described(&event, "WebhookDelivery");
    assert_described(&event["data"], "WebhookDeliveryData");
    assert_described(&event["data"]["client"], "WebhookDeliveryClient");
    assert_eq!(event["type"], "payment.succeeded");
    assert_eq!(
        event["timestamp"].as_str().unwrap().rsplit('Z').next(),
        Some(""),
        "UTC"
    );
    let data = &event["data"];
    assert_eq!(data["delivery_id"], request.headers["webhook-id"]);
    let seen = app.viewer().see(&paid).await;
    assert_eq!(data["attempt_id"], seen.0["id"]);
    for field in [
        "order_number",
        "bank",
        "bank_account",
        "bank_order_id",
        "payment_type",
        "amount",
        "paid_at",
    ] {
        assert_eq!(data[field], seen.0[field], "{field}");
        assert!(!data[field].is_null(), "{field}");
    }
    assert_eq!(data["client"]["name"], "Иванова Мария Петровна");
    assert_eq!(data["client"]["phone"], "+79161234567");
    assert!(data.get("refund_of").is_none_or(Value::is_null));
    let sent_at: i64 = request.headers["webhook-timestamp"].parse().unwrap();
    assert!((app.sverka.now().as_second() - sent_at).abs() < 60);
    assert_eq!(seen.text("crm_document_ref"), "ПКО-1");
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_names_the_payment_that_it_takes_back() {
    let (app, receiver) = with_receiver(&[(200, "{}")]).await;
    let paid = paid(&app).await;
    app.deliver().await;
    app.bank_does(&paid, Verb::Refund, Move::of(100_000)).await;
    app.poll().await;
    app.deliver().await;
    let events: Vec<_> = receiver.requests().iter().map(verified).collect();
    assert_eq!(events.len(), 2);
    assert_eq!(events[1]["type"], "payment.refunded");
    assert_eq!(
        events[1]["data"]["amount"],
        json!({ "amount": 100_000, "currency": "RUB" })
    );
    assert_eq!(events[1]["data"]["refund_of"], events[0]["data"]["delivery_id"]);
    assert_ne!(events[1]["data"]["delivery_id"], events[0]["data"]["delivery_id"]);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_try_of_one_delivery_has_the_same_id_and_the_same_bytes() {
    let (app, receiver) = with_receiver(&[(500, "oops"), (200, "{}")]).await;
    let paid = paid(&app).await;
    app.deliver().await;
    app.advance(40);
    app.deliver().await;
    let [first, second] = &receiver.requests()[..] else {
        panic!("{:?}", receiver.requests())
    };
    verified(first);
    verified(second);
    assert_eq!(first.headers["webhook-id"], second.headers["webhook-id"]);
    assert_eq!(first.body, second.body);
    assert_ne!(
        first.headers["webhook-timestamp"],
        second.headers["webhook-timestamp"]
    );
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, synced");
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_means_what_its_description_says() {
    let told = [
        (201, r#"{"document_ref": "ПКО-2"}"#, "synced"),
        (409, r#"{"document_ref": "ПКО-3"}"#, "synced"),
        (410, "{}", "retrying"),
        (400, r#"{"error": "no such client"}"#, "needs_attention"),
        (403, "{}", "retrying"),
        (429, "{}", "retrying"),
        (503, "{}", "retrying"),
        (500, "{}", "in_doubt"),
        (302, "{}", "retrying"),
    ];
    for (status, body, expected) in told {
        let (app, _receiver) = with_receiver(Box::leak(Box::new([(status, body)]))).await;
        app.leave_deliveries_open();
        let paid = paid(&app).await;
        app.deliver().await;
        let seen = app.viewer().see(&paid).await;
        assert_eq!(seen.text("crm_status"), expected, "{status}: {}", seen.detail());
        app.finish().await;
    }
}
