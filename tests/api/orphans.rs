//! Notifications that come before their attempt, or in the same moment.

use sverka_tests::whole::{Engine, TestApp, attempt, sber_callback};

sverka_tests::on_both_engines! {
    a_notification_that_comes_first_waits_for_its_attempt,
    a_notification_waits_for_the_number_that_the_app_reports,
    a_notification_and_its_attempt_in_the_same_moment_find_each_other,
    a_notification_that_is_held_up_finds_an_attempt_that_was_recorded_meanwhile,
}

async fn a_notification_that_comes_first_waits_for_its_attempt(app: &TestApp) {
    let builder = attempt();
    let known = app.at_bank(&builder).await;
    app.pays(&known).await;
    assert_eq!(app.last_callback_status().await, 200, "it is taken in");
    let accounts = app.viewer().get("/api/v1/bank-accounts").await.ok();
    assert_eq!(accounts["items"][1]["orphans_24h"], 1);

    let paid = app.record(&builder, known).await;
    let seen = app.viewer().see(&paid).await;
    assert_eq!(seen.standing(), "paid, queued");
    assert!(!seen.is("lost_callback"));
    let story = app.viewer().story(&paid).await;
    assert_eq!(story, ["recorded", "callback_accepted", "delivery_queued"]);
    app.deliver().await;
    assert_eq!(app.posted(&paid).await.len(), 1);
    let accounts = app.viewer().get("/api/v1/bank-accounts").await.ok();
    assert_eq!(accounts["items"][1]["orphans_24h"], 0);
}

async fn a_notification_waits_for_the_number_that_the_app_reports(app: &TestApp) {
    // The bank's notification names its own id only.
    let paid = app.given(attempt()).await;
    let query = sber_callback(&[
        ("mdOrder", &paid.bank_order_id),
        ("operation", "deposited"),
        ("status", "1"),
    ]);
    assert_eq!(
        app.nobody()
            .get(&format!("/callbacks/sber/main?{query}"))
            .await
            .status,
        200
    );
    assert_eq!(app.viewer().see(&paid).await.standing(), "created, not_due");
    let report = serde_json::json!({ "bank_order_id": paid.bank_order_id, "expected_version": 1 });
    app.integrator().patch(&paid.path(""), &report).await.ok();
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, queued");
    app.deliver().await;
}

/// The attempt's transaction is open, and its row invisible, while the notification is taken in.
async fn a_notification_and_its_attempt_in_the_same_moment_find_each_other(app: &TestApp) {
    if app.engine == Engine::Sqlite {
        // There is one writer: such a moment does not exist.
        return;
    }
    let builder = attempt();
    let known = app.at_bank(&builder).await;
    app.credentials(sverka_domain::role::Role::Integrator).await;
    let mut held = app.hold_next_write();
    let record = app.record(&builder, known.clone());
    let notify = async {
        held.reached().await;
        app.pays(&known).await;
        held.release();
    };
    let (paid, ()) = tokio::join!(record, notify);
    app.eventually("they find each other", async || {
        app.viewer().see(&paid).await.text("bank_status") == "paid"
    })
    .await;
    let seen = app.viewer().see(&paid).await;
    assert_eq!(seen.text("bank_status_source"), "callback");
    assert!(!seen.is("lost_callback"));
    let story = app.viewer().story(&paid).await;
    let accepted = story.iter().filter(|kind| *kind == "callback_accepted").count();
    assert_eq!(accepted, 1, "{story:?}");
    app.deliver().await;
    assert_eq!(app.posted(&paid).await.len(), 1);
}

/// The other way round: the orphan's transaction is open while the attempt is recorded.
async fn a_notification_that_is_held_up_finds_an_attempt_that_was_recorded_meanwhile(app: &TestApp) {
    if app.engine == Engine::Sqlite {
        return;
    }
    let builder = attempt();
    let known = app.at_bank(&builder).await;
    app.credentials(sverka_domain::role::Role::Integrator).await;
    let mut held = app.hold_next_write();
    let notify = app.pays(&known);
    let record = async {
        held.reached().await;
        let paid = app.record(&builder, known.clone()).await;
        held.release();
        paid
    };
    let ((), paid) = tokio::join!(notify, record);
    let seen = app.viewer().see(&paid).await;
    assert_eq!(seen.standing(), "paid, queued");
    assert!(!seen.is("lost_callback"));
    app.deliver().await;
    assert_eq!(app.posted(&paid).await.len(), 1);
}
