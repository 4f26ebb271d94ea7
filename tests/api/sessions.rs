//! Signing in, staying signed in, and being let in at all.

use reqwest::Method;
use serde_json::json;
use sverka_domain::role::Role;
use sverka_tests::whole::{Answer, PASSWORD, TestApp, email};

sverka_tests::on_both_engines! {
    the_right_password_signs_in,
    a_wrong_password_and_an_unknown_address_look_alike,
    a_refresh_token_is_good_once,
    a_refresh_token_that_was_used_before_ends_the_session,
    two_tabs_may_refresh_at_once,
    signing_out_ends_the_session,
    a_session_ends_when_nobody_uses_it,
    an_access_token_ends_by_itself,
    a_revoked_key_is_not_let_in,
    made_up_credentials_are_not_let_in,
    too_many_tries_to_sign_in_have_to_wait,
}

async fn signed_in(app: &TestApp) -> Answer {
    app.add_person(Role::Operator).await;
    let answer = app.sign_in(&email(Role::Operator), PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer
}

/// The refresh token that an answer sets.
fn cookie(answer: &Answer) -> String {
    let header = answer.header("set-cookie");
    let value = header.strip_prefix("sverka_refresh=").unwrap();
    value.split(';').next().unwrap().to_owned()
}

async fn send(app: &TestApp, operation: &str, token: &str) -> Answer {
    app.nobody()
        .request(Method::POST, &format!("/api/v1/auth/{operation}"))
        .header("cookie", &format!("sverka_refresh={token}"))
        .send()
        .await
}

async fn me(app: &TestApp, credentials: &str) -> Answer {
    app.nobody()
        .request(Method::GET, "/api/v1/me")
        .header("authorization", credentials)
        .send()
        .await
}

async fn the_right_password_signs_in(app: &TestApp) {
    let answer = signed_in(app).await;
    let session = answer.ok();
    assert_eq!(
        (&session["token_type"], &session["expires_in"]),
        (&json!("Bearer"), &json!(900))
    );
    assert_eq!(session["user"]["role"], "operator");
    assert_eq!(session["user"]["kind"], "user");
    assert_eq!(answer.header("cache-control"), "no-store");
    let set = answer.header("set-cookie");
    for attribute in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/api/v1/auth"] {
        assert!(set.contains(attribute), "{attribute} is not in {set}");
    }
    let token = session["access_token"].as_str().unwrap();
    let who = me(app, &format!("Bearer {token}")).await.ok();
    assert_eq!(who, session["user"]);
    let shouted = app.sign_in("OPERATOR@example.RU", PASSWORD).await;
    assert_eq!(shouted.status, 200, "an address is the same in any case");
}

async fn a_wrong_password_and_an_unknown_address_look_alike(app: &TestApp) {
    app.add_person(Role::Operator).await;
    let wrong = app.sign_in(&email(Role::Operator), "wrong horse battery").await;
    let unknown = app.sign_in("nobody@example.ru", PASSWORD).await;
    let mut words = Vec::new();
    for answer in [wrong, unknown] {
        let problem = answer.problem(401, "invalid_credentials");
        assert_eq!(answer.header("set-cookie"), "");
        words.push(problem["detail"].clone());
    }
    assert_eq!(words[0], words[1]);
}

async fn a_refresh_token_is_good_once(app: &TestApp) {
    let first = cookie(&signed_in(app).await);
    let answer = send(app, "refresh", &first).await;
    let second = cookie(&answer);
    assert_ne!(first, second);
    assert_eq!(answer.ok()["user"]["email"], email(Role::Operator));
    assert_eq!(send(app, "refresh", &second).await.status, 200);
    let none = app.nobody().request(Method::POST, "/api/v1/auth/refresh");
    none.send().await.problem(401, "session_expired");
}

async fn a_refresh_token_that_was_used_before_ends_the_session(app: &TestApp) {
    let first = cookie(&signed_in(app).await);
    let second = cookie(&send(app, "refresh", &first).await);
    app.advance(31);
    send(app, "refresh", &first).await.problem(401, "session_expired");
    // Somebody else may hold it, so the newest one is good no more either.
    send(app, "refresh", &second)
        .await
        .problem(401, "session_expired");
}

async fn two_tabs_may_refresh_at_once(app: &TestApp) {
    let first = cookie(&signed_in(app).await);
    let one = send(app, "refresh", &first).await;
    let other = send(app, "refresh", &first).await;
    assert_eq!((one.status, other.status), (200, 200));
    assert_eq!(send(app, "refresh", &cookie(&other)).await.status, 200);
}

async fn signing_out_ends_the_session(app: &TestApp) {
    let token = cookie(&signed_in(app).await);
    let out = send(app, "logout", &token).await;
    assert_eq!(out.status, 204);
    assert_eq!(cookie(&out), "");
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    send(app, "refresh", &token).await.problem(401, "session_expired");
    assert_eq!(
        send(app, "logout", "made-up").await.status,
        204,
        "nothing to end is no error"
    );
}

async fn a_session_ends_when_nobody_uses_it(app: &TestApp) {
    let token = cookie(&signed_in(app).await);
    app.advance(14 * 24 * 3600 + 1);
    send(app, "refresh", &token).await.problem(401, "session_expired");
}

async fn an_access_token_ends_by_itself(app: &TestApp) {
    let session = signed_in(app).await.ok();
    let token = format!("Bearer {}", session["access_token"].as_str().unwrap());
    app.advance(14 * 60);
    assert_eq!(me(app, &token).await.status, 200);
    app.advance(61);
    me(app, &token).await.problem(401, "unauthenticated");
}

async fn a_revoked_key_is_not_let_in(app: &TestApp) {
    let key = app.make_key("old app", Role::Integrator).await;
    assert!(key.starts_with("sk_"));
    let credentials = format!("Bearer {key}");
    let who = me(app, &credentials).await.ok();
    assert_eq!(
        (&who["kind"], &who["name"]),
        (&json!("api_key"), &json!("old app"))
    );
    assert!(app.sverka.revoke_api_key("old app".to_owned()).await.unwrap());
    me(app, &credentials).await.problem(401, "unauthenticated");
}

async fn made_up_credentials_are_not_let_in(app: &TestApp) {
    let session = signed_in(app).await.ok();
    let token = session["access_token"].as_str().unwrap();
    let [header, claims, signature] = token.split('.').collect::<Vec<_>>()[..] else {
        panic!("not a JWT")
    };
    let none = "eyJhbGciOiJub25lIn0";
    let tries = [
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        "Bearer sk_".to_owned(),
        "Bearer sk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned(),
        format!("Basic {token}"),
        token.to_owned(),
        format!("Bearer {header}.{claims}."),
        format!("Bearer {none}.{claims}."),
        format!("Bearer {none}.{claims}.{signature}"),
        format!("Bearer {header}.{claims}.{}", signature.to_uppercase()),
    ];
    for credentials in tries {
        me(app, &credentials).await.problem(401, "unauthenticated");
    }
    assert_eq!(
        me(app, &format!("bearer {token}")).await.status,
        200,
        "a scheme is the same in any case"
    );
}

async fn too_many_tries_to_sign_in_have_to_wait(app: &TestApp) {
    let body = json!({ "email": "somebody@example.ru", "password": "" });
    app.nobody()
        .post("/api/v1/auth/login", &body)
        .await
        .problem(422, "validation_failed");
    let mut refused = None;
    for _ in 0..11 {
        let answer = app.sign_in("somebody@example.ru", "wrong horse battery").await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
        answer.problem(401, "invalid_credentials");
    }
    let refused = refused.expect("the eleventh try in a minute is refused");
    refused.problem(429, "rate_limited");
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    app.add_person(Role::Viewer).await;
    let other = app.sign_in(&email(Role::Viewer), PASSWORD).await;
    assert_eq!(other.status, 200, "others are not held up");
}
