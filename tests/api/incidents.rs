//! Callbacks that are switched off become an incident, and it ends when they come back.

use futures_util::future::join_all;
use serde_json::Value;
use sverka_tests::whole::{Given, TestApp, attempt};

sverka_tests::on_both_engines! {
    an_account_whose_notifications_stay_away_has_one_incident_until_they_are_back,
    everything_that_an_incident_left_open_is_asked_about_at_once,
    an_account_whose_notifications_come_has_none,
    of_many_that_watch_one_opens,
    a_bank_that_cannot_send_again_says_so,
    the_letter_to_the_bank_has_numbers_and_no_clients,
    what_is_not_there_is_not_found,
}

/// Enough in a row for an account that nothing is known of.
const MANY: usize = 7;
/// Longer than a notification is waited for.
const LATER: i64 = 200;

async fn paid_in_silence(app: &TestApp, count: usize) -> Vec<Given> {
    let mut all = Vec::new();
    for _ in 0..count {
        let paid = app.given(attempt()).await;
        app.pays_in_silence(&paid).await;
        all.push(paid);
    }
    all
}

/// Notifications are switched off for so many payments, and the poller finds them.
async fn silence(app: &TestApp) -> Vec<Given> {
    let all = paid_in_silence(app, MANY).await;
    app.advance(LATER);
    app.poll().await;
    app.sverka.watch_callbacks().await.unwrap();
    all
}

async fn incidents(app: &TestApp, query: &str) -> Vec<Value> {
    let page = app.viewer().get(&format!("/api/v1/incidents{query}")).await.ok();
    let items = page["items"].as_array().unwrap().clone();
    assert_eq!(page["total"]["value"], items.len());
    items
}

fn path(incident: &Value, operation: &str) -> String {
    format!(
        "/api/v1/incidents/{}{operation}",
        incident["id"].as_str().unwrap()
    )
}

fn counts(incident: &Value) -> [u64; 4] {
    ["paid", "heard", "healed", "waiting"].map(|name| incident["counts"][name].as_u64().unwrap())
}

async fn an_account_whose_notifications_stay_away_has_one_incident_until_they_are_back(app: &TestApp) {
    let lost = silence(app).await;
    let [incident] = &incidents(app, "?state=open&bank=sber&bank_account=main").await[..] else {
        panic!("one open incident")
    };
    assert_eq!(
        (&incident["kind"], &incident["state"]),
        (&"silent".into(), &"open".into())
    );
    assert_eq!(
        (&incident["bank"], &incident["bank_account"]),
        (&"sber".into(), &"main".into())
    );
    assert_eq!(counts(incident), [7, 0, 7, 0]);
    assert!(incident["since"].as_str().unwrap() < incident["opened_at"].as_str().unwrap());
    assert!(incident["evidence"]["probability"].as_f64().unwrap() <= 1e-7);
    assert_eq!(incident["last_notification_at"], Value::Null);

    let accounts = app.viewer().get("/api/v1/bank-accounts").await.ok();
    let of_accounts = accounts["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|account| &account["incident"]["id"]);
    let of_accounts: Vec<_> = of_accounts.filter(|id| id.is_string()).collect();
    assert_eq!(
        of_accounts,
        [&incident["id"]],
        "the list of accounts shows it too"
    );

    app.sverka.watch_callbacks().await.unwrap();
    assert_eq!(incidents(app, "").await.len(), 1, "one look more opens no other");
    let listed = app
        .viewer()
        .get(&path(incident, "/payment-attempts?limit=5"))
        .await
        .ok();
    assert_eq!(listed["items"].as_array().unwrap().len(), 5);
    assert_eq!(listed["items"][0]["id"], lost[MANY - 1].id, "the newest first");
    assert_eq!(listed["total"]["value"], MANY);
    let cursor = listed["next_cursor"].as_str().unwrap();
    let rest = app
        .viewer()
        .get(&path(incident, &format!("/payment-attempts?cursor={cursor}")))
        .await
        .ok();
    assert_eq!(rest["items"].as_array().unwrap().len(), 2);

    for _ in 0..3 {
        let paid = app.given(attempt()).await;
        app.pays(&paid).await;
    }
    app.sverka.watch_callbacks().await.unwrap();
    assert_eq!(
        incidents(app, "?state=open").await.len(),
        1,
        "three may be an accident"
    );
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.sverka.watch_callbacks().await.unwrap();
    assert_eq!(incidents(app, "?state=open").await.len(), 0);
    let [closed] = &incidents(app, "?state=closed").await[..] else {
        panic!("one closed incident")
    };
    assert_eq!(closed["id"], incident["id"]);
    assert_eq!(counts(closed), [11, 4, 7, 0]);
    assert!(closed["closed_at"].is_string() && closed["last_notification_at"].is_string());
    app.deliver().await;
}

async fn everything_that_an_incident_left_open_is_asked_about_at_once(app: &TestApp) {
    let slow = app.given(attempt()).await;
    let gave_up = app.given(attempt()).await;
    silence(app).await;
    // The bank said of both that nobody paid yet; one is paid now, and no notification tells of it.
    app.pays_in_silence(&slow).await;
    let [incident] = &incidents(app, "").await[..] else {
        panic!("one incident")
    };
    let open = app.viewer().get(&path(incident, "")).await.ok();
    assert_eq!(counts(&open), [7, 0, 7, 2]);
    assert_eq!(app.poll().await, 0, "nothing is due");
    let queued = app
        .operator()
        .post(&path(incident, "/bank-query"), &Value::Null)
        .await;
    assert_eq!(queued.status, 202);
    assert_eq!(queued.ok()["queued"], 2);
    assert_eq!(app.poll().await, 2);
    assert_eq!(app.viewer().see(&slow).await.standing(), "paid, queued");
    assert!(app.viewer().see(&slow).await.is("lost_callback"));
    assert_eq!(app.viewer().see(&gave_up).await.standing(), "created, not_due");
    let healed = app.viewer().get(&path(incident, "")).await.ok();
    assert_eq!(counts(&healed), [8, 0, 8, 1]);
    app.deliver().await;
}

async fn an_account_whose_notifications_come_has_none(app: &TestApp) {
    for nth in 0..12 {
        let paid = app.given(attempt()).await;
        if nth % 6 == 0 {
            app.pays_in_silence(&paid).await;
        } else {
            app.pays(&paid).await;
        }
    }
    app.advance(LATER);
    app.poll().await;
    app.sverka.watch_callbacks().await.unwrap();
    // A quiet day.
    app.advance(24 * 3600);
    app.sverka.watch_callbacks().await.unwrap();
    assert_eq!(incidents(app, "").await.len(), 0);
    app.leave_deliveries_open();
}

async fn of_many_that_watch_one_opens(app: &TestApp) {
    paid_in_silence(app, MANY).await;
    app.advance(LATER);
    app.poll().await;
    let looks = join_all((0..4).map(|_| app.sverka.watch_callbacks())).await;
    let opened: usize = looks
        .into_iter()
        .map(|look| {
            look.unwrap()
                .iter()
                .filter(|watched| watched.event.is_some())
                .count()
        })
        .sum();
    assert_eq!(opened, 1);
    assert_eq!(incidents(app, "").await.len(), 1);
    app.deliver().await;
}

async fn a_bank_that_cannot_send_again_says_so(app: &TestApp) {
    silence(app).await;
    let incident = incidents(app, "").await.remove(0);
    assert_eq!(incident["can_resend"], false);
    let refused = app
        .operator()
        .post(&path(&incident, "/resend"), &Value::Null)
        .await;
    refused.problem(409, "resend_not_supported");
    app.deliver().await;
}

async fn the_letter_to_the_bank_has_numbers_and_no_clients(app: &TestApp) {
    let lost = silence(app).await;
    let incident = incidents(app, "").await.remove(0);
    assert!(incident.get("support_text").is_none(), "it is not in the list");
    let details = app.viewer().get(&path(&incident, "")).await.ok();
    for language in ["ru", "en"] {
        let letter = details["support_text"][language].as_str().unwrap();
        for paid in &lost {
            assert!(
                letter.contains(&paid.order_number) && letter.contains(&paid.bank_order_id),
                "{letter}"
            );
        }
        for part in [
            "4500.00 RUB",
            "https://pay.example.ru/callbacks/sber/main",
            "(UTC+03)",
            ": 7\n",
        ] {
            assert!(letter.contains(part), "{part} is not in {letter}");
        }
        for secret in ["Иванова", "Мария", "9161234567"] {
            assert!(!letter.contains(secret), "{letter}");
        }
    }
    app.deliver().await;
}

async fn what_is_not_there_is_not_found(app: &TestApp) {
    let nowhere = "/api/v1/incidents/0190a1b2-0000-7000-8000-000000000001";
    app.viewer().get(nowhere).await.problem(404, "not_found");
    app.viewer()
        .get("/api/v1/incidents/one")
        .await
        .problem(400, "invalid_id");
    app.viewer()
        .get("/api/v1/incidents?state=gone")
        .await
        .problem(400, "invalid_query");
    app.viewer()
        .get("/api/v1/incidents?cursor=abc")
        .await
        .problem(400, "invalid_cursor");
    for operation in ["bank-query", "resend"] {
        let path = format!("{nowhere}/{operation}");
        app.operator()
            .post(&path, &Value::Null)
            .await
            .problem(404, "not_found");
    }
}
