//! Recording an attempt safely, however often the request is sent.

use reqwest::Method;
use serde_json::Value;
use sverka_domain::role::Role;
use sverka_tests::whole::{Answer, TestApp, attempt};

sverka_tests::on_both_engines! {
    the_same_request_again_gets_the_first_answer,
    another_body_under_the_same_key_is_refused,
    keys_of_different_callers_are_different_keys,
    a_refused_request_does_not_use_its_key_up,
    a_useless_key_is_refused,
    of_the_same_request_sent_at_once_one_records_and_all_are_answered_alike,
}

async fn record(app: &TestApp, role: Role, key: &str, body: &Value) -> Answer {
    app.somebody(role)
        .request(Method::POST, "/api/v1/payment-attempts")
        .header("idempotency-key", key)
        .json(body)
        .send()
        .await
}

async fn the_same_request_again_gets_the_first_answer(app: &TestApp) {
    let body = attempt().body;
    let first = record(app, Role::Integrator, "k-1", &body).await;
    assert_eq!(first.status, 201);
    let id = first.ok()["id"].as_str().unwrap().to_owned();
    assert_eq!(first.header("location"), format!("/api/v1/payment-attempts/{id}"));
    // Even when the attempt has moved on meanwhile.
    let report = serde_json::json!({ "bank_status": "pending", "expected_version": 1 });
    let path = format!("/api/v1/payment-attempts/{id}");
    app.integrator().patch(&path, &report).await.ok();
    let again = record(app, Role::Integrator, "k-1", &body).await;
    assert_eq!((again.status, &again.bytes), (201, &first.bytes));
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(app.viewer().search("").await.len(), 1);
    let quoted = record(app, Role::Integrator, "\"k-1\"", &body).await;
    assert_eq!(
        quoted.bytes, first.bytes,
        "the quotes of the draft are not part of a key"
    );
}

async fn another_body_under_the_same_key_is_refused(app: &TestApp) {
    let body = attempt().body;
    record(app, Role::Integrator, "k-1", &body).await.ok();
    let other = record(app, Role::Integrator, "k-1", &attempt().body).await;
    other.problem(422, "idempotency_key_reused");
    assert_eq!(app.viewer().search("").await.len(), 1);
}

async fn keys_of_different_callers_are_different_keys(app: &TestApp) {
    record(app, Role::Integrator, "k-1", &attempt().body).await.ok();
    record(app, Role::Admin, "k-1", &attempt().body).await.ok();
    assert_eq!(app.viewer().search("").await.len(), 2);
}

async fn a_refused_request_does_not_use_its_key_up(app: &TestApp) {
    let wrong = attempt().with("bank_account", "nowhere").body;
    let refused = record(app, Role::Integrator, "k-1", &wrong).await;
    refused.problem(422, "unknown_bank_account");
    record(app, Role::Integrator, "k-1", &attempt().body).await.ok();
}

async fn a_useless_key_is_refused(app: &TestApp) {
    for key in ["", "\"\"", &"k".repeat(256)] {
        let refused = record(app, Role::Integrator, key, &attempt().body).await;
        refused.problem(400, "bad_request");
    }
    assert!(app.viewer().search("").await.is_empty());
}

async fn of_the_same_request_sent_at_once_one_records_and_all_are_answered_alike(app: &TestApp) {
    let body = attempt().body;
    app.credentials(Role::Integrator).await;
    let send = || record(app, Role::Integrator, "k-1", &body);
    let (one, two, three) = tokio::join!(send(), send(), send());
    for answer in [&one, &two, &three] {
        assert_eq!((answer.status, answer.text()), (201, one.text()));
    }
    assert_eq!(app.viewer().search("").await.len(), 1);
    assert_eq!(record(app, Role::Integrator, "k-1", &body).await.status, 201);
}
