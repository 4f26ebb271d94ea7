//! What a careless client sends, and what it is told: which field, and why.

use reqwest::Method;
use serde_json::{Value, json};
use sverka_tests::whole::{TestApp, attempt};

sverka_tests::on_both_engines! {
    a_wrong_parameter_is_named,
    a_made_up_cursor_is_refused,
    an_id_that_is_no_uuid_is_refused_and_an_unknown_one_not_found,
    a_wrong_field_of_a_body_is_named,
    every_wrong_field_is_named_at_once,
    a_body_that_is_not_json_is_refused,
    a_body_of_another_type_is_refused,
    a_body_over_256_kib_is_refused,
    a_character_that_no_database_keeps_does_no_harm,
    texts_that_look_like_code_are_kept_as_they_are,
}

const ATTEMPTS: &str = "/api/v1/payment-attempts";

async fn a_wrong_parameter_is_named(app: &TestApp) {
    let wrong = [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=many", "limit"),
        ("limit=-1", "limit"),
        ("created_from=yesterday", "created_from"),
        ("created_to=2026-02-30T00:00:00Z", "created_to"),
        ("created_from=2026-01-01", "created_from"),
        ("amount_from=-1", "amount_from"),
        ("amount_to=1.5", "amount_to"),
        ("bank_status=stolen", "bank_status"),
        ("bank_status=paid&bank_status=stolen", "bank_status"),
        ("crm_status=gone", "crm_status"),
        ("needs_attention=perhaps", "needs_attention"),
    ];
    for (query, field) in wrong {
        let refused = app.viewer().get(&format!("{ATTEMPTS}?{query}")).await;
        refused.problem(400, "invalid_query");
        assert_eq!(refused.faults(), [field], "{query}");
    }
    let unknown = app.viewer().get(&format!("{ATTEMPTS}?colour=red")).await;
    let problem = unknown.problem(400, "invalid_query");
    assert!(
        problem["detail"].as_str().unwrap().contains("colour"),
        "{problem}"
    );
    let long = format!("{ATTEMPTS}?q={}", "x".repeat(201));
    let refused = app.viewer().get(&long).await;
    refused.problem(400, "invalid_query");
    assert_eq!(refused.faults(), ["q"]);
}

async fn a_made_up_cursor_is_refused(app: &TestApp) {
    let given = app.given(attempt().unknown_to_bank()).await;
    for cursor in ["", "abc", "%00", "AAAA", "%D0%B9"] {
        for path in [ATTEMPTS.to_owned(), given.path("/events")] {
            let refused = app.viewer().get(&format!("{path}?cursor={cursor}")).await;
            assert_eq!(refused.status, 400, "{path} {cursor}");
            let problem: Value = serde_json::from_slice(&refused.bytes).unwrap();
            let code = problem["code"].as_str().unwrap();
            assert!(["invalid_cursor", "invalid_query"].contains(&code), "{problem}");
        }
    }
    let far = "f".repeat(32);
    let page = app.viewer().get(&format!("{ATTEMPTS}?cursor={far}")).await;
    assert!(page.status < 500, "{}", page.text());
}

async fn an_id_that_is_no_uuid_is_refused_and_an_unknown_one_not_found(app: &TestApp) {
    for operation in ["", "/events"] {
        let wrong = app.viewer().get(&format!("{ATTEMPTS}/7{operation}")).await;
        wrong.problem(400, "invalid_id");
        assert_eq!(wrong.faults(), ["id"]);
    }
    let unknown = format!("{ATTEMPTS}/00000000-0000-7000-8000-000000000000");
    app.viewer().get(&unknown).await.problem(404, "not_found");
    app.viewer()
        .get(&format!("{unknown}/events"))
        .await
        .problem(404, "not_found");
    let version = json!({ "expected_version": 1 });
    let resync = app.operator().post(&format!("{unknown}/resync"), &version).await;
    resync.problem(404, "not_found");
    let query = app
        .operator()
        .request(Method::POST, &format!("{unknown}/bank-query"));
    query.send().await.problem(404, "not_found");
}

async fn a_wrong_field_of_a_body_is_named(app: &TestApp) {
    let wrong = [
        ("order_number", json!("")),
        ("order_number", json!(" A-1")),
        ("order_number", json!("x".repeat(65))),
        ("order_number", json!("a\u{7}b")),
        ("order_number", json!(17)),
        ("payment_type", Value::Null),
        ("amount.amount", json!(0)),
        ("amount.amount", json!(-1)),
        ("amount.amount", json!(1.5)),
        ("amount.amount", json!("450000")),
        ("amount.amount", json!(i64::MAX)),
        ("amount.currency", json!("roubles")),
        ("client.name", json!("   ")),
        ("client.name", json!("я".repeat(201))),
        ("client.phone", json!("9".repeat(41))),
        ("description", json!("x".repeat(501))),
        ("bank_order_id", json!("")),
        ("metadata", json!({ "long": "x".repeat(17 * 1024) })),
        ("metadata", json!([1])),
        ("colour", json!("red")),
    ];
    for (field, value) in wrong {
        let mut body = attempt().body;
        let told = value.to_string().chars().take(40).collect::<String>();
        match field.split_once('.') {
            Some((outer, inner)) => body[outer][inner] = value,
            None => body[field] = value,
        }
        let refused = app.integrator().post(ATTEMPTS, &body).await;
        refused.problem(422, "validation_failed");
        let faults = refused.faults();
        assert!(
            faults.len() == 1 && faults[0].starts_with(field),
            "{field} = {told}: {faults:?}"
        );
    }
    let nowhere = attempt().with("bank_account", "nowhere").body;
    app.integrator()
        .post(ATTEMPTS, &nowhere)
        .await
        .problem(422, "unknown_bank_account");
    assert!(app.viewer().search("").await.is_empty());
}

async fn every_wrong_field_is_named_at_once(app: &TestApp) {
    let body = attempt().with("order_number", "").over(0).by("", "").body;
    let refused = app.integrator().post(ATTEMPTS, &body).await;
    refused.problem(422, "validation_failed");
    assert_eq!(refused.faults(), ["order_number", "client.name", "amount.amount"]);
}

async fn a_body_that_is_not_json_is_refused(app: &TestApp) {
    for body in ["", "{", "<a/>", "{\"order_number\": \"\u{fffd}", "nul"] {
        let request = app.integrator().request(Method::POST, ATTEMPTS);
        let refused = request.header("content-type", "application/json").body(body);
        refused.send().await.problem(400, "invalid_json");
    }
    let list = app.integrator().post(ATTEMPTS, &json!([])).await;
    list.problem(422, "validation_failed");
}

async fn a_body_of_another_type_is_refused(app: &TestApp) {
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ] {
        let request = app.integrator().request(Method::POST, ATTEMPTS);
        let refused = request.header("content-type", kind).body("{}");
        refused.send().await.problem(415, "unsupported_media_type");
    }
    let untyped = app.integrator().request(Method::POST, ATTEMPTS).body("{}");
    untyped.send().await.problem(415, "unsupported_media_type");
    let body = attempt().body.to_string();
    let request = app.integrator().request(Method::POST, ATTEMPTS);
    let with_charset = request.header("content-type", "application/json; charset=utf-8");
    assert_eq!(with_charset.body(body).send().await.status, 201);
}

async fn a_body_over_256_kib_is_refused(app: &TestApp) {
    let large = format!("{{\"order_number\": \"{}\"}}", "x".repeat(256 * 1024));
    let request = app.integrator().request(Method::POST, ATTEMPTS);
    let refused = request
        .header("content-type", "application/json")
        .body(large.clone());
    refused.send().await.problem(413, "payload_too_large");
    let callback = app.nobody().request(Method::POST, "/callbacks/sber/main");
    callback
        .body(large)
        .send()
        .await
        .problem(413, "payload_too_large");
}

async fn a_character_that_no_database_keeps_does_no_harm(app: &TestApp) {
    let given = attempt().by("Иванова\0Мария", "+79161234567");
    let metadata = given.with("metadata", json!({ "a\0b": "c\0" }));
    let given = app.given(metadata).await;
    let seen = app.viewer().see(&given).await;
    assert_eq!(seen.0["client"]["name"], "Иванова\u{fffd}Мария");
    assert_eq!(seen.0["metadata"], json!({ "a\u{fffd}b": "c\u{fffd}" }));
    // A number has to be found again as it is, so it is not mended.
    let number = attempt().with("order_number", "A\0-1").body;
    let refused = app.integrator().post(ATTEMPTS, &number).await;
    refused.problem(422, "validation_failed");
    assert_eq!(refused.faults(), ["order_number"]);
    assert!(app.viewer().search("q=a%00b").await.is_empty());
    // A bank cannot be told to mend its notifications: they are kept.
    let path = "/callbacks/sber/main?orderNumber=a%00b&operation=deposited";
    assert_eq!(app.nobody().get(path).await.status, 403);
    let body = app
        .nobody()
        .request(Method::POST, "/callbacks/sber/main")
        .body(vec![0_u8, 255, 38]);
    assert_eq!(body.send().await.status, 403);
}

async fn texts_that_look_like_code_are_kept_as_they_are(app: &TestApp) {
    let name = "Robert'); drop table payment_attempts; -- <script>alert(1)</script> {{7*7}} %s";
    let given = app
        .given(attempt().by(name, "+79160000000").unknown_to_bank())
        .await;
    let seen = app.viewer().see(&given).await;
    assert_eq!(seen.0["client"]["name"], name);
    assert_eq!(app.viewer().search("q=0000").await.len(), 1);
}
