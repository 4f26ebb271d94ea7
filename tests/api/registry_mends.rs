//! What a person does about the lines of a registry, and registries that are pulled from the bank.

use serde_json::{Value, json};
use sverka_simulator::api::{RegistryWish, ServiceMode, Verb};
use sverka_tests::whole::{TestApp, attempt};

use crate::registry_common::{UPLOAD, confirmed, counts, file, lines, made, mend, plain, upload};

sverka_tests::on_both_engines! {
    money_without_an_attempt_is_recorded_by_a_mend,
    a_line_that_differs_is_compared_again_when_the_bank_is_asked,
    a_mend_that_is_of_no_use_is_refused,
    a_list_is_pulled_from_the_bank_or_refused,
    lines_come_page_by_page,
}

async fn money_without_an_attempt_is_recorded_by_a_mend(app: &TestApp) {
    let stranger = attempt().with("order_number", "LOST-1").unrecorded();
    let registry = upload(app, UPLOAD, file(&[plain("payment", &stranger, "4500.00")]))
        .await
        .ok();
    assert_eq!(counts(&registry), [0, 0, 0, 1, 0, 0]);
    let line = &lines(app, &registry, "no_attempt").await[0];
    assert_eq!(line["mends"], json!(["record_attempt"]));
    let body = json!({ "line": line["number"], "action": "record_attempt", "payment_type": "membership",
        "client_name": "Петров Пётр" });
    let mended = mend(app, &registry, &body).await.ok();
    assert_eq!(
        (&mended["result"], &mended["mends"]),
        (&json!("healed"), &json!([])),
        "{mended}"
    );
    let found = &app.viewer().search("q=LOST-1").await[0];
    assert_eq!(
        (&found["bank_status"], &found["client"]["name"]),
        (&json!("paid"), &json!("Петров Пётр"))
    );
    assert_eq!(found["id"], mended["attempt_id"]);
    let id = registry["id"].as_str().unwrap();
    let registry = app.viewer().get(&format!("/api/v1/registries/{id}")).await.ok();
    assert_eq!(counts(&registry), [0, 1, 0, 0, 0, 0]);
    mend(app, &registry, &body)
        .await
        .problem(409, "mend_not_possible");
    app.deliver().await;
}

async fn a_line_that_differs_is_compared_again_when_the_bank_is_asked(app: &TestApp) {
    let paid = &confirmed(app, 1).await[0];
    let registry = upload(app, UPLOAD, file(&[plain("refund", paid, "4500.00")]))
        .await
        .ok();
    assert_eq!(
        counts(&registry),
        [0, 0, 1, 0, 0, 0],
        "the bank answered since that nothing went back"
    );
    let line = &lines(app, &registry, "differs").await[0];
    let problem = json!({ "code": "status_differs", "expected": "paid", "found": "refunded" });
    assert_eq!(line["problem"], problem);
    let body = json!({ "line": line["number"], "action": "ask_bank" });
    let same = mend(app, &registry, &body).await.ok();
    assert_eq!(same["result"], "differs");
    let back = sverka_simulator::api::Move {
        amount: Some(450_000),
        ..sverka_simulator::api::Move::silent()
    };
    app.bank_does(paid, Verb::Refund, back).await;
    app.advance(11);
    let mended = mend(app, &registry, &body).await.ok();
    assert_eq!(
        (&mended["result"], &mended["problem"]),
        (&json!("matched"), &Value::Null)
    );
    app.deliver().await;
    app.bank_answers("sber", "main", ServiceMode::Error500).await;
    let other = upload(app, UPLOAD, file(&[plain("payment", paid, "1.00")]))
        .await
        .ok();
    let body = json!({ "line": 2, "action": "ask_bank" });
    mend(app, &other, &body).await.problem(502, "bank_unavailable");
}

async fn a_mend_that_is_of_no_use_is_refused(app: &TestApp) {
    let paid = &confirmed(app, 1).await[0];
    let registry = upload(app, UPLOAD, file(&[plain("payment", paid, "4500.00")]))
        .await
        .ok();
    let body = |line: u64, action: &str| json!({ "line": line, "action": action });
    mend(app, &registry, &body(2, "ask_bank"))
        .await
        .problem(409, "mend_not_possible");
    mend(app, &registry, &body(99, "ask_bank"))
        .await
        .problem(404, "not_found");
    mend(app, &registry, &json!({ "action": "ask_bank" }))
        .await
        .problem(422, "validation_failed");
    let nowhere = json!({ "id": uuid::Uuid::nil().to_string() });
    mend(app, &nowhere, &body(2, "ask_bank"))
        .await
        .problem(404, "not_found");
}

async fn a_list_is_pulled_from_the_bank_or_refused(app: &TestApp) {
    let silent = app.given(attempt()).await;
    app.pays_in_silence(&silent).await;
    let body =
        |from: &str, to: &str| json!({ "bank": "sber", "bank_account": "main", "from": from, "to": to });
    let now = app.sverka.now();
    let (from, to) = (
        now - jiff::SignedDuration::from_hours(1),
        now + jiff::SignedDuration::from_hours(1),
    );
    let period = body(&from.to_string(), &to.to_string());
    let pulled = app.operator().post("/api/v1/registries/pull", &period).await;
    if pulled.status == 409 {
        pulled.problem(409, "list_not_supported");
    } else {
        let registry = pulled.ok();
        assert_eq!(
            (&registry["source"], &registry["counts"]["healed"]),
            (&json!("bank"), &json!(1)),
            "{registry}"
        );
        assert_eq!(app.viewer().see(&silent).await.standing(), "paid, queued");
        let wrong = body(&to.to_string(), &from.to_string());
        app.operator()
            .post("/api/v1/registries/pull", &wrong)
            .await
            .problem(422, "validation_failed");
        app.bank_answers("sber", "main", ServiceMode::Error500).await;
        app.operator()
            .post("/api/v1/registries/pull", &period)
            .await
            .problem(502, "bank_unavailable");
        assert_eq!(
            app.viewer().get("/api/v1/registries").await.ok()["total"]["value"],
            1
        );
    }
    app.deliver().await;
}

async fn lines_come_page_by_page(app: &TestApp) {
    let wish = RegistryWish {
        invented: Some(5),
        day: 1_795_000_000,
        ..RegistryWish::default()
    };
    let (_, bytes) = made(app, &wish).await;
    let registry = upload(app, UPLOAD, bytes).await.ok();
    let id = registry["id"].as_str().unwrap();
    let (mut numbers, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = app
            .viewer()
            .get(&format!("/api/v1/registries/{id}/lines?limit=2{cursor}"))
            .await
            .ok();
        assert_eq!(page["total"], json!({ "value": 5, "relation": "eq" }));
        numbers.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|line| line["number"].as_u64().unwrap()),
        );
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(numbers, [2, 3, 4, 5, 6]);
    let bad = app
        .viewer()
        .get(&format!("/api/v1/registries/{id}/lines?cursor=AAAA"))
        .await;
    bad.problem(400, "invalid_cursor");
}
