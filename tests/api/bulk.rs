//! Actions on many payments at once, over HTTP.

use reqwest::Method;
use serde_json::{Value, json};
use sverka_app::bulk::Silence;
use sverka_simulator::api::AccountingMode;
use sverka_tests::whole::{Given, TestApp, attempt};

sverka_tests::on_both_engines! {
    many_are_passed_on_by_their_ids,
    a_rehearsal_tells_what_would_happen_and_is_run_for_real,
    many_are_chosen_by_the_filter_of_the_search,
    the_banks_are_asked_about_many,
    too_many_and_unknown_ones_are_refused,
    a_run_is_stopped_once,
    the_workers_go_through_it_by_themselves,
}

const RESYNC: &str = "/api/v1/payment-attempts/bulk/resync";

/// Refused by the accounting system, which takes everything now.
async fn refused(app: &TestApp, count: usize) -> Vec<Given> {
    let mut given = Vec::new();
    for _ in 0..count {
        let paid = app.given(attempt()).await;
        app.pays(&paid).await;
        given.push(paid);
    }
    app.accounting_answers(AccountingMode::Reject422).await;
    app.deliver().await;
    app.accounting_answers(AccountingMode::Ok).await;
    given
}

fn ids(given: &[Given]) -> Vec<String> {
    given.iter().map(|given| given.id.clone()).collect()
}

async fn go_through(app: &TestApp) {
    while let Some(work) = app.sverka.claim_bulk_work(50).await.unwrap() {
        let silence = Silence::default();
        for row in &work.rows {
            app.sverka.do_bulk_row(&work.run, *row, &silence).await.unwrap();
        }
        app.sverka.release_bulk_work(work.run.id).await.unwrap();
    }
}

async fn run(app: &TestApp, id: &Value) -> Value {
    let path = format!("/api/v1/bulk-runs/{}", id.as_str().unwrap());
    app.viewer().get(&path).await.ok()
}

async fn rows(app: &TestApp, id: &Value, query: &str) -> Value {
    let path = format!("/api/v1/bulk-runs/{}/rows?{query}", id.as_str().unwrap());
    app.viewer().get(&path).await.ok()
}

async fn act(app: &TestApp, id: &Value, action: &str) -> sverka_tests::whole::Answer {
    let path = format!("/api/v1/bulk-runs/{}/{action}", id.as_str().unwrap());
    app.operator().request(Method::POST, &path).send().await
}

async fn many_are_passed_on_by_their_ids(app: &TestApp) {
    let given = refused(app, 3).await;
    let unpaid = app.given(attempt()).await;
    let mut chosen = ids(&given);
    chosen.push(unpaid.id.clone());
    let answer = app.operator().post(RESYNC, &json!({"ids": chosen})).await;
    assert_eq!(answer.status, 202);
    let begun = answer.ok();
    assert_eq!(
        (&begun["action"], &begun["state"], &begun["rehearsal"]),
        (&"resync".into(), &"running".into(), &false.into())
    );
    assert_eq!((&begun["total"], &begun["done"]), (&4.into(), &0.into()));
    assert_eq!(begun["created_by"], "The operator");
    assert_eq!(begun["counts"], json!({}));
    go_through(app).await;
    let done = run(app, &begun["id"]).await;
    assert_eq!(done["state"], "done");
    assert!(done["finished_at"].is_string());
    assert_eq!(done["counts"], json!({"queued": 3, "not_paid": 1}));
    app.deliver().await;
    for one in &given {
        assert_eq!(app.viewer().see(one).await.standing(), "paid, synced");
        let story = app.viewer().story(one).await;
        assert!(story.contains(&"resync_requested".to_owned()));
        assert_eq!(app.posted(one).await.len(), 1);
    }
    let first = rows(app, &begun["id"], "limit=3").await;
    assert_eq!(first["total"], json!({"value": 4, "relation": "eq"}));
    let row = &first["items"][0];
    assert_eq!(row["attempt_id"], given[0].id);
    assert_eq!(row["outcome"], "queued");
    assert!(row["order_number"].is_string() && row["client_name"].is_string());
    assert_eq!(row["amount"]["currency"], "RUB");
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = rows(app, &begun["id"], &format!("limit=3&cursor={cursor}")).await;
    assert_eq!(rest["items"][0]["attempt_id"], unpaid.id);
    assert!(rest["next_cursor"].is_null());
    let some = rows(app, &begun["id"], "outcome=not_paid").await;
    assert_eq!(some["items"].as_array().unwrap().len(), 1);
    assert_eq!(some["total"]["value"], 1);
    let all = app.viewer().get("/api/v1/bulk-runs?limit=1").await.ok();
    assert_eq!(all["items"], json!([done]));
}

async fn a_rehearsal_tells_what_would_happen_and_is_run_for_real(app: &TestApp) {
    let given = refused(app, 2).await;
    let body = json!({"ids": ids(&given), "rehearse": true});
    let rehearsed = app.operator().post(RESYNC, &body).await.ok();
    assert_eq!(rehearsed["rehearsal"], true);
    act(app, &rehearsed["id"], "start")
        .await
        .problem(409, "bulk_running");
    go_through(app).await;
    let counts = run(app, &rehearsed["id"]).await["counts"].clone();
    assert_eq!(counts, json!({"would_send": 2}));
    assert_eq!(app.deliver().await, 0, "nothing was queued by it");
    let answer = act(app, &rehearsed["id"], "start").await;
    assert_eq!(answer.status, 202);
    let real = answer.ok();
    assert_ne!(real["id"], rehearsed["id"]);
    assert_eq!((&real["rehearsal"], &real["total"]), (&false.into(), &2.into()));
    go_through(app).await;
    app.deliver().await;
    for one in &given {
        assert_eq!(app.viewer().see(one).await.standing(), "paid, synced");
    }
    act(app, &real["id"], "start")
        .await
        .problem(409, "not_a_rehearsal");
}

async fn many_are_chosen_by_the_filter_of_the_search(app: &TestApp) {
    let given = refused(app, 2).await;
    let filter = json!({"filter": {"crm_status": ["needs_attention"], "q": "Иванова"}});
    let begun = app.operator().post(RESYNC, &filter).await.ok();
    assert_eq!(begun["total"], 2);
    go_through(app).await;
    app.deliver().await;
    assert_eq!(app.viewer().see(&given[1]).await.standing(), "paid, synced");
    let nobody = json!({"filter": {"q": "Нетакого"}});
    let empty = app.operator().post(RESYNC, &nobody).await.ok();
    assert_eq!((&empty["total"], &empty["state"]), (&0.into(), &"done".into()));
    let wrong = json!({"filter": {"amount_from": -1, "q": "x".repeat(201)}});
    let answer = app.operator().post(RESYNC, &wrong).await;
    answer.problem(422, "validation_failed");
    assert_eq!(answer.faults(), ["filter.q", "filter.amount_from"]);
    let unknown = json!({"filter": {"colour": "red"}});
    let answer = app.operator().post(RESYNC, &unknown).await;
    answer.problem(422, "validation_failed");
}

async fn the_banks_are_asked_about_many(app: &TestApp) {
    let (paid, idle) = (app.given(attempt()).await, app.given(attempt()).await);
    app.pays_in_silence(&paid).await;
    let path = "/api/v1/payment-attempts/bulk/bank-query";
    let body = json!({"ids": [paid.id, idle.id]});
    let begun = app.operator().post(path, &body).await.ok();
    assert_eq!(begun["action"], "bank_query");
    go_through(app).await;
    let done = run(app, &begun["id"]).await;
    assert_eq!(done["counts"], json!({"changed": 1, "unchanged": 1}));
    app.deliver().await;
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, synced");
    let rehearsed = json!({"ids": [paid.id], "rehearse": true});
    let answer = app.operator().post(path, &rehearsed).await;
    answer.problem(422, "validation_failed");
}

async fn too_many_and_unknown_ones_are_refused(app: &TestApp) {
    let id = "0190a1b2-0000-7000-8000-000000000001";
    let unknown = app.operator().post(RESYNC, &json!({"ids": [id]})).await;
    unknown.problem(422, "validation_failed");
    assert_eq!(unknown.faults(), ["ids"]);
    let many = vec![id; 10_001];
    let answer = app.operator().post(RESYNC, &json!({"ids": many})).await;
    answer.problem(422, "bulk_too_large");
    for body in [json!({}), json!({"ids": [], "filter": {}})] {
        let answer = app.operator().post(RESYNC, &body).await;
        answer.problem(422, "validation_failed");
        assert_eq!(answer.faults(), ["ids"]);
    }
    let all = app.viewer().get("/api/v1/bulk-runs").await.ok();
    assert_eq!(all["items"], json!([]), "nothing is left of what was refused");
    for path in ["", "/rows"] {
        let path = format!("/api/v1/bulk-runs/{id}{path}");
        app.viewer().get(&path).await.problem(404, "not_found");
    }
}

async fn a_run_is_stopped_once(app: &TestApp) {
    let given = refused(app, 1).await;
    let body = json!({"ids": ids(&given)});
    let begun = app.operator().post(RESYNC, &body).await.ok();
    let stopped = act(app, &begun["id"], "stop").await.ok();
    assert_eq!(stopped["state"], "stopped");
    go_through(app).await;
    assert_eq!(run(app, &begun["id"]).await["done"], 0);
    act(app, &begun["id"], "stop").await.problem(409, "bulk_over");
}

async fn the_workers_go_through_it_by_themselves(app: &TestApp) {
    let engine = app.engine;
    let busy = TestApp::with_workers(engine).await;
    let given = refused_by_workers(&busy).await;
    let body = json!({"ids": ids(&given)});
    let begun = busy.operator().post(RESYNC, &body).await.ok();
    busy.eventually("the run is done and everything is there", async || {
        let is_done = run(&busy, &begun["id"]).await["state"] == "done";
        is_done && busy.viewer().see(&given[0]).await.standing() == "paid, synced"
    })
    .await;
    assert_eq!(busy.posted(&given[0]).await.len(), 1);
    busy.finish().await;
}

async fn refused_by_workers(app: &TestApp) -> Vec<Given> {
    app.accounting_answers(AccountingMode::Reject422).await;
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.eventually("it is refused", async || {
        app.viewer().see(&paid).await.standing() == "paid, needs_attention"
    })
    .await;
    app.accounting_answers(AccountingMode::Ok).await;
    vec![paid]
}
