//! An HTTP service in 1C: the webhook's bytes and headers, 1C's own door, our small JSON.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};
use sverka_accounting::{ConnectionSettings, build};
use sverka_app::ports::accounting::{AccountingPort, CheckKind, CheckOutcome, Class, Order, Outgoing, Sent};
use sverka_domain::delivery::{DeliveryKind, HoldReason, MatchRule, Verdict};

use crate::body::{attempt, delivery};
use crate::server::{Play, Server, ok};
use crate::verdicts::{SECRET, outgoing, port as webhook_port, webhook};

fn service(server: &Server, more: &Value) -> Arc<dyn AccountingPort> {
    let mut table = json!({
        "kind": "onec_http", "url": format!("{}b/hs/sverka/payments/", server.base), "secret": SECRET,
        "allow_private_network": true, "connect_timeout_seconds": 1, "timeout_seconds": 2,
    });
    let more = more.as_object().unwrap().clone();
    table.as_object_mut().unwrap().extend(more);
    build(serde_json::from_value::<ConnectionSettings>(table).unwrap()).unwrap()
}

fn order() -> Order {
    Order {
        attempt: attempt(),
        delivery: delivery(DeliveryKind::Payment, 450_000),
        client_key: None,
        payment_document: None,
        is_rehearsal: false,
    }
}

fn header<'a>(request: &'a str, name: &str) -> &'a str {
    let start = format!("{name}: ");
    request
        .lines()
        .find_map(|line| line.strip_prefix(&start))
        .unwrap()
}

async fn send(play: Play) -> Sent {
    let server = Server::start(vec![play]).await;
    let sent = service(&server, &json!({})).send(&outgoing(b"{}")).await;
    assert_eq!(server.requests().len(), 1, "sent once");
    sent
}

#[tokio::test]
async fn the_request_is_that_of_the_webhook_with_the_door_opened() {
    let server = Server::start(vec![ok(r#"{"document_ref":"17"}"#)]).await;
    let plain = webhook_port(webhook(&format!("{}b/hs/sverka/payments", server.base)));
    let body = plain.compose(&order());
    let request = Outgoing {
        body: body.clone(),
        ..outgoing(b"")
    };
    plain.send(&request).await;
    let doors = [
        (
            json!({"user_name": "Сверка", "password": "пароль"}),
            "authorization",
            "Basic 0KHQstC10YDQutCwOtC/0LDRgNC+0LvRjA==",
        ),
        (json!({"token": "t-1"}), "authorization", "Bearer t-1"),
        (
            json!({"token": "t-1", "token_header": "X-Token"}),
            "x-token",
            "t-1",
        ),
    ];
    for (door, name, value) in doors {
        let port = service(&server, &door);
        assert_eq!(port.compose(&order()), body);
        port.send(&request).await;
        let requests = server.requests();
        let (ours, theirs) = (requests.last().unwrap(), &requests[0]);
        assert_eq!(header(ours, name), value);
        for name in [
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
            "content-type",
        ] {
            assert_eq!(header(ours, name), header(theirs, name));
        }
        assert!(ours.starts_with("POST /b/hs/sverka/payments HTTP/1.1"));
    }
}

#[tokio::test]
async fn a_document_is_applied_with_its_key_or_unposted() {
    let sent = send(ok(
        r#"{"document_ref":"ПКО-17","document_key":"g-1","posted":true}"#,
    ))
    .await;
    let document_ref = Some("ПКО-17".to_owned());
    assert_eq!(
        sent.verdict,
        Verdict::Applied {
            document_ref: document_ref.clone()
        }
    );
    assert_eq!(sent.document_key.as_deref(), Some("g-1"));
    // What 1C writes begins with a byte order mark.
    let sent = send(ok("\u{feff}{\"document_ref\":\"ПКО-17\"}")).await;
    assert_eq!(
        sent.verdict,
        Verdict::Applied {
            document_ref: document_ref.clone()
        }
    );
    let there = Play::Answer(
        "409 Conflict",
        r#"{"document_ref":"ПКО-17","document_key":"g-1"}"#.to_owned(),
    );
    let sent = send(there).await;
    assert_eq!(
        sent.verdict,
        Verdict::AlreadyThere {
            document_ref: document_ref.clone()
        }
    );
    assert_eq!(sent.document_key.as_deref(), Some("g-1"));
    let draft = r#"{"document_ref":"ПКО-17","document_key":"g-1","posted":false,"detail":"Период закрыт"}"#;
    let sent = send(ok(draft)).await;
    let reason = "Период закрыт".to_owned();
    assert_eq!(sent.verdict, Verdict::Unposted { document_ref, reason });
    assert_eq!(sent.document_key.as_deref(), Some("g-1"));
}

#[tokio::test]
async fn a_service_may_say_in_words_where_its_document_stands() {
    let draft = send(ok(
        r#"{"document_ref":"17","document_key":"g-1","state":"draft"}"#,
    ))
    .await;
    assert!(matches!(draft.verdict, Verdict::Unposted { .. }), "{draft:?}");
    let deleted = send(ok(
        r#"{"document_ref":"17","document_key":"g-1","status":"deleted"}"#,
    ))
    .await;
    let reason = HoldReason::DocumentDeleted;
    assert!(
        matches!(deleted.verdict, Verdict::Held { hold, .. } if hold == reason),
        "{deleted:?}"
    );
}

#[tokio::test]
async fn a_good_status_without_a_document_is_unknown() {
    for play in [
        ok(""),
        ok("{}"),
        ok("ok"),
        ok("<html>"),
        ok(r#"{"document_ref":""}"#),
    ] {
        let sent = send(play).await;
        assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
    }
}

#[tokio::test]
async fn the_rest_of_the_table_is_the_webhook_s() {
    let answer = |status, body: &str| Play::Answer(status, body.to_owned());
    let refused = send(answer(
        "422 Unprocessable Content",
        r#"{"detail":"Клиент не найден"}"#,
    ))
    .await;
    let reason = "Клиент не найден".to_owned();
    assert_eq!(refused.verdict, Verdict::Refused { reason });
    let locked = send(Play::With(
        "503 Service Unavailable",
        "retry-after: 30\r\n",
        String::new(),
    ))
    .await;
    assert!(
        matches!(
            locked.verdict,
            Verdict::NotApplied {
                retry_after: Some(30),
                ..
            }
        ),
        "{locked:?}"
    );
    let closed = send(answer("401 Unauthorized", "")).await;
    assert!(
        matches!(closed.verdict, Verdict::ConnectionRefused { .. }),
        "{closed:?}"
    );
    for play in [
        answer("500 Internal Server Error", "{Ошибка}"),
        Play::Hang,
        Play::Close,
    ] {
        let sent = send(play).await;
        assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
    }
}

#[tokio::test]
async fn a_document_is_looked_up_by_our_id_under_a_signature() {
    let there = r#"{"document_ref":"ПКО-17","document_key":"g-1","posted":true}"#;
    let server = Server::start(vec![ok(there), Play::Answer("404 Not Found", String::new())]).await;
    let port = service(&server, &json!({}));
    assert_eq!(port.profile().class, Class::KeyEnforced);
    assert!(port.profile().looks_up);
    let found = port.look_up(&order(), outgoing(b"").at).await.unwrap();
    assert_eq!(
        (found[0].key.as_str(), found[0].rule, found[0].is_posted),
        ("g-1", MatchRule::OurKey, true)
    );
    assert_eq!(port.look_up(&order(), outgoing(b"").at).await.unwrap(), []);
    let request = &server.requests()[0];
    let id = order().delivery.id.to_string();
    assert!(
        request.starts_with(&format!("GET /b/hs/sverka/payments/{id} HTTP/1.1")),
        "{request}"
    );
    let expected = standardwebhooks::Webhook::new(SECRET)
        .unwrap()
        .sign(&id, 1_795_514_400, b"")
        .unwrap();
    assert_eq!(header(request, "webhook-signature"), expected);
}

#[tokio::test]
async fn a_look_up_that_is_not_answered_is_no_empty_one() {
    let ask = |play: Play| async {
        let server = Server::start(vec![play]).await;
        let found = service(&server, &json!({}))
            .look_up(&order(), Timestamp::UNIX_EPOCH)
            .await;
        found.unwrap_err().verdict
    };
    for play in [
        Play::Hang,
        Play::Close,
        ok("<html>"),
        ok(""),
        Play::Answer("500 Internal Server Error", String::new()),
    ] {
        let verdict = ask(play).await;
        assert!(matches!(verdict, Verdict::NotApplied { .. }), "{verdict:?}");
    }
    let closed = ask(Play::Answer("401 Unauthorized", String::new())).await;
    assert!(matches!(closed, Verdict::ConnectionRefused { .. }), "{closed:?}");
}

#[tokio::test]
async fn the_self_test_asks_for_what_cannot_be_there_and_for_what_is() {
    let absent = || Play::Answer("404 Not Found", String::new());
    let there = ok(r#"{"document_ref":"17"}"#);
    let outcomes = |plays: Vec<Play>| async {
        let server = Server::start(plays).await;
        let port = service(&server, &json!({}));
        let checks = port.self_test(Some(order()), Timestamp::UNIX_EPOCH).await;
        let told: Vec<(CheckKind, CheckOutcome)> = checks
            .into_iter()
            .map(|check| (check.kind, check.outcome))
            .collect();
        told
    };
    let good = outcomes(vec![absent(), there.clone()]).await;
    assert!(
        good.len() == 4 && good.iter().all(|(_, outcome)| *outcome == CheckOutcome::Passed),
        "{good:?}"
    );
    let mad = outcomes(vec![there]).await;
    assert!(mad.contains(&(CheckKind::FilterFindsNothing, CheckOutcome::Failed)));
    let closed = outcomes(vec![Play::Answer("401 Unauthorized", String::new())]).await;
    assert_eq!(closed[1], (CheckKind::LogIn, CheckOutcome::Failed));
    let silent = outcomes(vec![Play::Close]).await;
    assert_eq!(silent[0], (CheckKind::Reach, CheckOutcome::Failed));
}
