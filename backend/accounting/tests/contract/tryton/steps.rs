//! The way into the ledger, from the beginning and from every place where it may have stopped.

use serde_json::json;
use sverka_app::ports::accounting::Class;
use sverka_domain::delivery::{DeliveryKind, HoldReason, Verdict};

use super::*;

fn whole_way() -> Vec<Play> {
    let ends = |entry| result(&json!([row("succeeded", Some(entry))]));
    vec![
        ok(LOGGED_IN),
        ok(CREATED),
        ok(DONE),
        ok(OPENED),
        ok(PROCESSED),
        ok(DONE),
        ok(DONE),
        ends("draft"),
        ok(DONE),
        ok(DONE),
        ends("posted"),
    ]
}

#[tokio::test]
async fn a_payment_is_made_and_brought_to_a_posted_entry() {
    let server = Server::start(whole_way()).await;
    let sent = port(settings(&server.base))
        .send(&outgoing(DeliveryKind::Payment, false))
        .await;
    let document_ref = Some("2026-1".to_owned());
    assert_eq!(sent.verdict, Verdict::Applied { document_ref });
    assert_eq!(sent.document_key.as_deref(), Some("account.payment,2"));
    let calls = calls(&server);
    let methods: Vec<&str> = calls.iter().map(|(method, _)| method.as_str()).collect();
    let expected = [
        "common.db.login",
        "model.account.payment.create",
        "model.account.payment.submit",
        "wizard.account.payment.process.create",
        "wizard.account.payment.process.execute",
        "wizard.account.payment.process.delete",
        "model.account.payment.succeed",
        "model.account.payment.search_read",
        "model.account.move.write",
        "model.account.move.post",
        "model.account.payment.search_read",
    ];
    assert_eq!(methods, expected);
    // The client paid at 22:13 UTC, which is the next day in Moscow.
    let day = json!({"__class__": "date", "year": 2023, "month": 11, "day": 15});
    let values = json!({
        "company": 1, "journal": 1, "kind": "receivable", "party": 2, "reference": KEY, "date": day,
        "amount": {"__class__": "Decimal", "decimal": "4990.00"},
    });
    assert_eq!(calls[1].1, [json!([values]), json!({"company": 1})]);
    assert_eq!(calls[2].1, [json!([2]), json!({"company": 1})]);
    let chosen = json!({"company": 1, "active_model": "account.payment", "active_id": 2, "active_ids": [2]});
    assert_eq!(calls[4].1, [json!(4), json!({}), json!("process"), chosen]);
    assert_eq!(
        calls[6].1,
        [json!([2]), json!({"company": 1, "clearing_date": day})]
    );
    let words = calls[8].1[1]["description"].as_str().unwrap();
    assert!(words.contains("A-1") && words.contains("md-000777") && words.contains("вручную не вводить"));
    for request in server.requests() {
        assert!(
            request.to_lowercase().contains("accept-encoding: gzip"),
            "{request}"
        );
    }
    let header = "Session cGF5bWVudHMtYXBpOjQ6MzQzOTFmZDg0Mzg5NjE3M2JjMzAzOTA1ZWVlZjU4M2U=";
    assert!(server.requests()[1].contains(header));
}

#[tokio::test]
async fn it_goes_on_where_it_stopped() {
    let posted = || result(&json!([row("succeeded", Some("posted"))]));
    let ends = || {
        vec![
            result(&json!([row("succeeded", Some("draft"))])),
            ok(DONE),
            ok(DONE),
            posted(),
        ]
    };
    let process = || vec![ok(OPENED), ok(PROCESSED), ok(DONE)];
    for (found, then, first) in [
        (
            row("draft", None),
            [vec![ok(DONE)], process(), vec![ok(DONE)], ends()].concat(),
            "model.account.payment.submit",
        ),
        (
            row("submitted", None),
            [process(), vec![ok(DONE)], ends()].concat(),
            "wizard.account.payment.process.create",
        ),
        (
            row("processing", None),
            [vec![ok(DONE)], ends()].concat(),
            "model.account.payment.succeed",
        ),
        (
            row("succeeded", Some("draft")),
            vec![ok(DONE), ok(DONE), posted()],
            "model.account.move.write",
        ),
    ] {
        let plays = [vec![ok(LOGGED_IN), result(&json!([found]))], then].concat();
        let server = Server::start(plays.clone()).await;
        let sent = port(settings(&server.base))
            .finish(&outgoing(DeliveryKind::Payment, true), "account.payment,2")
            .await;
        let document_ref = Some("2026-1".to_owned());
        assert_eq!(sent.verdict, Verdict::Applied { document_ref }, "{first}");
        let methods = methods(&server);
        assert_eq!(methods[2], first);
        assert_eq!(methods.len(), plays.len(), "nothing is done twice: {methods:?}");
    }
}

#[tokio::test]
async fn a_repeat_reads_first_and_makes_nothing_where_it_is_there() {
    let there = result(&json!([row("succeeded", Some("posted"))]));
    let server = Server::start(vec![ok(LOGGED_IN), there]).await;
    let sent = port(settings(&server.base))
        .send(&outgoing(DeliveryKind::Payment, true))
        .await;
    let document_ref = Some("2026-1".to_owned());
    assert_eq!(sent.verdict, Verdict::AlreadyThere { document_ref });
    assert_eq!(sent.document_key.as_deref(), Some("account.payment,2"));
    assert_eq!(
        methods(&server),
        ["common.db.login", "model.account.payment.search_read"]
    );
}

#[tokio::test]
async fn what_is_there_is_not_posted_unless_it_is_the_same_payment() {
    let mut other_sum = row("draft", None);
    other_sum["amount"] = json!({"__class__": "Decimal", "decimal": "4990.01"});
    let mut other_client = row("draft", None);
    other_client["party"] = json!(5);
    for (rows, reason) in [
        (json!([other_sum]), HoldReason::DocumentDiffers),
        (json!([other_client]), HoldReason::DocumentDiffers),
        (json!([row("failed", None)]), HoldReason::DocumentDeleted),
    ] {
        let server = Server::start(vec![ok(LOGGED_IN), result(&rows)]).await;
        let sent = port(settings(&server.base))
            .finish(&outgoing(DeliveryKind::Payment, true), "account.payment,2")
            .await;
        let Verdict::Held { hold, documents, .. } = sent.verdict else {
            panic!("{sent:?}")
        };
        assert_eq!((hold, documents.len()), (reason, 1));
        assert_eq!(methods(&server).len(), 2, "nothing was changed");
    }
}

#[tokio::test]
async fn two_payments_under_our_key_are_for_a_person() {
    let rows = json!([row("draft", None), row("draft", None)]);
    let server = Server::start(vec![ok(LOGGED_IN), result(&rows)]).await;
    let sent = port(settings(&server.base))
        .send(&outgoing(DeliveryKind::Payment, true))
        .await;
    let Verdict::Held { hold, documents, .. } = sent.verdict else {
        panic!("{sent:?}")
    };
    assert_eq!((hold, documents.len()), (HoldReason::PossibleDuplicate, 2));
}

#[tokio::test]
async fn a_draft_that_somebody_deleted_is_for_a_person() {
    let server = Server::start(vec![ok(LOGGED_IN), ok(NOTHING)]).await;
    let sent = port(settings(&server.base))
        .finish(&outgoing(DeliveryKind::Payment, true), "account.payment,2")
        .await;
    assert!(
        matches!(
            sent.verdict,
            Verdict::Held {
                hold: HoldReason::DocumentDeleted,
                ..
            }
        ),
        "{sent:?}"
    );
}

#[tokio::test]
async fn a_duplicate_key_is_our_own_payment() {
    let taken = r#"{"id":1,"error":["duplicate key value violates unique constraint \"account_payment_reference_unique\"\nDETAIL:  Key (company, reference)=(1, u-1) already exists.",""]}"#;
    let there = result(&json!([row("succeeded", Some("posted"))]));
    let server = Server::start(vec![ok(LOGGED_IN), ok(taken), there]).await;
    let sent = port(settings(&server.base))
        .send(&outgoing(DeliveryKind::Payment, false))
        .await;
    assert!(matches!(sent.verdict, Verdict::AlreadyThere { .. }), "{sent:?}");
}

#[tokio::test]
async fn a_step_that_an_earlier_request_took_meanwhile_is_taken() {
    let refused = r#"You can not call "submit" on "2 [gw-a1]" of "Account Payment"."#;
    let plays = vec![
        ok(LOGGED_IN),
        result(&json!([row("draft", None)])),
        user_error(refused),
        result(&json!([row("succeeded", Some("posted"))])),
    ];
    let server = Server::start(plays).await;
    let sent = port(settings(&server.base))
        .finish(&outgoing(DeliveryKind::Payment, true), "account.payment,2")
        .await;
    assert!(matches!(sent.verdict, Verdict::AlreadyThere { .. }), "{sent:?}");
}

#[test]
fn the_class_is_what_the_configuration_says() {
    let mut with_index = settings("http://127.0.0.1:1/");
    with_index.unique_reference = true;
    assert_eq!(port(with_index).profile().class, Class::KeyEnforced);
    let without = port(settings("http://127.0.0.1:1/")).profile();
    assert_eq!(
        (without.class, without.settling.as_secs()),
        (Class::LookUpOnly, 180)
    );
    let mut slow = settings("http://127.0.0.1:1/");
    (slow.timeout_seconds, slow.try_timeout_seconds) = (Some(200), Some(300));
    assert_eq!(port(slow).profile().settling.as_secs(), 400);
}
