//! The banks' notifications: signed, repeated, forged, unsigned.

use reqwest::Method;
use sverka_simulator::api::{Move, Resend, Verb};
use sverka_tests::whole::{TestApp, attempt, sber_callback};

sverka_tests::on_both_engines! {
    a_signed_notification_by_get_is_a_payment,
    a_signed_notification_by_post_is_a_payment,
    a_notification_of_payonline_only_makes_the_bank_be_asked,
    the_same_notification_again_changes_nothing,
    a_notification_by_get_and_then_by_post_is_taken_in_once_in_effect,
    a_forged_notification_is_kept_and_changes_nothing,
    an_unsigned_notification_is_kept_and_changes_nothing,
    a_notification_of_no_interest_is_acknowledged,
    a_notification_to_an_unknown_account_is_not_found,
    a_notification_that_the_database_could_not_take_is_refused_and_comes_again,
    notifications_in_any_order_come_to_the_same_end,
}

async fn a_signed_notification_by_get_is_a_payment(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    assert_eq!(app.last_callback_status().await, 200);
    let seen = app.viewer().see(&paid).await;
    assert_eq!(seen.standing(), "paid, queued");
    assert_eq!(seen.text("bank_status_source"), "callback");
    assert_eq!(seen.text("bank_order_id"), paid.bank_order_id);
    assert!(!seen.is("lost_callback"));
    app.deliver().await;
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, synced");

    let timeline = app.viewer().timeline(&paid).await;
    let accepted = timeline
        .iter()
        .find(|entry| entry["kind"] == "callback_accepted")
        .unwrap();
    let raw = &accepted["notification"];
    assert_eq!(
        (&raw["method"], &raw["verdict"]),
        (&"GET".into(), &"accepted".into())
    );
    let query = raw["query"].as_str().unwrap();
    for part in [
        "checksum=",
        "operation=deposited",
        &paid.bank_order_id,
        &paid.order_number,
    ] {
        assert!(query.contains(part), "{part} is not in {query}");
    }
    assert_eq!(accepted["actor"]["kind"], "bank");
    assert_eq!(accepted["actor"]["id"], "sber");
    assert_eq!(raw["remote_addr"], "127.0.0.1");
}

async fn a_signed_notification_by_post_is_a_payment(app: &TestApp) {
    let paid = app.given(attempt().at("sber", "second")).await;
    app.pays(&paid).await;
    assert_eq!(app.last_callback_status().await, 200);
    app.deliver().await;
    let seen = app.viewer().see(&paid).await;
    assert_eq!(seen.standing(), "paid, synced");
    assert_eq!(seen.text("merchant"), "kazan");
    let timeline = app.viewer().timeline(&paid).await;
    let accepted = timeline
        .iter()
        .find(|entry| entry["kind"] == "callback_accepted")
        .unwrap();
    let raw = &accepted["notification"];
    assert_eq!((&raw["method"], &raw["query"]), (&"POST".into(), &"".into()));
    assert!(raw["body"].as_str().unwrap().contains("checksum="));
    assert_eq!(
        raw["headers"]["content-type"],
        "application/x-www-form-urlencoded"
    );
}

async fn a_notification_of_payonline_only_makes_the_bank_be_asked(app: &TestApp) {
    let paid = app.given(attempt().at("payonline", "club")).await;
    app.pays(&paid).await;
    assert_eq!(app.last_callback_status().await, 200);
    assert_eq!(app.viewer().see(&paid).await.standing(), "created, not_due");
    assert_eq!(app.poll().await, 1, "it is due at once");
    let seen = app.viewer().see(&paid).await;
    assert_eq!(seen.standing(), "paid, queued");
    assert_eq!(seen.text("bank_status_source"), "bank_query");
    assert!(!seen.is("lost_callback"), "the notification did come");
    app.deliver().await;
    assert_eq!(app.posted(&paid).await.len(), 1);
}

async fn the_same_notification_again_changes_nothing(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.deliver().await;
    let before = app.viewer().see(&paid).await;
    let story = app.viewer().story(&paid).await;
    let copies = Some(3);
    app.bank_notifies(
        &paid,
        Resend {
            copies,
            ..Resend::default()
        },
    )
    .await;
    let after = app.viewer().see(&paid).await;
    assert_eq!(after.0, before.0);
    assert_eq!(app.viewer().story(&paid).await, story);
    let timeline = app.viewer().timeline(&paid).await;
    let accepted = timeline
        .iter()
        .find(|entry| entry["kind"] == "callback_accepted")
        .unwrap();
    assert_eq!(accepted["notification"]["repeats"], 3);
    assert_eq!(app.deliver().await, 0);
    assert_eq!(app.posted(&paid).await.len(), 1);
}

async fn a_notification_by_get_and_then_by_post_is_taken_in_once_in_effect(app: &TestApp) {
    let paid = app.given(attempt()).await;
    let query = deposited(&paid.order_number, &paid.bank_order_id);
    let path = "/callbacks/sber/main";
    assert_eq!(app.nobody().get(&format!("{path}?{query}")).await.status, 200);
    let by_post = app
        .nobody()
        .request(Method::POST, path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(query);
    assert_eq!(by_post.send().await.status, 200);
    app.deliver().await;
    assert_eq!(app.posted(&paid).await.len(), 1);
}

async fn a_forged_notification_is_kept_and_changes_nothing(app: &TestApp) {
    let target = app.given(attempt()).await;
    let before = app.viewer().see(&target).await;
    app.control
        .forge("sber", "main", &target.order_number)
        .await
        .unwrap();
    app.eventually("the forgery is answered", async || {
        app.viewer().story(&target).await.len() > 1
    })
    .await;
    let after = app.viewer().see(&target).await;
    assert_eq!(after.standing(), "created, not_due");
    assert_eq!(
        after.version(),
        before.version(),
        "no form becomes stale by a forgery"
    );
    assert!(
        after.text("next_bank_query_at") < before.text("next_bank_query_at"),
        "the bank is asked soon"
    );
    let timeline = app.viewer().timeline(&target).await;
    let rejected = timeline.last().unwrap();
    assert_eq!(rejected["kind"], "callback_rejected");
    assert_eq!(rejected["details"]["why"], "bad_signature");
    assert_eq!(rejected["notification"]["verdict"], "rejected");
    assert_eq!(app.poll().await, 1);
    assert_eq!(app.viewer().see(&target).await.standing(), "created, not_due");
    let accounts = app.viewer().get("/api/v1/bank-accounts").await.ok();
    assert_eq!(
        accounts["items"][1]["alarms"],
        serde_json::json!(["bad_signatures"])
    );
}

async fn an_unsigned_notification_is_kept_and_changes_nothing(app: &TestApp) {
    let target = app.given(attempt()).await;
    let query = format!("operation=deposited&status=1&orderNumber={}", target.order_number);
    let refused = app.nobody().get(&format!("/callbacks/sber/main?{query}")).await;
    assert_eq!(refused.status, 403);
    assert_eq!(app.viewer().see(&target).await.standing(), "created, not_due");
    let timeline = app.viewer().timeline(&target).await;
    let rejected = timeline.last().unwrap();
    assert_eq!(rejected["kind"], "callback_rejected");
    assert_eq!(rejected["details"]["why"], "unsigned");
    assert_eq!(rejected["notification"]["query"], query);
    assert_eq!(app.poll().await, 1);
}

async fn a_notification_of_no_interest_is_acknowledged(app: &TestApp) {
    let target = app.given(attempt()).await;
    let query = sber_callback(&[
        ("operation", "bindingCreated"),
        ("orderNumber", &target.order_number),
    ]);
    let taken = app.nobody().get(&format!("/callbacks/sber/main?{query}")).await;
    assert_eq!(taken.status, 200);
    assert_eq!(app.viewer().story(&target).await, ["recorded"]);
}

async fn a_notification_to_an_unknown_account_is_not_found(app: &TestApp) {
    let nowhere = app.nobody().get("/callbacks/sber/nowhere?a=b").await;
    nowhere.problem(404, "not_found");
    app.nobody()
        .get("/callbacks/nobank/main?a=b")
        .await
        .problem(404, "not_found");
}

async fn a_notification_that_the_database_could_not_take_is_refused_and_comes_again(app: &TestApp) {
    let paid = app.given(attempt()).await;
    let query = deposited(&paid.order_number, &paid.bank_order_id);
    let path = format!("/callbacks/sber/main?{query}");
    app.take_database_away(2);
    let refused = app.nobody().get(&path).await;
    let problem = refused.problem(503, "database_unavailable");
    assert!(
        !problem.to_string().contains("took the database away"),
        "inner words stay inside"
    );
    assert_eq!(refused.header("retry-after"), "2");
    assert_eq!(app.viewer().see(&paid).await.standing(), "created, not_due");
    assert_eq!(app.nobody().get(&path).await.status, 200);
    app.deliver().await;
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, synced");
}

async fn notifications_in_any_order_come_to_the_same_end(app: &TestApp) {
    let paid = app.given(attempt()).await;
    // The refusal of the first try comes after the payment that followed it.
    let soft = Move {
        is_final: Some(false),
        ..Move::silent()
    };
    app.bank_does(&paid, Verb::Decline, soft).await;
    app.pays(&paid).await;
    let late = sber_callback(&[
        ("mdOrder", &paid.bank_order_id),
        ("orderNumber", &paid.order_number),
        ("operation", "deposited"),
        ("status", "0"),
    ]);
    assert_eq!(
        app.nobody()
            .get(&format!("/callbacks/sber/main?{late}"))
            .await
            .status,
        200
    );
    app.deliver().await;
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, synced");
    assert_eq!(app.posted(&paid).await.len(), 1);
}

fn deposited(order_number: &str, bank_order_id: &str) -> String {
    sber_callback(&[
        ("mdOrder", bank_order_id),
        ("orderNumber", order_number),
        ("operation", "deposited"),
        ("status", "1"),
    ])
}
