//! The connections: how they stand, what waits at them, the brake, and the self-test.

use serde_json::{Value, json};
use sverka_domain::role::Role;
use sverka_simulator::api::AccountingMode;
use sverka_tests::whole::{Given, TestApp, attempt};

sverka_tests::on_both_engines! {
    a_connection_tells_how_it_stands_and_what_waits_at_it,
    a_paused_connection_sends_nothing_until_it_is_resumed,
    resuming_ends_a_stop_and_a_back_off_at_once,
    only_who_answers_for_the_day_pauses_and_resumes,
    a_self_test_is_kept_with_its_connection,
    what_waits_is_listed_oldest_first_page_by_page,
    an_unknown_connection_is_not_found,
}

const CRM: &str = "/api/v1/connections/crm";

async fn crm(app: &TestApp) -> Value {
    app.viewer().get(CRM).await.ok()
}

async fn paid(app: &TestApp) -> Given {
    let given = app.given(attempt()).await;
    app.pays(&given).await;
    given
}

async fn a_connection_tells_how_it_stands_and_what_waits_at_it(app: &TestApp) {
    let unused = crm(app).await;
    assert_eq!(unused["state"], "unused");
    assert_eq!(unused["kind"], "webhook");
    assert_eq!(unused["title"], json!({"ru": "Вебхук", "en": "Webhook"}));
    assert_eq!(unused["class"], "key_enforced");
    assert_eq!(
        unused["backlog"],
        json!({"waiting": 0, "oldest_at": null, "amount": [], "held": 0, "refused": 0})
    );
    paid(app).await;
    app.deliver().await;
    assert_eq!(crm(app).await["state"], "working");

    app.accounting_answers(AccountingMode::Busy503).await;
    paid(app).await;
    app.deliver().await;
    paid(app).await;
    let failing = crm(app).await;
    assert_eq!(failing["state"], "failing");
    assert!(failing["failing_since"].is_string() && failing["next_try_at"].is_string());
    assert_eq!(failing["last_error"], "busy");
    assert_eq!(failing["backlog"]["waiting"], 2);
    assert_eq!(
        failing["backlog"]["amount"],
        json!([{"amount": 900_000, "currency": "RUB"}])
    );
    assert!(failing["backlog"]["oldest_at"].is_string());
    let all = app.viewer().get("/api/v1/connections").await.ok();
    assert_eq!(all["items"], json!([failing]));

    app.accounting_answers(AccountingMode::Reject422).await;
    app.advance(60);
    app.deliver().await;
    let refused = crm(app).await;
    assert_eq!(refused["state"], "working", "it answers");
    assert_eq!(refused["backlog"]["waiting"], 0);
    assert_eq!(refused["backlog"]["refused"], 2);
}

async fn a_paused_connection_sends_nothing_until_it_is_resumed(app: &TestApp) {
    let given = paid(app).await;
    let pause = json!({"reason": " Closing the month "});
    let seen = app.supervisor().post(&format!("{CRM}/pause"), &pause).await.ok();
    assert_eq!(seen["state"], "paused");
    assert_eq!(seen["paused"]["by"], "The supervisor");
    assert_eq!(seen["paused"]["reason"], "Closing the month");
    assert!(seen["paused"]["since"].is_string());
    let again = app.supervisor().post(&format!("{CRM}/pause"), &pause).await;
    again.problem(409, "connection_paused");
    assert_eq!(app.deliver().await, 0, "nothing goes while it is paused");
    app.advance(60);
    assert_eq!(app.deliver().await, 0);

    let seen = resume(app).await.ok();
    assert_eq!(
        (&seen["state"], &seen["paused"]),
        (&"unused".into(), &Value::Null)
    );
    assert_eq!(app.deliver().await, 1);
    assert_eq!(app.viewer().see(&given).await.standing(), "paid, synced");
    resume(app).await.problem(409, "connection_not_paused");
}

async fn resume(app: &TestApp) -> sverka_tests::whole::Answer {
    let path = format!("{CRM}/resume");
    app.supervisor()
        .request(reqwest::Method::POST, &path)
        .send()
        .await
}

async fn resuming_ends_a_stop_and_a_back_off_at_once(app: &TestApp) {
    paid(app).await;
    app.accounting_answers(AccountingMode::Busy503).await;
    app.deliver().await;
    assert_eq!(app.deliver().await, 0, "it is left alone");
    app.accounting_answers(AccountingMode::Ok).await;
    let seen = resume(app).await.ok();
    assert_eq!(seen["state"], "failing", "it has not answered yet");
    assert!(seen["next_try_at"].is_null());
    assert_eq!(app.deliver().await, 1);
    assert_eq!(crm(app).await["state"], "working");

    paid(app).await;
    app.accounting_answers(AccountingMode::Gone410).await;
    app.deliver().await;
    let stopped = crm(app).await;
    assert_eq!(stopped["state"], "stopped", "{stopped}");
    app.accounting_answers(AccountingMode::Ok).await;
    resume(app).await.ok();
    assert_eq!(app.deliver().await, 1);
    assert_eq!(crm(app).await["state"], "working");
}

async fn only_who_answers_for_the_day_pauses_and_resumes(app: &TestApp) {
    let pause = json!({"reason": "Closing the month"});
    for role in [Role::Viewer, Role::Operator, Role::Integrator] {
        let refused = app.somebody(role).post(&format!("{CRM}/pause"), &pause).await;
        refused.problem(403, "forbidden");
    }
    let short = app
        .admin()
        .post(&format!("{CRM}/pause"), &json!({"reason": " a "}))
        .await;
    short.problem(422, "validation_failed");
    assert_eq!(short.faults(), ["reason"]);
    app.admin().post(&format!("{CRM}/pause"), &pause).await.ok();
    resume(app).await.ok();
}

async fn a_self_test_is_kept_with_its_connection(app: &TestApp) {
    paid(app).await;
    app.deliver().await;
    assert!(crm(app).await["self_test"].is_null());
    let path = format!("{CRM}/self-test");
    let test = app
        .operator()
        .request(reqwest::Method::POST, &path)
        .send()
        .await
        .ok();
    assert!(test["at"].is_string() && test["passed"].is_boolean(), "{test}");
    assert_eq!(crm(app).await["self_test"], test);
    assert_eq!(crm(app).await["state"], "working", "a test is no delivery");
}

async fn what_waits_is_listed_oldest_first_page_by_page(app: &TestApp) {
    let mut given = Vec::new();
    for _ in 0..3 {
        given.push(paid(app).await);
        app.advance(1);
    }
    let list = |query: String| async move {
        let path = format!("{CRM}/deliveries?{query}");
        app.viewer().get(&path).await.ok()
    };
    let first = list("state=waiting&limit=2".to_owned()).await;
    let ids = |page: &Value| -> Vec<String> {
        let rows = page["items"].as_array().unwrap().iter();
        rows.map(|row| row["attempt"]["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(&first), [given[0].id.clone(), given[1].id.clone()]);
    assert_eq!(first["total"], json!({"value": 3, "relation": "eq"}));
    let row = &first["items"][0];
    assert_eq!(
        (&row["state"], &row["kind"], &row["tries"]),
        (&"queued".into(), &"payment".into(), &0.into())
    );
    assert!(row["since"].is_string() && row["next_try_at"].is_string());
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = list(format!("limit=2&cursor={cursor}")).await;
    assert_eq!(ids(&second), [given[2].id.clone()]);
    assert!(second["next_cursor"].is_null());

    app.accounting_answers(AccountingMode::Reject422).await;
    app.deliver().await;
    assert_eq!(list("state=waiting".to_owned()).await["items"], json!([]));
    let refused = list("state=refused".to_owned()).await;
    assert_eq!(ids(&refused).len(), 3);
    assert!(refused["items"][0]["next_try_at"].is_null());
    assert!(refused["items"][0]["last_error"].is_string());
    assert_eq!(list("state=held".to_owned()).await["items"], json!([]));
    let wrong = app.viewer().get(&format!("{CRM}/deliveries?state=lost")).await;
    wrong.problem(400, "invalid_query");
    let made_up = app.viewer().get(&format!("{CRM}/deliveries?cursor=abc")).await;
    made_up.problem(400, "invalid_cursor");
}

async fn an_unknown_connection_is_not_found(app: &TestApp) {
    for path in ["", "/deliveries"] {
        let answer = app
            .viewer()
            .get(&format!("/api/v1/connections/nowhere{path}"))
            .await;
        answer.problem(404, "not_found");
    }
    let pause = json!({"reason": "Closing the month"});
    let nowhere = "/api/v1/connections/nowhere/pause";
    app.admin().post(nowhere, &pause).await.problem(404, "not_found");
    for action in ["resume", "self-test"] {
        let path = format!("/api/v1/connections/nowhere/{action}");
        let answer = app.admin().request(reqwest::Method::POST, &path).send().await;
        answer.problem(404, "not_found");
    }
}
