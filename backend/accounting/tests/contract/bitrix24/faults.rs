//! The table of failures: what each answer means to a request that changes something, and to one that does not.

use serde_json::json;
use sverka_app::ports::accounting::Sent;
use sverka_domain::delivery::Verdict;

use super::{CODE, deals, error, now, orders, outgoing, payment_order, port, settings};
use crate::server::{Play, Server, ok};

/// What comes of a try whose only changing request is answered like this.
async fn changing(play: Play) -> Sent {
    let server = Server::start(vec![deals(&[10]), orders(&[200]), play]).await;
    let port = port(settings(&server));
    let sent = port.send(&outgoing(port.as_ref(), &payment_order(), false)).await;
    assert_eq!(server.requests().len(), 3, "sent once");
    assert!(!format!("{sent:?}").contains(CODE), "the secret is not shown");
    sent
}

/// What comes of one whose first reading request is.
async fn reading(play: Play) -> Sent {
    let server = Server::start(vec![play]).await;
    let port = port(settings(&server));
    let sent = port.send(&outgoing(port.as_ref(), &payment_order(), false)).await;
    assert_eq!(server.requests().len(), 1, "nothing follows");
    assert!(!format!("{sent:?}").contains(CODE));
    sent
}

#[tokio::test]
async fn the_listed_codes_are_surely_not_applied() {
    for (status, code) in [
        ("503 Service Unavailable", "QUERY_LIMIT_EXCEEDED"),
        ("429 Too Many Requests", "OPERATION_TIME_LIMIT"),
    ] {
        for sent in [
            changing(error(status, json!(code), "подождите")).await,
            reading(error(status, json!(code), "подождите")).await,
        ] {
            assert!(matches!(sent.verdict, Verdict::NotApplied { .. }), "{sent:?}");
            assert!(sent.verdict.reason().unwrap().contains(code));
        }
    }
}

#[tokio::test]
async fn used_up_server_time_is_waited_for_until_some_of_it_is_forgotten() {
    let reset = now().as_second() + 240;
    let good = ok(
        &json!({"result": {"items": [{"id": 10, "originId": "A-1"}]}, "time": {"operating_reset_at": reset}})
            .to_string(),
    );
    let limit = error("429 Too Many Requests", json!("OPERATION_TIME_LIMIT"), "x");
    let server = Server::start(vec![good, limit]).await;
    let port = port(settings(&server));
    let sent = port.send(&outgoing(port.as_ref(), &payment_order(), false)).await;
    assert!(
        matches!(
            sent.verdict,
            Verdict::NotApplied {
                retry_after: Some(240),
                ..
            }
        ),
        "{sent:?}"
    );
}

#[tokio::test]
async fn what_only_a_person_mends_stops_the_connection() {
    for (status, code) in [
        ("401 Unauthorized", "NO_AUTH_FOUND"),
        ("401 Unauthorized", "expired_token"),
        ("403 Forbidden", "INVALID_CREDENTIALS"),
        ("403 Forbidden", "insufficient_scope"),
        ("403 Forbidden", "ACCESS_DENIED"),
        ("400 Bad Request", "INVALID_REQUEST"),
        ("503 Service Unavailable", "OVERLOAD_LIMIT"),
        ("500 Internal Server Error", "PORTAL_DELETED"),
        ("404 Not Found", "ERROR_METHOD_NOT_FOUND"),
        ("400 Bad Request", "200040300020"),
    ] {
        for sent in [
            changing(error(status, json!(code), "нельзя")).await,
            reading(error(status, json!(code), "нельзя")).await,
        ] {
            assert!(
                matches!(sent.verdict, Verdict::ConnectionRefused { .. }),
                "{code}: {sent:?}"
            );
        }
    }
    let elsewhere = Play::With("302 Found", "location: /login\r\n", String::new());
    let sent = changing(elsewhere).await;
    assert!(matches!(sent.verdict, Verdict::ConnectionRefused { .. }));
}

#[tokio::test]
async fn a_business_error_is_told_in_the_portals_words() {
    let sent = changing(error(
        "400 Bad Request",
        json!(100),
        "Не переданы обязательные поля",
    ))
    .await;
    assert_eq!(
        sent.verdict,
        Verdict::Refused {
            reason: "Не переданы обязательные поля (100)".to_owned()
        }
    );
    let sent = changing(error("400 Bad Request", json!(0), "Заказ не найден")).await;
    assert!(
        matches!(sent.verdict, Verdict::LikelyRefused { .. }),
        "code 0 says only in words what it is: {sent:?}"
    );
    let sent = reading(error("400 Bad Request", json!(0), "Доступ запрещен")).await;
    assert!(matches!(sent.verdict, Verdict::Refused { .. }));
    let sent = changing(error("400 Bad Request", json!("ERROR_CORE"), "нет")).await;
    assert!(matches!(sent.verdict, Verdict::Refused { .. }));
    let sent = changing(error("200 OK", json!("ERROR_CORE"), "нет")).await;
    assert!(
        matches!(sent.verdict, Verdict::Refused { .. }),
        "an error under a good status: {sent:?}"
    );
}

#[tokio::test]
async fn whatever_else_happens_is_unknown_to_a_change_and_harmless_to_a_question() {
    let plays = || {
        [
            error(
                "500 Internal Server Error",
                json!("INTERNAL_SERVER_ERROR"),
                "Internal server error",
            ),
            error(
                "500 Internal Server Error",
                json!("ERROR_UNEXPECTED_ANSWER"),
                "Server returned an unexpected response",
            ),
            Play::Answer("502 Bad Gateway", "<html>nginx</html>".to_owned()),
            Play::Answer("504 Gateway Timeout", String::new()),
            Play::Answer("503 Service Unavailable", String::new()),
            ok(""),
            ok("<html>portal</html>"),
            ok(r#"{"result":"#),
            ok(r#"{"time":{}}"#),
            Play::Cut(r#"{"result":{"payment":{"id":1}}}"#.to_owned()),
            Play::Close,
            Play::Hang,
        ]
    };
    for play in plays() {
        let sent = changing(play).await;
        assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
    }
    for play in plays() {
        let sent = reading(play).await;
        assert!(matches!(sent.verdict, Verdict::NotApplied { .. }), "{sent:?}");
    }
}

#[tokio::test]
async fn a_secret_that_the_portal_says_back_is_not_kept() {
    let words = format!("no such method /rest/1/{CODE}/sale.payment.add");
    let sent = changing(error("400 Bad Request", json!("X"), &words)).await;
    assert!(sent.answer.unwrap().contains('…'));
}

#[tokio::test]
async fn without_a_connection_nothing_was_applied() {
    let server = Server::start(vec![ok("")]).await;
    let mut unreachable = settings(&server);
    unreachable.url = sverka_accounting::Secret::new(format!("http://127.0.0.1:1/rest/1/{CODE}/"));
    let port = port(unreachable);
    let sent = port.send(&outgoing(port.as_ref(), &payment_order(), false)).await;
    assert!(matches!(sent.verdict, Verdict::NotApplied { .. }));
    assert!(!format!("{sent:?}").contains(CODE));
}
