//! Every row of the table of failures, over a real connection.

use std::sync::Arc;

use sverka_accounting::{ConnectionSettings, Secret, Secrets, WebhookSettings, build};
use sverka_app::ports::accounting::{AccountingPort, Outgoing, Sent};
use sverka_domain::delivery::Verdict;
use sverka_domain::ids::DeliveryId;
use uuid::Uuid;

use crate::server::{Play, Server, ok};

pub(crate) const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

pub(crate) fn webhook(url: &str) -> WebhookSettings {
    WebhookSettings {
        url: url.to_owned(),
        secret: Secrets::One(Secret::new(SECRET)),
        class: None,
        look_up_url: None,
        settling_seconds: None,
        allow_private_network: true,
        ca_certificates: None,
        connect_timeout_seconds: Some(1),
        timeout_seconds: Some(2),
        requests_per_second: None,
        at_once: None,
    }
}

pub(crate) fn port(settings: WebhookSettings) -> Arc<dyn AccountingPort> {
    build(ConnectionSettings::Webhook(settings)).unwrap()
}

pub(crate) fn outgoing(body: &[u8]) -> Outgoing {
    Outgoing {
        is_repeat: false,
        delivery_id: DeliveryId(Uuid::from_u128(0x0190_a1b2_0000_7000_8000_0000_0000_0001)),
        body: body.to_vec(),
        at: "2026-11-24T10:00:00.9Z".parse().unwrap(),
    }
}

async fn send(play: Play) -> Sent {
    let server = Server::start(vec![play]).await;
    let sent = port(webhook(&format!("{}payments", server.base)))
        .send(&outgoing(b"{}"))
        .await;
    assert_eq!(server.requests().len(), 1, "sent once");
    assert!(
        !sent.verdict.reason().unwrap_or_default().contains("127.0.0.1"),
        "{sent:?}"
    );
    sent
}

fn answer(status: &'static str, body: &str) -> Play {
    Play::Answer(status, body.to_owned())
}

fn document(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[tokio::test]
async fn applied_is_what_the_receiver_says_so() {
    let sent = send(ok(r#"{"document_ref":"ПКО-17"}"#)).await;
    assert_eq!(
        sent.verdict,
        Verdict::Applied {
            document_ref: document("ПКО-17")
        }
    );
    assert_eq!(sent.http_status, Some(200));
    assert_eq!(sent.answer.as_deref(), Some(r#"{"document_ref":"ПКО-17"}"#));
    for play in [
        ok(""),
        ok("{}"),
        answer("201 Created", ""),
        answer("202 Accepted", "accepted"),
    ] {
        assert_eq!(send(play).await.verdict, Verdict::Applied { document_ref: None });
    }
    let empty = send(Play::With("204 No Content", "x: y\r\n", String::new())).await;
    assert_eq!(empty.verdict, Verdict::Applied { document_ref: None });
    assert_eq!(empty.answer, None);
}

#[tokio::test]
async fn a_page_under_a_good_status_is_unknown() {
    let page = "<html><title>Вход</title></html>";
    for play in [
        ok(page),
        Play::With("200 OK", "content-type: text/html\r\n", "login".to_owned()),
    ] {
        let sent = send(play).await;
        assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
        assert!(sent.verdict.reason().unwrap().contains("check the address"));
        assert_eq!(sent.http_status, Some(200));
    }
}

#[tokio::test]
async fn already_there_is_a_conflict_with_a_document() {
    let sent = send(answer("409 Conflict", r#"{"document_ref":"ПКО-17"}"#)).await;
    assert_eq!(
        sent.verdict,
        Verdict::AlreadyThere {
            document_ref: document("ПКО-17")
        }
    );
    let in_progress = send(answer("409 Conflict", r#"{"detail":"in progress"}"#)).await;
    assert!(matches!(in_progress.verdict, Verdict::Busy { .. }));
    let silent = send(answer("409 Conflict", "")).await;
    assert!(matches!(silent.verdict, Verdict::Unknown { .. }));
}

#[tokio::test]
async fn a_refusal_is_final_and_in_the_receivers_words() {
    for status in [
        "400 Bad Request",
        "404 Not Found",
        "405 Method Not Allowed",
        "422 Unprocessable Content",
    ] {
        let sent = send(answer(status, r#"{"title":"t","detail":"Клиент не найден"}"#)).await;
        assert_eq!(
            sent.verdict,
            Verdict::Refused {
                reason: "Клиент не найден".to_owned()
            }
        );
        assert!(sent.answer.unwrap().contains("Клиент не найден"));
    }
}

#[tokio::test]
async fn what_a_person_has_to_mend_stops_the_connection() {
    let redirect = Play::With(
        "307 Temporary Redirect",
        "location: /elsewhere\r\n",
        String::new(),
    );
    let plays = [
        redirect,
        answer("401 Unauthorized", ""),
        answer("403 Forbidden", "ip"),
        answer("410 Gone", ""),
    ];
    for play in plays {
        let sent = send(play).await;
        assert!(
            matches!(sent.verdict, Verdict::ConnectionRefused { .. }),
            "{sent:?}"
        );
    }
}

#[tokio::test]
async fn a_plea_for_time_is_surely_not_applied() {
    for (headers, seconds) in [
        ("", None),
        ("retry-after: 17\r\n", Some(17)),
        ("retry-after: Tue, 24 Nov 2026 10:02:00 GMT\r\n", Some(119)),
        ("retry-after: 999999\r\n", Some(3600)),
    ] {
        for status in ["429 Too Many Requests", "503 Service Unavailable"] {
            let sent = send(Play::With(status, headers, String::new())).await;
            let Verdict::NotApplied { retry_after, .. } = sent.verdict else {
                panic!("{sent:?}")
            };
            assert_eq!(retry_after, seconds, "{headers}");
        }
    }
}

#[tokio::test]
async fn whatever_happens_after_the_bytes_are_sent_is_unknown() {
    for play in [
        answer("500 Internal Server Error", "oops"),
        answer("502 Bad Gateway", "<html>"),
        answer("504 Gateway Timeout", ""),
        Play::Hang,
        Play::Close,
        Play::Cut(r#"{"document_ref":"A"}"#.to_owned()),
        ok(&"x".repeat(100_000)),
    ] {
        let sent = send(play).await;
        assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
    }
}

#[tokio::test]
async fn without_a_connection_nothing_was_applied() {
    let refused = port(webhook("http://127.0.0.1:1/")).send(&outgoing(b"{}")).await;
    let unknown = port(webhook("http://no-such-host.invalid/"))
        .send(&outgoing(b"{}"))
        .await;
    let server = Server::start(vec![Play::Close]).await;
    let tls = server.base.replace("http://", "https://");
    let plain = port(webhook(&tls)).send(&outgoing(b"{}")).await;
    for sent in [refused, unknown, plain] {
        assert!(
            matches!(
                sent.verdict,
                Verdict::NotApplied {
                    retry_after: None,
                    ..
                }
            ),
            "{sent:?}"
        );
        assert_eq!((sent.http_status, sent.answer), (None, None));
    }
}

#[tokio::test]
async fn the_journal_gets_a_trimmed_answer() {
    let sent = send(answer("400 Bad Request", &"я".repeat(4000))).await;
    assert!(sent.answer.unwrap().len() <= 2048 + "…".len());
    assert!(sent.verdict.reason().unwrap().chars().count() <= 301);
}
