//! The table of failures: what each answer means to a request that changes something, and to one that does not.

use sverka_app::ports::accounting::Sent;
use sverka_domain::delivery::Verdict;

use super::{TOKEN, fault, outgoing, payment_order, port, settings};
use crate::server::{Play, Server, ok};

async fn tried(play: Play, is_repeat: bool) -> Sent {
    let server = Server::start(vec![play]).await;
    let port = port(settings(&server));
    let sent = port
        .send(&outgoing(port.as_ref(), &payment_order(), is_repeat))
        .await;
    assert_eq!(server.requests().len(), 1, "sent once");
    assert!(!format!("{sent:?}").contains(TOKEN));
    sent
}

/// A create.
async fn changing(play: Play) -> Sent {
    tried(play, false).await
}

/// The search before a repeat.
async fn reading(play: Play) -> Sent {
    tried(play, true).await
}

#[tokio::test]
async fn waits_are_told_in_milliseconds() {
    for (headers, seconds) in [
        ("x-lognex-retry-after: 1500\r\n", Some(2)),
        ("x-lognex-retry-after: 3000\r\nretry-after: 60\r\n", Some(3)),
        ("x-lognex-retry-after: 999999999\r\n", Some(3600)),
        ("retry-after: 7\r\n", Some(7)),
        ("", None),
    ] {
        let body = r#"{"errors":[{"error":"Превышено ограничение","code":1049}]}"#.to_owned();
        let sent = changing(Play::With("429 Too Many Requests", headers, body)).await;
        let Verdict::NotApplied { retry_after, reason } = sent.verdict else {
            panic!("{sent:?}")
        };
        assert_eq!(retry_after, seconds, "{headers}");
        assert_eq!(reason, "Превышено ограничение (1049)");
    }
    let parallel = changing(fault("429 Too Many Requests", 1073, "слишком много сразу")).await;
    assert!(matches!(parallel.verdict, Verdict::NotApplied { .. }));
}

#[tokio::test]
async fn what_only_a_person_mends_stops_the_connection() {
    let plays = || {
        [
            fault("401 Unauthorized", 1056, "Ошибка аутентификации"),
            Play::With(
                "401 Unauthorized",
                "x-lognex-auth-message: wrong password\r\n",
                String::new(),
            ),
            Play::Answer("403 Forbidden", String::new()),
            Play::Answer("404 Not Found", "<html>".to_owned()),
            Play::Answer("410 Gone", String::new()),
            Play::Answer("415 Unsupported Media Type", String::new()),
            Play::With("301 Moved Permanently", "location: /x\r\n", String::new()),
        ]
    };
    for play in plays() {
        let sent = changing(play).await;
        assert!(
            matches!(sent.verdict, Verdict::ConnectionRefused { .. }),
            "{sent:?}"
        );
    }
    for play in plays() {
        let sent = reading(play).await;
        assert!(
            matches!(sent.verdict, Verdict::ConnectionRefused { .. }),
            "{sent:?}"
        );
    }
}

#[tokio::test]
async fn a_refusal_is_final_and_in_the_services_words() {
    for (status, code) in [
        ("400 Bad Request", 1004),
        ("403 Forbidden", 1016),
        ("404 Not Found", 1021),
        ("412 Precondition Failed", 3000),
        ("413 Payload Too Large", 1),
    ] {
        let sent = changing(fault(status, code, "Ошибка сохранения объекта")).await;
        assert_eq!(
            sent.verdict,
            Verdict::Refused {
                reason: format!("Ошибка сохранения объекта ({code})")
            }
        );
    }
    let several = r#"[{"errors":[{"error":"Нет поля","error_message":"поле agent"}]}]"#.to_owned();
    let sent = changing(Play::Answer("400 Bad Request", several)).await;
    assert_eq!(sent.verdict.reason(), Some("Нет поля: поле agent"));
    let in_use = changing(fault("409 Conflict", 1028, "Объект используется")).await;
    assert!(matches!(in_use.verdict, Verdict::LikelyRefused { .. }));
}

#[tokio::test]
async fn whatever_else_happens_is_unknown_to_a_create_and_harmless_to_a_question() {
    let plays = || {
        [
            fault("500 Internal Server Error", 1, "непредвиденная ошибка"),
            Play::Answer("502 Bad Gateway", "<html>".to_owned()),
            Play::Answer("503 Service Unavailable", String::new()),
            Play::Answer("504 Gateway Timeout", String::new()),
            ok(""),
            ok("<html>login</html>"),
            ok(r#"{"id":"#),
            ok("{}"),
            Play::Cut("{}".to_owned()),
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
