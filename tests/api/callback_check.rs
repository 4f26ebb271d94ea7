//! Would a bank's notification arrive: the address, the last ones of each kind, a self-test, and asking for them again.

use serde_json::{Value, json};
use sverka_app::ports::callback_sender::SentAnswer;
use sverka_simulator::api::{Resend, Verb};
use sverka_tests::whole::{TestApp, Way, attempt};

sverka_tests::on_both_engines! {
    the_last_notification_of_each_kind_is_shown,
    a_self_test_arrives_and_counts_nowhere,
    a_signature_that_is_spoiled_on_the_way_is_found_out,
    an_answer_of_somebody_else_is_found_out,
    an_answer_that_is_changed_or_lost_is_found_out,
    an_address_that_nobody_hears_is_found_out,
    a_notification_that_only_looks_like_a_self_test_is_rejected,
    an_account_that_is_not_there_cannot_be_checked,
    a_bank_that_does_not_send_again_says_so,
}

const CHECK: &str = "/api/v1/bank-accounts/sber/main/callback-check";
const TEST: &str = "/api/v1/bank-accounts/sber/main/callback-self-test";

async fn tested(app: &TestApp, way: Way) -> Value {
    app.public_way(way);
    let result = app.operator().post(TEST, &json!({})).await.ok();
    let check = app.viewer().get(CHECK).await.ok();
    assert_eq!(check["last_self_test"], result, "the last one is shown");
    result
}

fn verdict(test: &Value) -> (&str, bool, bool, &Value) {
    (
        test["code"].as_str().unwrap(),
        test["arrived"].as_bool().unwrap(),
        test["genuine"].as_bool().unwrap(),
        &test["http_status"],
    )
}

async fn the_last_notification_of_each_kind_is_shown(app: &TestApp) {
    let check = app.viewer().get(CHECK).await.ok();
    assert_eq!(
        check["callback_url"],
        "https://pay.example.ru/callbacks/sber/main"
    );
    assert_eq!(check["methods"], json!(["GET", "POST"]));
    for kind in ["last_genuine", "last_rejected", "last_orphan", "last_self_test"] {
        assert!(check[kind].is_null(), "{check}");
    }
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.deliver().await;
    let forged = Resend {
        forge: true,
        ..Resend::default()
    };
    app.bank_notifies(&paid, forged).await;
    let stranger = app.at_bank(&attempt()).await;
    app.pays(&stranger).await;
    let check = app.viewer().get(CHECK).await.ok();
    assert_eq!(check["last_genuine"]["verdict"], "accepted");
    assert_eq!(check["last_genuine"]["attempt_id"], paid.id);
    assert_eq!(check["last_rejected"]["verdict"], "rejected");
    assert_eq!(check["last_orphan"]["order_number"], stranger.order_number);
    app.advance(10);
    app.bank_does(&paid, Verb::Refund, sverka_simulator::api::Move::default())
        .await;
    app.poll().await;
    app.deliver().await;
    let after = app.viewer().get(CHECK).await.ok();
    assert_ne!(after["last_genuine"]["id"], check["last_genuine"]["id"]);
}

async fn a_self_test_arrives_and_counts_nowhere(app: &TestApp) {
    let before = app.viewer().get("/api/v1/bank-accounts").await.ok();
    let test = tested(app, Way::Home).await;
    assert_eq!(verdict(&test), ("arrived", true, true, &json!(200)));
    assert_eq!(test["sent_to"], "https://pay.example.ru/callbacks/sber/main");
    assert!(test["signed"].as_bool().unwrap() && test["detail"].is_null());
    let path = format!(
        "/api/v1/notifications/{}",
        test["notification_id"].as_str().unwrap()
    );
    let kept = app.viewer().get(&path).await.ok();
    assert_eq!(kept["verdict"], "self_test");
    assert!(
        kept["order_number"]
            .as_str()
            .unwrap()
            .starts_with("sverka-self-test-")
    );
    assert_eq!(kept["reading"]["genuineness"], "genuine");
    assert_eq!(app.poll().await, 0, "there is nothing to ask the bank about");
    let after = app.viewer().get("/api/v1/bank-accounts").await.ok();
    assert_eq!(after, before, "no health and no alarm of it");
    let again = app
        .operator()
        .post(&format!("{path}/process"), &json!({}))
        .await
        .ok();
    assert_eq!(again["changed"], false);
    assert_eq!(again["notification"]["verdict"], "self_test");
    assert_eq!(before["items"][1]["abilities"]["self_test"], true);
}

async fn a_signature_that_is_spoiled_on_the_way_is_found_out(app: &TestApp) {
    let test = tested(app, Way::Spoiled).await;
    assert_eq!(verdict(&test), ("refused", true, false, &json!(403)));
    assert!(test["detail"].as_str().unwrap().contains("signature"));
    let accounts = app.viewer().get("/api/v1/bank-accounts").await.ok();
    assert_eq!(accounts["items"][1]["rejected_24h"], 0);
    assert_eq!(accounts["items"][1]["alarms"], json!([]));
}

async fn an_answer_of_somebody_else_is_found_out(app: &TestApp) {
    let elsewhere = app.simulator_url();
    let test = tested(app, Way::To(elsewhere)).await;
    assert_eq!(verdict(&test), ("not_arrived", false, false, &json!(404)));
    assert!(test["notification_id"].is_null());
}

async fn an_answer_that_is_changed_or_lost_is_found_out(app: &TestApp) {
    let page = SentAnswer {
        status: 200,
        body: "<html>Welcome</html>".to_owned(),
    };
    let test = tested(app, Way::Answered(page)).await;
    assert_eq!(verdict(&test), ("wrong_answer", true, true, &json!(200)));
    app.advance(1);
    let test = tested(app, Way::Swallowed).await;
    assert_eq!(verdict(&test), ("wrong_answer", true, true, &Value::Null));
}

async fn an_address_that_nobody_hears_is_found_out(app: &TestApp) {
    let test = tested(app, Way::To("http://127.0.0.1:1".to_owned())).await;
    assert_eq!(verdict(&test), ("unreachable", false, false, &Value::Null));
    assert!(!test["detail"].as_str().unwrap().is_empty());
}

async fn a_notification_that_only_looks_like_a_self_test_is_rejected(app: &TestApp) {
    let query = "operation=deposited&status=1&orderNumber=sverka-self-test-0123456789ab";
    let refused = app.nobody().get(&format!("/callbacks/sber/main?{query}")).await;
    assert_eq!(refused.status, 403);
    let listed = app.viewer().get("/api/v1/notifications").await.ok();
    assert_eq!(listed["items"][0]["verdict"], "rejected");
}

async fn an_account_that_is_not_there_cannot_be_checked(app: &TestApp) {
    let path = |operation: &str| format!("/api/v1/bank-accounts/sber/nowhere/{operation}");
    app.viewer()
        .get(&path("callback-check"))
        .await
        .problem(404, "not_found");
    for operation in ["callback-self-test", "resend"] {
        let refused = app.operator().post(&path(operation), &json!({})).await;
        refused.problem(404, "not_found");
    }
}

async fn a_bank_that_does_not_send_again_says_so(app: &TestApp) {
    let accounts = app.viewer().get("/api/v1/bank-accounts").await.ok();
    assert_eq!(accounts["items"][1]["abilities"]["resends"], false);
    let refused = app
        .operator()
        .post("/api/v1/bank-accounts/sber/main/resend", &json!({}))
        .await;
    refused.problem(409, "resend_not_supported");
}
