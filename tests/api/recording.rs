//! What the app records and reports.

use serde_json::{Value, json};
use sverka_tests::whole::{Setup, TestApp, attempt};

sverka_tests::on_both_engines! {
    an_attempt_is_recorded_as_it_was_told,
    an_order_number_is_taken_once_at_a_bank_account,
    a_bank_order_id_belongs_to_one_attempt,
    the_app_reports_that_the_client_pays_and_gives_up,
    an_app_that_says_the_client_gave_up_does_not_outweigh_the_bank,
    a_payment_waits_for_a_connection_that_is_not_configured,
    the_reference_names_what_can_be_filtered_by,
}

const ATTEMPTS: &str = "/api/v1/payment-attempts";

async fn an_attempt_is_recorded_as_it_was_told(app: &TestApp) {
    let body = attempt()
        .with("description", "  Абонемент на год ")
        .with("bank_order_id", "b8d7-1")
        .with("metadata", json!({ "cart": [1, 2], "note": "🎁" }))
        .body;
    let recorded = app.integrator().post(ATTEMPTS, &body).await;
    assert_eq!(recorded.status, 201);
    let told = recorded.ok();
    for field in [
        "order_number",
        "bank",
        "bank_account",
        "payment_type",
        "amount",
        "metadata",
        "bank_order_id",
    ] {
        assert_eq!(told[field], body[field], "{field}");
    }
    assert_eq!(told["description"], "Абонемент на год");
    let client = json!({ "name": "Иванова Мария Петровна", "phone": "+79161234567", "email": null, "external_id": null });
    assert_eq!(told["client"], client);
    assert_eq!(told["merchant"], "tverskaya");
    assert_eq!(told["version"], 1);
    for field in ["refunded", "paid_at", "crm_document_ref", "attention"] {
        assert_eq!(told[field], Value::Null, "{field}");
    }
    let path = format!("{ATTEMPTS}/{}", told["id"].as_str().unwrap());
    assert_eq!(app.integrator().get(&path).await.ok(), told);
    let id: uuid::Uuid = told["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(id.get_version_num(), 7);
}

async fn an_order_number_is_taken_once_at_a_bank_account(app: &TestApp) {
    let first = attempt().with("order_number", "A-1");
    app.given(first.clone()).await;
    let again = app.integrator().post(ATTEMPTS, &first.body).await;
    again.problem(409, "attempt_exists");
    let elsewhere = first.at("sber", "second");
    app.given(elsewhere).await;
    assert_eq!(app.viewer().search("q=A-1").await.len(), 2);
}

async fn a_bank_order_id_belongs_to_one_attempt(app: &TestApp) {
    app.given(attempt().with("bank_order_id", "b8d7-1").unknown_to_bank())
        .await;
    let taken = attempt().with("bank_order_id", "b8d7-1").body;
    app.integrator()
        .post(ATTEMPTS, &taken)
        .await
        .problem(409, "bank_order_id_taken");
    let other = app.given(attempt().unknown_to_bank()).await;
    let report = json!({ "bank_order_id": "b8d7-1", "expected_version": 1 });
    app.integrator()
        .patch(&other.path(""), &report)
        .await
        .problem(409, "bank_order_id_taken");
    assert_eq!(app.viewer().see(&other).await.0["bank_order_id"], Value::Null);
}

async fn the_app_reports_that_the_client_pays_and_gives_up(app: &TestApp) {
    let open = app.given(attempt()).await;
    let report =
        json!({ "bank_status": "pending", "bank_order_id": open.bank_order_id, "expected_version": 1 });
    let pending = app.integrator().patch(&open.path(""), &report).await.ok();
    assert_eq!(pending["bank_status"], "pending");
    assert_eq!(pending["bank_status_source"], "app");
    assert_eq!(pending["bank_order_id"], open.bank_order_id);
    let report = json!({ "bank_status": "abandoned", "expected_version": pending["version"] });
    let gone = app.integrator().patch(&open.path(""), &report).await.ok();
    assert_eq!(gone["bank_status"], "abandoned");
    assert_eq!(gone["diagnosis"]["code"], "abandoned_by_client");
    let report = json!({ "bank_status": "paid", "expected_version": gone["version"] });
    let refused = app.integrator().patch(&open.path(""), &report).await;
    refused.problem(422, "validation_failed");
    assert_eq!(refused.faults(), ["bank_status"]);
    let nothing = json!({ "expected_version": gone["version"] });
    let same = app.integrator().patch(&open.path(""), &nothing).await.ok();
    assert_eq!(same["version"], gone["version"], "nothing told, nothing changed");
}

async fn an_app_that_says_the_client_gave_up_does_not_outweigh_the_bank(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.deliver().await;
    let version = app.viewer().see(&paid).await.version();
    let report = json!({ "bank_status": "abandoned", "expected_version": version });
    app.integrator().patch(&paid.path(""), &report).await.ok();
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, synced");
}

async fn a_payment_waits_for_a_connection_that_is_not_configured(app: &TestApp) {
    // A Sverka of its own, without an accounting system.
    let alone = TestApp::set_up(Setup {
        accounting: Some(String::new()),
        ..Setup::on(app.engine)
    })
    .await;
    let paid = alone.given(attempt()).await;
    alone.pays(&paid).await;
    let seen = alone.viewer().see(&paid).await;
    assert_eq!(seen.standing(), "paid, queued");
    assert_eq!(seen.diagnosis(), "accounting_not_configured");
    assert_eq!(seen.0["diagnosis"]["next_steps"], json!(["configure_connection"]));
    alone.finish().await;
}

async fn the_reference_names_what_can_be_filtered_by(app: &TestApp) {
    let reference = app.viewer().get("/api/v1/reference").await.ok();
    assert_eq!(reference["merchants"][0]["timezone"], "Europe/Moscow");
    assert_eq!(
        reference["payment_types"][0]["title"],
        json!({ "ru": "Абонемент", "en": "Membership" })
    );
    let accounts: Vec<_> = reference["bank_accounts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|account| {
            format!(
                "{}/{}",
                account["bank"].as_str().unwrap(),
                account["name"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(accounts, ["payonline/club", "sber/main", "sber/second"]);
    assert_eq!(reference["bank_statuses"].as_array().unwrap().len(), 10);
    assert_eq!(reference["crm_statuses"].as_array().unwrap().len(), 7);
}
