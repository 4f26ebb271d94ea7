//! What is certain, and what is not, when it does not go well.

use serde_json::json;
use sverka_app::ports::accounting::Sent;
use sverka_domain::delivery::{DeliveryKind, Verdict};

use super::*;

async fn sent_with(plays: Vec<Play>) -> (Sent, Vec<String>) {
    let server = Server::start(plays).await;
    let sent = port(settings(&server.base))
        .send(&outgoing(DeliveryKind::Payment, false))
        .await;
    let told = format!("{sent:?}");
    assert!(
        !told.contains("hunter2secret") && !told.contains("127.0.0.1"),
        "{told}"
    );
    (sent, methods(&server))
}

fn page(status: &'static str) -> Play {
    Play::With(
        status,
        "content-type: text/html\r\n",
        "<!doctype html>\n<title>x</title>".to_owned(),
    )
}

#[tokio::test]
async fn a_refusal_is_final_and_in_tryton_s_words() {
    let words = r#"The value "-1.00" for field "Amount" in record "15 [gw-neg]" is not valid according to its domain."#;
    let (sent, methods) = sent_with(vec![ok(LOGGED_IN), user_error(words), ok(NOTHING)]).await;
    let reason = words.to_owned();
    assert_eq!(
        (sent.verdict, sent.document_key),
        (Verdict::Refused { reason }, None)
    );
    assert_eq!(methods.len(), 3, "it is made sure that nothing is there");
}

#[tokio::test]
async fn a_failure_inside_tryton_is_unknown_and_not_failed() {
    for answer in [
        ok(r#"{"id":1,"error":["'external_id'",""]}"#),
        page("500 Internal Server Error"),
    ] {
        let (sent, _) = sent_with(vec![ok(LOGGED_IN), answer, ok(NOTHING)]).await;
        assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
    }
}

#[tokio::test]
async fn a_lost_answer_is_unknown() {
    let cut = Play::Cut(CREATED.to_owned());
    for lost in [
        Play::Close,
        Play::Hang,
        cut,
        page("503 Service Unavailable"),
        page("504 Gateway Timeout"),
        page("200 OK"),
    ] {
        let (sent, methods) = sent_with(vec![ok(LOGGED_IN), lost]).await;
        assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
        assert_eq!((sent.document_key, methods.len()), (None, 2), "sent once");
    }
}

#[tokio::test]
async fn what_is_half_done_is_never_called_not_applied() {
    for lost in [Play::Close, Play::Hang, page("503 Service Unavailable")] {
        let (sent, _) = sent_with(vec![ok(LOGGED_IN), ok(CREATED), lost]).await;
        assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
        assert_eq!(sent.document_key.as_deref(), Some("account.payment,2"));
    }
}

#[tokio::test]
async fn a_posting_that_is_refused_leaves_a_document_for_a_person() {
    let closed = "To add or modify a move in the closed period \"2026-10\" is not allowed.";
    let plays = vec![
        ok(LOGGED_IN),
        ok(CREATED),
        ok(DONE),
        ok(OPENED),
        ok(PROCESSED),
        ok(DONE),
        user_error(closed),
        result(&json!([row("processing", None)])),
    ];
    let (sent, _) = sent_with(plays).await;
    let expected = Verdict::Unposted {
        document_ref: Some("2".to_owned()),
        reason: closed.to_owned(),
    };
    assert_eq!(sent.verdict, expected);
    assert_eq!(sent.document_key.as_deref(), Some("account.payment,2"));
}

#[tokio::test]
async fn a_wrong_password_is_tried_once() {
    let (sent, methods) = sent_with(vec![page("401 Unauthorized")]).await;
    let reason = "log-in: user or password is wrong".to_owned();
    assert_eq!(sent.verdict, Verdict::ConnectionRefused { reason });
    assert_eq!(methods, ["common.db.login"]);
}

#[tokio::test]
async fn a_session_that_is_over_is_followed_by_another_once() {
    let over = || Play::Answer("401 Unauthorized", String::new());
    let (sent, methods) = sent_with(vec![ok(LOGGED_IN), over(), ok(LOGGED_IN), over()]).await;
    assert!(
        matches!(sent.verdict, Verdict::ConnectionRefused { .. }),
        "{sent:?}"
    );
    assert_eq!(methods.len(), 4, "{methods:?}");
    let (sent, methods) = sent_with(vec![ok(LOGGED_IN), over(), ok(LOGGED_IN), Play::Close]).await;
    assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
    assert_eq!(methods[3], "model.account.payment.create");
}

#[tokio::test]
async fn a_lock_out_is_waited_for() {
    for (headers, seconds) in [("", 300), ("retry-after: 17\r\n", 17)] {
        let locked = Play::With("429 Too Many Requests", headers, String::new());
        let (sent, methods) = sent_with(vec![locked]).await;
        let Verdict::NotApplied { retry_after, .. } = sent.verdict else {
            panic!("{sent:?}")
        };
        assert_eq!((retry_after, methods.len()), (Some(seconds), 1));
    }
}

#[tokio::test]
async fn who_cannot_log_in_has_changed_nothing() {
    for lost in [Play::Close, Play::Hang, page("503 Service Unavailable")] {
        let (sent, _) = sent_with(vec![lost]).await;
        assert!(matches!(sent.verdict, Verdict::NotApplied { .. }), "{sent:?}");
    }
    let sent = port(settings("http://127.0.0.1:1/"))
        .send(&outgoing(DeliveryKind::Payment, false))
        .await;
    assert!(matches!(sent.verdict, Verdict::NotApplied { .. }), "{sent:?}");
}

#[tokio::test]
async fn a_wrong_database_or_a_missing_module_stops_the_connection() {
    for plays in [
        vec![page("404 Not Found")],
        vec![ok(LOGGED_IN), page("403 Forbidden")],
    ] {
        let (sent, _) = sent_with(plays).await;
        assert!(
            matches!(sent.verdict, Verdict::ConnectionRefused { .. }),
            "{sent:?}"
        );
    }
}

#[tokio::test]
async fn a_payment_in_another_currency_is_not_even_tried() {
    let mut in_euro = settings("http://127.0.0.1:1/");
    in_euro.currency = Some("EUR".to_owned());
    let sent = port(in_euro).send(&outgoing(DeliveryKind::Payment, false)).await;
    assert!(matches!(sent.verdict, Verdict::Refused { .. }), "{sent:?}");
}

#[tokio::test]
async fn a_probe_is_a_cheap_question() {
    let server = Server::start(vec![ok(LOGGED_IN), ok(r#"{"id":1,"result":[1]}"#)]).await;
    let at = "2026-11-24T10:00:00Z".parse().unwrap();
    let probed = port(settings(&server.base)).probe(at).await.unwrap();
    assert!(matches!(probed.verdict, Verdict::Applied { .. }), "{probed:?}");
    let away = port(settings("http://127.0.0.1:1/")).probe(at).await.unwrap();
    assert!(matches!(away.verdict, Verdict::NotApplied { .. }), "{away:?}");
}
