//! A person's decision on the bank status.

use serde_json::json;
use sverka_simulator::api::ServiceMode;
use sverka_tests::whole::{TestApp, attempt};

sverka_tests::on_both_engines! {
    while_the_bank_is_down_a_person_decides_and_the_payment_is_passed_on,
    a_decision_needs_a_reason,
    what_a_person_may_not_say_is_refused,
    what_the_bank_has_is_not_denied,
    a_decision_is_taken_back_until_it_is_passed_on,
    a_bank_that_contradicts_a_person_is_shown,
    money_that_went_back_by_hand_is_passed_on_as_a_refund,
}

async fn while_the_bank_is_down_a_person_decides_and_the_payment_is_passed_on(app: &TestApp) {
    let silent = app.given(attempt()).await;
    app.bank_answers("sber", "main", ServiceMode::Down).await;
    app.operator()
        .query_bank(&silent)
        .await
        .problem(502, "bank_unavailable");
    let seen = app.operator().see(&silent).await;
    assert_eq!(seen.diagnosis(), "bank_silent");
    assert!(
        seen.0["override_options"]
            .as_array()
            .unwrap()
            .contains(&json!("paid"))
    );

    let body = json!({
        "bank_status": "paid",
        "reason": "The bank's cabinet shows it, 12:04",
        "evidence": "Line 17 of the day's list",
        "expected_version": seen.version(),
    });
    let decided = app
        .operator()
        .post(&silent.path("/status-override"), &body)
        .await
        .ok();
    assert_eq!(decided["bank_status"], "paid");
    assert_eq!(decided["bank_status_source"], "operator");
    assert_eq!(decided["crm_status"], "queued");
    app.operator().resync(&silent).await.ok();
    app.deliver().await;
    let synced = app.operator().see(&silent).await;
    assert_eq!(synced.standing(), "paid, synced");
    assert_eq!(app.posted(&silent).await.len(), 1);

    let timeline = app.viewer().timeline(&silent).await;
    let told = timeline
        .iter()
        .find(|entry| entry["kind"] == "overridden")
        .unwrap();
    assert_eq!(told["actor"]["name"], "The operator");
    assert_eq!(told["reason"], "The bank's cabinet shows it, 12:04");
    assert_eq!(told["details"]["evidence"], "Line 17 of the day's list");
    assert_eq!(told["bank_status"], json!({ "from": "created", "to": "paid" }));
    assert!(timeline.iter().any(|entry| entry["kind"] == "resync_requested"));
}

async fn a_decision_needs_a_reason(app: &TestApp) {
    let open = app.given(attempt()).await;
    for reason in ["", "          ", "too short"] {
        let body = json!({ "bank_status": "paid", "reason": reason, "expected_version": 1 });
        let refused = app.operator().post(&open.path("/status-override"), &body).await;
        refused.problem(422, "validation_failed");
        assert_eq!(refused.faults(), ["reason"]);
    }
    assert_eq!(app.viewer().story(&open).await, ["recorded"]);
}

async fn what_a_person_may_not_say_is_refused(app: &TestApp) {
    let open = app.given(attempt()).await;
    for status in [
        "created",
        "pending",
        "authorized",
        "abandoned",
        "partially_refunded",
        "refunded",
        "reversed",
    ] {
        let refused = app.operator().override_status(&open, status).await;
        refused.problem(409, "override_refused");
    }
    let unknown = app.operator().override_status(&open, "stolen").await;
    unknown.problem(422, "validation_failed");
    assert_eq!(unknown.faults(), ["bank_status"]);
    assert_eq!(app.viewer().see(&open).await.version(), 1);
}

async fn what_the_bank_has_is_not_denied(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.operator()
        .override_status(&paid, "declined")
        .await
        .problem(409, "override_refused");
    app.operator()
        .override_status(&paid, "paid")
        .await
        .problem(409, "status_unchanged");
    app.deliver().await;
    let seen = app.operator().see(&paid).await;
    assert_eq!(seen.standing(), "paid, synced");
    assert_eq!(seen.0["override_options"], json!(["reversed", "refunded"]));
}

async fn a_decision_is_taken_back_until_it_is_passed_on(app: &TestApp) {
    let open = app.given(attempt()).await;
    app.operator().override_status(&open, "paid").await.ok();
    let back = app.operator().override_status(&open, "declined").await.ok();
    assert_eq!(
        (&back["bank_status"], &back["crm_status"]),
        (&json!("declined"), &json!("not_due"))
    );
    assert_eq!(app.deliver().await, 0);
    assert!(app.posted(&open).await.is_empty());
    let story = app.viewer().story(&open).await;
    assert!(story.contains(&"delivery_withdrawn".to_owned()), "{story:?}");

    app.operator().override_status(&open, "paid").await.ok();
    app.deliver().await;
    assert_eq!(app.posted(&open).await.len(), 1);
    app.operator()
        .override_status(&open, "declined")
        .await
        .problem(409, "override_refused");
    assert_eq!(app.viewer().see(&open).await.standing(), "paid, synced");
}

async fn a_bank_that_contradicts_a_person_is_shown(app: &TestApp) {
    let open = app.given(attempt()).await;
    app.operator().override_status(&open, "paid").await.ok();
    app.deliver().await;
    let silent = sverka_simulator::api::Move::silent();
    app.bank_does(&open, sverka_simulator::api::Verb::Decline, silent)
        .await;
    app.operator().query_bank(&open).await.ok();
    let seen = app.operator().see(&open).await;
    assert_eq!(
        seen.standing(),
        "paid, synced",
        "what is passed on is not undone by itself"
    );
    assert!(seen.is("needs_attention"));
    assert_eq!(seen.diagnosis(), "bank_contradicts_override");
    let story = app.viewer().story(&open).await;
    assert_eq!(
        story.iter().filter(|kind| *kind == "override_conflict").count(),
        1
    );
    // Saying the same again settles it.
    app.supervisor().override_status(&open, "paid").await.ok();
    assert!(!app.operator().see(&open).await.is("needs_attention"));
}

async fn money_that_went_back_by_hand_is_passed_on_as_a_refund(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.deliver().await;
    let back = app.operator().override_status(&paid, "refunded").await.ok();
    assert_eq!(back["refunded"]["amount"], paid.amount);
    app.deliver().await;
    assert_eq!(app.viewer().see(&paid).await.standing(), "refunded, synced");
    let kinds: Vec<_> = app
        .posted(&paid)
        .await
        .into_iter()
        .map(|(kind, ..)| kind)
        .collect();
    assert_eq!(kinds, ["payment.succeeded", "payment.refunded"]);
}
