//! Repeats, and what is missing of a document that is there.

use serde_json::json;
use sverka_app::ports::accounting::Sent;
use sverka_domain::delivery::{HoldReason, Verdict};

use crate::onec::{Base, DOCUMENT, absent, created, document, fault, listed, order, posted, shown, with};
use crate::server::{Play, ok};

async fn scripted(plays: impl FnOnce(&str) -> Vec<Play>) -> Base {
    Base::scripted(plays, |_| ()).await
}

async fn finished(plays: impl FnOnce(&str) -> Vec<Play>) -> (Sent, Vec<String>) {
    let base = scripted(plays).await;
    let key = base.key(&order());
    let sent = base.port.finish(&base.outgoing(&order()), &key).await;
    assert_eq!(sent.document_key.as_deref().unwrap_or(&key), key);
    (sent, base.lines())
}

fn steps(lines: &[String]) -> Vec<&str> {
    let step = |line: &String| match (line.starts_with("GET "), line.contains("/Post?")) {
        (true, _) => "read",
        (false, true) => "post",
        (false, false) => "make",
    };
    lines.iter().map(step).collect()
}

#[tokio::test]
async fn a_repeat_reads_before_it_makes() {
    let there = scripted(|key| vec![shown(&posted(key))]).await;
    let sent = there.port.send(&there.repeat(&order())).await;
    assert!(matches!(sent.verdict, Verdict::AlreadyThere { .. }), "{sent:?}");
    assert_eq!(steps(&there.lines()), ["read"]);

    let lost = scripted(|key| vec![absent(), created(&document(key)), ok(""), shown(&posted(key))]).await;
    let sent = lost.port.send(&lost.repeat(&order())).await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    assert_eq!(steps(&lost.lines()), ["read", "make", "post", "read"]);

    let draft = scripted(|key| vec![shown(&document(key)), ok("{}"), shown(&posted(key))]).await;
    let sent = draft.port.send(&draft.repeat(&order())).await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    assert_eq!(steps(&draft.lines()), ["read", "post", "read"]);
}

#[tokio::test]
async fn a_repeat_that_cannot_read_makes_nothing() {
    for play in [
        Play::Hang,
        Play::Close,
        ok("<html>"),
        Play::Answer("502 Bad Gateway", String::new()),
        fault("500 Internal Server Error", -1, "база заблокирована"),
    ] {
        let base = scripted(|_| vec![play]).await;
        let sent = base.port.send(&base.repeat(&order())).await;
        assert!(matches!(sent.verdict, Verdict::NotApplied { .. }), "{sent:?}");
        assert_eq!(steps(&base.lines()), ["read"]);
    }
}

#[tokio::test]
async fn after_a_crash_between_the_two_steps_only_the_second_is_done() {
    let (sent, lines) = finished(|key| vec![shown(&document(key)), ok(""), shown(&posted(key))]).await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    assert_eq!(steps(&lines), ["read", "post", "read"]);

    let (sent, lines) = finished(|key| vec![shown(&posted(key))]).await;
    assert!(matches!(sent.verdict, Verdict::AlreadyThere { .. }), "{sent:?}");
    assert_eq!(steps(&lines), ["read"]);
}

#[tokio::test]
async fn a_document_that_is_not_what_we_made_is_not_finished() {
    for (name, value, reason) in [
        ("СуммаДокумента", json!(1), HoldReason::DocumentDiffers),
        ("DeletionMark", json!(true), HoldReason::DocumentDeleted),
    ] {
        let (sent, lines) = finished(|key| vec![shown(&with(key, name, value))]).await;
        assert!(
            matches!(sent.verdict, Verdict::Held { hold, .. } if hold == reason),
            "{sent:?}"
        );
        assert_eq!(steps(&lines), ["read"]);
    }
    let (sent, _) = finished(|_| vec![absent()]).await;
    let gone = HoldReason::DocumentDeleted;
    assert!(
        matches!(sent.verdict, Verdict::Held { hold, .. } if hold == gone),
        "{sent:?}"
    );
}

#[tokio::test]
async fn a_posting_that_is_refused_leaves_a_draft_and_says_why() {
    for play in [
        fault("500 Internal Server Error", -1, "Не заполнен договор"),
        fault("400 Bad Request", 11, "Не заполнен договор"),
    ] {
        let (sent, _) = finished(|key| vec![shown(&document(key)), play]).await;
        assert_eq!(
            sent.verdict,
            Verdict::Unposted {
                document_ref: Some("0000-000017".to_owned()),
                reason: "Не заполнен договор".to_owned()
            }
        );
        assert!(sent.document_key.is_some());
    }
    let lock = fault(
        "500 Internal Server Error",
        -1,
        "Конфликт блокировок при выполнении транзакции",
    );
    let (sent, _) = finished(|key| vec![shown(&document(key)), lock]).await;
    assert!(matches!(sent.verdict, Verdict::LikelyRefused { .. }), "{sent:?}");

    let (sent, _) = finished(|key| vec![shown(&document(key)), ok(""), shown(&document(key))]).await;
    assert!(matches!(sent.verdict, Verdict::Unposted { .. }), "{sent:?}");
}

#[tokio::test]
async fn a_posting_without_an_end_is_unknown_and_keeps_the_document_s_key() {
    for play in [
        Play::Hang,
        Play::Close,
        Play::Cut("{}".to_owned()),
        ok("<html>Вход</html>"),
        Play::Answer("503 Service Unavailable", String::new()),
        Play::Answer("429 Too Many Requests", String::new()),
    ] {
        let (sent, lines) = finished(|key| vec![shown(&document(key)), play]).await;
        assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
        assert!(sent.document_key.is_some());
        assert_eq!(steps(&lines), ["read", "post"]);
    }
    for play in [
        Play::Close,
        absent(),
        Play::Answer("401 Unauthorized", String::new()),
    ] {
        let (sent, _) = finished(|key| vec![shown(&document(key)), ok(""), play]).await;
        assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
        assert!(sent.document_key.is_some());
    }
    let closed = Play::Answer("401 Unauthorized", String::new());
    let (sent, _) = finished(|key| vec![shown(&document(key)), closed]).await;
    assert!(
        matches!(sent.verdict, Verdict::ConnectionRefused { .. }) && sent.document_key.is_some(),
        "{sent:?}"
    );
}

#[tokio::test]
async fn where_keys_are_not_kept_a_repeat_searches_for_our_reference() {
    let theirs = "77777777-2222-3333-4444-555555555555";
    let look_up_only = |table: &mut serde_json::Value| {
        table["class"] = json!("look_up_only");
        table["payment"]["reference"] = json!("Ссылка");
        table["refund"]["reference"] = json!("Ссылка");
    };
    let plays = vec![
        listed(&[document(theirs)]),
        shown(&document(theirs)),
        ok(""),
        shown(&posted(theirs)),
    ];
    let base = Base::with(plays, look_up_only).await;
    let sent = base.port.send(&base.repeat(&order())).await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    assert_eq!(sent.document_key.as_deref(), Some(theirs));
    let lines = base.lines();
    assert_eq!(steps(&lines), ["read", "read", "post", "read"]);
    // Ссылка eq 'Сверка 00000000-0000-0000-0000-000000000002'
    assert!(
        lines[0].starts_with(&format!("GET {DOCUMENT}?$format=json&$top=3&$select="))
            && lines[0].ends_with(
                "&$filter=%D0%A1%D1%81%D1%8B%D0%BB%D0%BA%D0%B0%20eq%20%27%D0%A1%D0%B2%D0%B5%D1%80%D0%BA%D0%B0%20\
                 00000000-0000-0000-0000-000000000002%27"
            ),
        "{}",
        lines[0]
    );

    let plays = vec![
        listed(&[]),
        created(&document(theirs)),
        ok(""),
        shown(&posted(theirs)),
    ];
    let base = Base::with(plays, look_up_only).await;
    let sent = base.port.send(&base.repeat(&order())).await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    let body = base.body(1);
    assert!(body.get("Ref_Key").is_none());
    assert_eq!(
        body["Ссылка"],
        json!("Сверка 00000000-0000-0000-0000-000000000002")
    );

    let plays = vec![listed(&[
        document(theirs),
        posted("88888888-2222-3333-4444-555555555555"),
    ])];
    let base = Base::with(plays, look_up_only).await;
    let sent = base.port.send(&base.repeat(&order())).await;
    let both = HoldReason::PossibleDuplicate;
    assert!(
        matches!(&sent.verdict, Verdict::Held { hold, documents, .. } if *hold == both && documents.len() == 2),
        "{sent:?}"
    );
}

#[tokio::test]
async fn a_mapping_that_was_mended_is_used_at_the_next_try_and_the_key_stays() {
    let wrong = Base::with(
        vec![fault("404 Not Found", 8, "нет сущности")],
        |table| {
            table["payment"]["entity"] = json!("Document_Опечатка");
        },
    )
    .await;
    let outgoing = wrong.outgoing(&order());
    let key = wrong.key(&order());
    let sent = wrong.port.send(&outgoing).await;
    assert!(matches!(sent.verdict, Verdict::Refused { .. }), "{sent:?}");

    let plays = vec![created(&document(&key)), ok(""), shown(&posted(&key))];
    let mended = Base::new(plays).await;
    let sent = mended.port.send(&outgoing).await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    assert_eq!(mended.body(0)["Ref_Key"], json!(key));

    // In doubt, the document may stand in the entity of the first try.
    let plays = vec![absent(), shown(&posted(&key))];
    let doubted = Base::new(plays).await;
    let mut repeat = outgoing;
    repeat.is_repeat = true;
    let sent = doubted.port.send(&repeat).await;
    assert!(matches!(sent.verdict, Verdict::AlreadyThere { .. }), "{sent:?}");
}
