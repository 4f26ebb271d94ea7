//! The operator's procedure: from a payment that is missing to a payment that is in the accounting system.

use serde_json::Value;
use sverka_simulator::api::ServiceMode;
use sverka_tests::whole::{TestApp, attempt};

sverka_tests::on_both_engines! {
    a_payment_whose_notification_was_lost_is_found_by_asking_and_passed_on_once,
    a_lost_notification_heals_without_anybody,
    the_bank_is_asked_soon_and_then_slower,
    asking_about_an_order_that_the_bank_does_not_know_is_an_answer,
    a_silent_bank_is_written_down_and_asked_again,
    the_story_of_a_payment_tells_who_did_what,
    a_viewer_is_told_that_they_may_only_look,
}

async fn a_payment_whose_notification_was_lost_is_found_by_asking_and_passed_on_once(app: &TestApp) {
    let missing = app.given(attempt()).await;
    app.pays_in_silence(&missing).await;

    let before = app.operator().see(&missing).await;
    assert_eq!(before.standing(), "created, not_due");
    assert_eq!(before.diagnosis(), "waiting_for_client");

    let result = app.operator().query_bank(&missing).await.ok();
    assert_eq!(result["changed"], true);
    assert_eq!(result["answer"]["found"], true);
    assert_eq!(result["answer"]["bank_status"], "paid");
    assert_eq!(result["answer"]["amount"]["amount"], missing.amount);
    assert_eq!(result["attempt"]["bank_status"], "paid");

    let paid = app.operator().see(&missing).await;
    assert_eq!(paid.standing(), "paid, queued");
    assert_eq!(paid.text("bank_status_source"), "bank_query");
    assert!(paid.is("lost_callback"));
    assert!(!paid.0["paid_at"].is_null());

    app.deliver().await;
    let synced = app.operator().see(&missing).await;
    assert_eq!(synced.standing(), "paid, synced");
    assert_eq!(synced.diagnosis(), "synced");
    assert_eq!(synced.text("crm_document_ref"), "ПКО-000001");
    assert_eq!(
        app.posted(&missing).await,
        [("payment.succeeded".to_owned(), missing.amount, 1)]
    );

    let again = app.operator().query_bank(&missing).await.ok();
    assert_eq!(again["changed"], false);
    assert_eq!(app.deliver().await, 0);
}

async fn a_lost_notification_heals_without_anybody(app: &TestApp) {
    let missing = app.given(attempt()).await;
    app.pays_in_silence(&missing).await;
    assert_eq!(app.poll().await, 0, "nobody is asked at once");
    app.advance(21);
    assert_eq!(app.poll().await, 1);
    app.deliver().await;
    let synced = app.viewer().see(&missing).await;
    assert_eq!(synced.standing(), "paid, synced");
    let accounts = app.viewer().get("/api/v1/bank-accounts").await.ok();
    let main = &accounts["items"][1];
    assert_eq!((&main["bank"], &main["name"]), (&"sber".into(), &"main".into()));
    assert_eq!(main["callback_url"], "https://pay.example.ru/callbacks/sber/main");
    assert_eq!((&main["lost_24h"], &main["paid_24h"]), (&1.into(), &1.into()));
    assert_eq!(main["alarms"], serde_json::json!(["silent"]));
    let lost = app.viewer().search("lost_callback=true").await;
    assert_eq!(lost.len(), 1);
}

async fn the_bank_is_asked_soon_and_then_slower(app: &TestApp) {
    let open = app.given(attempt()).await;
    let mut asked = 0;
    for _ in 0..24 {
        app.advance(10);
        asked += app.poll().await;
    }
    // Every 20 seconds for three minutes, then every 40.
    assert!((9..=11).contains(&asked), "{asked}");
    assert_eq!(app.viewer().see(&open).await.diagnosis(), "not_paid_yet");
    let story = app.viewer().story(&open).await;
    assert_eq!(
        story,
        ["recorded", "bank_queried"],
        "the same answer is told once"
    );
}

async fn asking_about_an_order_that_the_bank_does_not_know_is_an_answer(app: &TestApp) {
    let unknown = app.given(attempt().unknown_to_bank()).await;
    let result = app.operator().query_bank(&unknown).await.ok();
    assert_eq!(result["answer"]["found"], false);
    assert_eq!(result["answer"]["bank_status"], Value::Null);
    assert_eq!(result["changed"], false);
    assert_eq!(app.operator().see(&unknown).await.diagnosis(), "not_paid_yet");
}

async fn a_silent_bank_is_written_down_and_asked_again(app: &TestApp) {
    let waiting = app.given(attempt()).await;
    for mode in [
        ServiceMode::Error500,
        ServiceMode::Down,
        ServiceMode::Garbage,
        ServiceMode::SystemError,
    ] {
        app.bank_answers("sber", "main", mode).await;
        let refused = app.operator().query_bank(&waiting).await;
        let problem = refused.problem(502, "bank_unavailable");
        assert!(
            problem["detail"].as_str().unwrap().starts_with("the bank "),
            "{problem}"
        );
        let seen = app.operator().see(&waiting).await;
        assert_eq!(seen.diagnosis(), "bank_silent", "{mode:?}");
        assert!(!seen.detail().is_empty());
        assert!(!seen.0["next_bank_query_at"].is_null());
    }
    app.bank_answers("sber", "main", ServiceMode::Ok).await;
    app.operator().query_bank(&waiting).await.ok();
    assert_eq!(app.operator().see(&waiting).await.diagnosis(), "not_paid_yet");
}

async fn the_story_of_a_payment_tells_who_did_what(app: &TestApp) {
    let missing = app.given(attempt()).await;
    app.pays_in_silence(&missing).await;
    app.operator().query_bank(&missing).await.ok();
    app.deliver().await;
    let timeline = app.viewer().timeline(&missing).await;
    let kinds: Vec<_> = timeline
        .iter()
        .map(|entry| entry["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        ["recorded", "bank_queried", "delivery_queued", "delivery_sent"]
    );
    let [recorded, asked, queued, sent] = &timeline[..] else {
        panic!("{timeline:?}")
    };
    assert_eq!(recorded["actor"]["kind"], "api_key");
    assert_eq!(recorded["actor"]["name"], "app");
    assert_eq!(queued["actor"]["kind"], "system");
    assert_eq!(asked["actor"]["name"], "The operator");
    assert_eq!(asked["bank_status"]["from"], "created");
    assert_eq!(asked["bank_status"]["to"], "paid");
    assert_eq!(asked["crm_status"]["to"], "queued");
    assert_eq!(asked["bank_answer"]["bank_status"], "paid");
    assert_eq!(sent["actor"]["kind"], "accounting");
    assert_eq!(sent["document_ref"], "ПКО-000001");
    assert_eq!(sent["delivery"]["verdict"], "applied");
    assert_eq!(sent["delivery"]["http_status"], 200);
    assert_eq!(sent["delivery"]["try"], 1);
    assert_eq!(sent["crm_status"]["to"], "synced");
}

async fn a_viewer_is_told_that_they_may_only_look(app: &TestApp) {
    let open = app.given(attempt()).await;
    let theirs = app.viewer().see(&open).await;
    for action in ["bank_query", "status_override", "resync", "posted_by_hand"] {
        assert_eq!(theirs.obstacle(action).as_deref(), Some("forbidden"));
    }
    assert_eq!(theirs.0["override_options"], serde_json::json!([]));
    let operators = app.operator().see(&open).await;
    assert_eq!(operators.obstacle("bank_query"), None);
    assert_eq!(operators.obstacle("status_override"), None);
    assert_eq!(operators.obstacle("resync").as_deref(), Some("not_paid"));
    assert_eq!(operators.obstacle("posted_by_hand").as_deref(), Some("not_paid"));
}
