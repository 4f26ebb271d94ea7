//! What everybody may see, and what every answer has.

use reqwest::Method;
use sverka_tests::whole::TestApp;

sverka_tests::on_both_engines! {
    it_lives_is_ready_and_can_be_measured,
    it_is_not_ready_without_its_database,
    every_answer_is_hardened,
    each_page_has_a_nonce_of_its_own,
    a_wrong_method_is_told_the_right_ones,
    an_unknown_path_of_a_program_is_no_page,
    the_contract_is_served,
    every_request_has_an_id_of_its_own,
}

async fn it_lives_is_ready_and_can_be_measured(app: &TestApp) {
    assert_eq!(app.nobody().get("/healthz").await.text(), "ok\n");
    assert_eq!(app.nobody().get("/readyz").await.text(), "ready\n");
    let metrics = app.nobody().get("/metrics").await;
    assert_eq!(metrics.status, 200);
    assert_eq!(
        metrics.header("content-type"),
        "text/plain; version=0.0.4; charset=utf-8"
    );
}

async fn it_is_not_ready_without_its_database(app: &TestApp) {
    app.take_database_away(1);
    let refused = app.nobody().get("/readyz").await;
    refused.problem(503, "database_unavailable");
    assert!(!refused.header("retry-after").is_empty());
    app.take_database_away(1);
    assert_eq!(
        app.nobody().get("/healthz").await.status,
        200,
        "a restart would mend nothing"
    );
    app.take_database_away(0);
    assert_eq!(app.nobody().get("/readyz").await.status, 200);
}

async fn every_answer_is_hardened(app: &TestApp) {
    let paths = [
        "/healthz",
        "/metrics",
        "/openapi.json",
        "/docs/",
        "/docs/errors",
        "/",
        "/api/v1/me",
        "/api/v1/nothing",
        "/callbacks/sber/main",
        "/assets/nothing.js",
    ];
    for path in paths {
        let answer = app.nobody().get(path).await;
        assert!(answer.status < 500, "{path}: {}", answer.text());
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        assert_eq!(answer.header("server"), "", "{path} says what it runs on");
    }
}

/// Where the frontend was built before the tests, as `make test` does.
async fn each_page_has_a_nonce_of_its_own(app: &TestApp) {
    let first = app.nobody().get("/").await;
    if first.status == 404 {
        first.problem(404, "not_found");
        return;
    }
    let second = app.nobody().get("/payment-attempts/some-page").await;
    let mut policies = Vec::new();
    for page in [&first, &second] {
        assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
        let policy = page.header("content-security-policy").to_owned();
        let nonce = policy
            .split("'nonce-")
            .nth(1)
            .and_then(|rest| rest.split('\'').next())
            .unwrap()
            .to_owned();
        assert!(nonce.len() >= 22, "{policy}");
        assert!(
            page.text().contains(&nonce),
            "the page carries the nonce of its policy"
        );
        assert!(!page.text().contains("__CSP_NONCE__"));
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("unsafe-eval"),
            "{policy}"
        );
        policies.push(policy);
    }
    assert_ne!(policies[0], policies[1]);
}

async fn a_wrong_method_is_told_the_right_ones(app: &TestApp) {
    let wrong = app.nobody().request(Method::DELETE, "/api/v1/payment-attempts");
    let wrong = wrong.send().await;
    wrong.problem(405, "method_not_allowed");
    assert_eq!(wrong.header("allow"), "GET, POST");
}

async fn an_unknown_path_of_a_program_is_no_page(app: &TestApp) {
    for path in [
        "/api/v1/nothing",
        "/api/nothing",
        "/callbacks/nothing",
        "/assets/nothing.js",
    ] {
        app.nobody().get(path).await.problem(404, "not_found");
    }
    let posted = app.nobody().request(Method::POST, "/anything");
    posted.send().await.problem(404, "not_found");
}

async fn the_contract_is_served(app: &TestApp) {
    let served = app.nobody().get("/openapi.json").await.ok();
    assert_eq!(served, serde_json::to_value(sverka_http::document()).unwrap());
    let errors = app.nobody().get("/docs/errors").await;
    assert_eq!(errors.text(), sverka_http::error_table());
    let page = app.nobody().get("/docs/").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("swagger-ui"));
    assert!(
        !page.text().contains("https://"),
        "everything comes from the binary"
    );
}

async fn every_request_has_an_id_of_its_own(app: &TestApp) {
    let one = app.nobody().get("/healthz").await;
    let two = app.nobody().get("/healthz").await;
    assert!(!one.header("x-request-id").is_empty());
    assert_ne!(one.header("x-request-id"), two.header("x-request-id"));
}
