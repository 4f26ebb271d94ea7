//! Notifications of the banks: found, looked at raw, and processed again.

use serde_json::{Value, json};
use sverka_app::auth::Caller;
use sverka_app::ports::store::ActorKind;
use sverka_domain::ids::NotificationId;
use sverka_domain::role::Role;
use sverka_simulator::api::{BankSettings, Resend};
use sverka_tests::whole::{TestApp, attempt, sber_callback};

sverka_tests::on_both_engines! {
    notifications_are_found_by_what_is_known_of_them,
    notifications_are_read_page_by_page,
    a_notification_is_shown_as_it_came_and_as_it_is_read_now,
    what_was_rejected_for_a_wrong_secret_is_taken_in_once_that_is_mended,
    what_was_taken_in_changes_nothing_when_it_is_processed_again,
    a_forgery_that_is_processed_again_stays_one_and_the_bank_is_asked,
    a_list_takes_only_what_it_knows,
}

async fn listed(app: &TestApp, query: &str) -> Vec<Value> {
    let page = app
        .viewer()
        .get(&format!("/api/v1/notifications?{query}"))
        .await
        .ok();
    let items = page["items"].as_array().unwrap().clone();
    assert_eq!(page["total"], json!({ "value": items.len(), "relation": "eq" }));
    items
}

async fn process(app: &TestApp, notification: &Value) -> Value {
    let id = notification["id"].as_str().unwrap();
    let path = format!("/api/v1/notifications/{id}/process");
    app.operator().post(&path, &json!({})).await.ok()
}

async fn notifications_are_found_by_what_is_known_of_them(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    let second = app.given(attempt().at("sber", "second")).await;
    app.pays(&second).await;
    let club = app.given(attempt().at("payonline", "club")).await;
    app.pays(&club).await;
    let forged = Resend {
        forge: true,
        ..Resend::default()
    };
    app.bank_notifies(&paid, forged).await;
    app.poll().await;
    app.deliver().await;

    assert_eq!(listed(app, "").await.len(), 4);
    for number in [&paid.order_number, &paid.bank_order_id] {
        let found = listed(app, &format!("q={number}")).await;
        let verdicts: Vec<_> = found.iter().map(|one| one["verdict"].as_str().unwrap()).collect();
        assert_eq!(verdicts, ["rejected", "accepted"], "newest first");
        assert!(found.iter().all(|one| one["attempt_id"] == paid.id));
    }
    assert_eq!(listed(app, "q=%20A-0%20").await.len(), 0);
    assert_eq!(listed(app, "bank=payonline").await[0]["attempt_id"], club.id);
    assert_eq!(
        listed(app, "bank=sber&bank_account=second").await[0]["method"],
        "POST"
    );
    assert_eq!(listed(app, "bank=sber&bank=payonline").await.len(), 4);
    assert_eq!(listed(app, "verdict=rejected").await.len(), 1);
    assert_eq!(listed(app, "verdict=rejected&verdict=accepted").await.len(), 4);
    assert_eq!(listed(app, "verdict=orphan").await.len(), 0);
    let at = listed(app, "").await[1]["received_at"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(listed(app, &format!("received_from={at}")).await.len(), 2);
    assert_eq!(listed(app, &format!("received_to={at}")).await.len(), 2);
}

async fn notifications_are_read_page_by_page(app: &TestApp) {
    for n in 0..5 {
        let order = format!("X-{n}");
        let query = sber_callback(&[
            ("orderNumber", &order),
            ("operation", "deposited"),
            ("status", "1"),
        ]);
        app.nobody().get(&format!("/callbacks/sber/main?{query}")).await;
        app.advance(1);
    }
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/api/v1/notifications?limit=2{cursor}");
        let page = app.viewer().get(&path).await.ok();
        assert_eq!(page["total"]["value"], 5);
        for item in page["items"].as_array().unwrap() {
            seen.push(item["order_number"].as_str().unwrap().to_owned());
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, ["X-4", "X-3", "X-2", "X-1", "X-0"]);
}

async fn a_notification_is_shown_as_it_came_and_as_it_is_read_now(app: &TestApp) {
    let query = sber_callback(&[
        ("mdOrder", "md-1"),
        ("orderNumber", "X-1"),
        ("operation", "deposited"),
        ("status", "1"),
        ("amount", "450000"),
        ("depositedAmount", "450000"),
    ]);
    app.nobody().get(&format!("/callbacks/sber/main?{query}")).await;
    let id = listed(app, "q=md-1").await[0]["id"].as_str().unwrap().to_owned();
    let shown = app
        .viewer()
        .get(&format!("/api/v1/notifications/{id}"))
        .await
        .ok();
    assert_eq!(shown["query"], query);
    assert_eq!(shown["body"], "");
    assert_eq!(shown["verdict"], "orphan");
    assert_eq!(
        shown["reading"],
        json!({
            "genuineness": "genuine",
            "says": "fact",
            "bank_status": "paid",
            "amount": { "amount": 450_000, "currency": "RUB" },
        })
    );
    let missing = "/api/v1/notifications/0198f000-0000-7000-8000-000000000000";
    app.viewer().get(missing).await.problem(404, "not_found");
    let process = format!("{missing}/process");
    app.operator()
        .post(&process, &json!({}))
        .await
        .problem(404, "not_found");
    app.viewer()
        .get("/api/v1/notifications/7")
        .await
        .problem(400, "invalid_id");
}

async fn what_was_rejected_for_a_wrong_secret_is_taken_in_once_that_is_mended(app: &TestApp) {
    let mended = BankSettings {
        callback_secret: Some("the bank's new secret".to_owned()),
        ..BankSettings::default()
    };
    app.control.set_bank("sber", "main", &mended).await.unwrap();
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    let rejected = listed(app, "").await.remove(0);
    assert_eq!(rejected["verdict"], "rejected");
    assert_eq!(
        process(app, &rejected).await["changed"],
        false,
        "the secret is still the old one"
    );

    let later = app.with_callback_secret("the bank's new secret");
    let somebody = Caller {
        kind: ActorKind::User,
        id: "7".to_owned(),
        email: None,
        name: "Пётр".to_owned(),
        role: Role::Operator,
    };
    let id: NotificationId = rejected["id"].as_str().unwrap().parse().unwrap();
    let done = later.process_again(id, &somebody).await.unwrap();
    assert!(done.changed && done.attempt_id.is_some());
    let seen = app.viewer().see(&paid).await;
    assert_eq!(seen.standing(), "paid, queued");
    assert!(!seen.is("lost_callback"));
    let story = app.viewer().story(&paid).await;
    assert_eq!(
        story[story.len() - 3..],
        ["callback_reprocessed", "callback_accepted", "delivery_queued"]
    );
    // The old secret does not undo it.
    let done = app.sverka.process_again(id, &somebody).await.unwrap();
    assert!(!done.changed);
    assert_eq!(listed(app, "").await[0]["verdict"], "accepted");
    app.deliver().await;
    assert_eq!(app.posted(&paid).await.len(), 1);
}

async fn what_was_taken_in_changes_nothing_when_it_is_processed_again(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.deliver().await;
    let before = app.viewer().see(&paid).await;
    let taken = listed(app, "").await.remove(0);
    for _ in 0..2 {
        let done = process(app, &taken).await;
        assert_eq!(done["changed"], false);
        for (field, value) in taken.as_object().unwrap() {
            assert_eq!(&done["notification"][field], value, "{field}");
        }
        assert_eq!(done["notification"]["reading"]["genuineness"], "genuine");
        assert_eq!(done["attempt_id"], paid.id);
    }
    let after = app.viewer().see(&paid).await;
    assert_eq!(
        after.version(),
        before.version(),
        "no form that is open becomes stale"
    );
    assert_eq!(app.posted(&paid).await.len(), 1);
    let timeline = app.viewer().timeline(&paid).await;
    let last = timeline.last().unwrap();
    assert_eq!(last["kind"], "callback_reprocessed");
    assert_eq!(last["actor"]["name"], "The operator");
    assert_eq!(last["notification"]["id"], taken["id"]);
    let accepted = timeline
        .iter()
        .filter(|entry| entry["kind"] == "callback_accepted");
    assert_eq!(accepted.count(), 1);
}

async fn a_forgery_that_is_processed_again_stays_one_and_the_bank_is_asked(app: &TestApp) {
    let target = app.given(attempt()).await;
    let forged = Resend {
        forge: true,
        ..Resend::default()
    };
    app.bank_notifies(&target, forged).await;
    assert_eq!(app.poll().await, 1);
    app.advance(20);
    let kept = listed(app, "verdict=rejected").await.remove(0);
    let done = process(app, &kept).await;
    assert_eq!(done["notification"]["verdict"], "rejected");
    assert_eq!(app.poll().await, 1, "the bank is asked again");
    assert_eq!(app.viewer().see(&target).await.standing(), "created, not_due");
}

async fn a_list_takes_only_what_it_knows(app: &TestApp) {
    let long = "x".repeat(201);
    for query in [
        "limit=0",
        "limit=201",
        "verdict=good",
        "colour=red",
        "received_from=yesterday",
        &format!("q={long}"),
    ] {
        let refused = app.viewer().get(&format!("/api/v1/notifications?{query}")).await;
        refused.problem(400, "invalid_query");
    }
    let refused = app.viewer().get("/api/v1/notifications?cursor=abc").await;
    refused.problem(400, "invalid_cursor");
    assert_eq!(
        listed(
            app,
            "received_from=0001-01-01T00:00:00Z&received_to=9999-12-30T00:00:00Z"
        )
        .await
        .len(),
        0
    );
}
