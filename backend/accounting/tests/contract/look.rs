//! A receiver of webhooks that can be asked what it has.

use sverka_accounting::WebhookSettings;
use sverka_app::ports::accounting::{CheckKind, CheckOutcome, Class, Order, Outgoing};
use sverka_domain::delivery::{DeliveryKind, HoldReason, MatchRule, Verdict};

use crate::body::{attempt, delivery};
use crate::server::{Play, Server, asked, ok};
use crate::verdicts::{SECRET, outgoing, port, webhook};

fn asking(server: &Server) -> WebhookSettings {
    WebhookSettings {
        class: Some(Class::LookUpOnly),
        look_up_url: Some(format!("{}payments/", server.base)),
        ..webhook(&format!("{}payments", server.base))
    }
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

fn answer(status: &'static str, body: &str) -> Play {
    Play::Answer(status, body.to_owned())
}

fn now() -> jiff::Timestamp {
    outgoing(b"").at
}

#[tokio::test]
async fn a_delivery_is_asked_for_by_its_id_under_a_signature_of_its_own() {
    let told = r#"{"document_ref":"ПКО-17","posted":false,"amount":{"amount":450000,"currency":"RUB"}}"#;
    let server = Server::start(vec![ok(told)]).await;
    let found = port(asking(&server)).look_up(&order(), now()).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].rule, MatchRule::OurKey);
    assert!(found[0].is_ours && !found[0].is_posted);
    let request = &server.requests()[0];
    let id = "00000000-0000-0000-0000-000000000002";
    assert_eq!(asked(request).0, format!("GET /payments/{id}"));
    let signature = standardwebhooks::Webhook::new(SECRET)
        .unwrap()
        .sign(id, now().as_second(), b"")
        .unwrap();
    assert!(
        request.contains(&format!("webhook-signature: {signature}\r\n")),
        "{request}"
    );
    assert!(request.contains(&format!("webhook-id: {id}\r\n")));
}

#[tokio::test]
async fn a_404_is_nothing_found_and_anything_else_is_no_search() {
    let server = Server::start(vec![answer("404 Not Found", "")]).await;
    assert_eq!(
        port(asking(&server)).look_up(&order(), now()).await.unwrap(),
        Vec::new()
    );
    for play in [
        answer("404 Not Found", "<html>nginx</html>"),
        answer("401 Unauthorized", ""),
        answer("500 Internal Server Error", ""),
        answer("200 OK", "<html>login</html>"),
        answer("200 OK", "{}"),
        Play::Cut(r#"{"document_ref":"A"}"#.to_owned()),
        Play::Hang,
        Play::Close,
    ] {
        let server = Server::start(vec![play]).await;
        let sent = port(asking(&server)).look_up(&order(), now()).await.unwrap_err();
        assert!(
            matches!(
                sent.verdict,
                Verdict::NotApplied { .. } | Verdict::ConnectionRefused { .. }
            ),
            "a question changes nothing: {sent:?}"
        );
    }
}

#[tokio::test]
async fn the_class_is_what_is_configured_and_brings_its_settling_time() {
    let server = Server::start(vec![ok("")]).await;
    let keyed = port(webhook(&server.base)).profile();
    assert_eq!((keyed.class, keyed.looks_up), (Class::KeyEnforced, false));
    assert!(keyed.settling.is_zero());
    let asked = port(asking(&server)).profile();
    assert_eq!((asked.class, asked.looks_up), (Class::LookUpOnly, true));
    assert_eq!(asked.settling.as_secs(), 180);
    let told = WebhookSettings {
        settling_seconds: Some(45),
        ..webhook(&server.base)
    };
    assert_eq!(port(told).profile().settling.as_secs(), 45);
}

#[tokio::test]
async fn what_is_there_and_not_posted_is_never_sent_again_to_one_who_would_make_a_second() {
    let finishing = Outgoing {
        is_repeat: true,
        ..outgoing(b"{}")
    };
    for (play, expected) in [
        (
            ok(r#"{"document_ref":"A","posted":false}"#),
            Verdict::Unposted {
                document_ref: Some("A".to_owned()),
                reason: "the receiver has it and has not posted it".to_owned(),
            },
        ),
        (
            ok(r#"{"document_ref":"A"}"#),
            Verdict::AlreadyThere {
                document_ref: Some("A".to_owned()),
            },
        ),
        (
            answer("404 Not Found", ""),
            Verdict::Held {
                hold: HoldReason::DocumentDeleted,
                documents: Vec::new(),
                reason: "the receiver does not know its document any more".to_owned(),
            },
        ),
    ] {
        let server = Server::start(vec![play]).await;
        let sent = port(asking(&server)).finish(&finishing, "A").await;
        assert_eq!(sent.verdict, expected);
        assert!(
            server
                .requests()
                .iter()
                .all(|request| request.starts_with("GET "))
        );
    }
}

#[tokio::test]
async fn a_key_that_the_receiver_tells_is_kept() {
    let server = Server::start(vec![ok(r#"{"document_ref":"ПКО-17","document_key":"a1"}"#)]).await;
    let sent = port(webhook(&server.base)).send(&outgoing(b"{}")).await;
    assert_eq!(sent.document_key.as_deref(), Some("a1"));
}

#[tokio::test]
async fn a_test_with_a_look_up_proves_the_signature_and_the_filter() {
    let server = Server::start(vec![
        answer("404 Not Found", ""),
        ok(r#"{"document_ref":"ПКО-17"}"#),
    ])
    .await;
    let checks = port(asking(&server)).self_test(Some(order()), now()).await;
    let outcomes: Vec<_> = checks.iter().map(|check| (check.kind, check.outcome)).collect();
    assert_eq!(
        outcomes,
        [
            (CheckKind::Reach, CheckOutcome::Passed),
            (CheckKind::LogIn, CheckOutcome::Passed),
            (CheckKind::FilterFindsNothing, CheckOutcome::Passed),
            (CheckKind::FilterFindsOne, CheckOutcome::Passed),
            (CheckKind::KeyIsEnforced, CheckOutcome::Skipped),
        ]
    );
    let liar = Server::start(vec![ok(r#"{"document_ref":"A"}"#)]).await;
    let checks = port(asking(&liar)).self_test(None, now()).await;
    assert_eq!(checks[2].outcome, CheckOutcome::Failed);
    let stranger = Server::start(vec![answer("401 Unauthorized", "wrong signature")]).await;
    let checks = port(asking(&stranger)).self_test(None, now()).await;
    assert_eq!(
        (checks[0].outcome, checks[1].outcome),
        (CheckOutcome::Passed, CheckOutcome::Failed)
    );
}

#[tokio::test]
async fn a_test_without_a_look_up_delivers_nothing_and_proves_only_that_somebody_is_there() {
    let server = Server::start(vec![answer("405 Method Not Allowed", "")]).await;
    let checks = port(webhook(&server.base)).self_test(None, now()).await;
    assert_eq!(checks[0].outcome, CheckOutcome::Passed);
    assert!(
        checks[1..]
            .iter()
            .all(|check| check.outcome == CheckOutcome::Skipped)
    );
    assert!(server.requests()[0].starts_with("OPTIONS / "));
    let nobody = port(webhook("http://127.0.0.1:1/")).self_test(None, now()).await;
    assert_eq!(nobody[0].outcome, CheckOutcome::Failed);
    assert!(port(webhook(&server.base)).probe(now()).await.is_none());
}

#[tokio::test]
async fn a_probe_asks_for_a_delivery_that_nobody_made() {
    let server = Server::start(vec![answer("404 Not Found", "")]).await;
    let sent = port(asking(&server)).probe(now()).await.unwrap();
    assert_eq!(sent.verdict, Verdict::Applied { document_ref: None });
    assert_eq!(
        asked(&server.requests()[0]).0,
        "GET /payments/00000000-0000-0000-0000-000000000000"
    );
}
