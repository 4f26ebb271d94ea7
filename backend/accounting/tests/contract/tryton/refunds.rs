//! Money that went back: a payable payment that pays back the line which the payment made.

use serde_json::json;
use sverka_domain::delivery::{DeliveryKind, Verdict};

use super::*;

fn refund_row(state: &str, entry: Option<&str>) -> Value {
    let mut row = row(state, entry);
    row["kind"] = json!("payable");
    row["amount"] = json!({"__class__": "Decimal", "decimal": "1000.00"});
    row["line"] = json!(5);
    row
}

fn owed(reconciliation: Option<i64>) -> Play {
    result(&json!([{"id": 5, "reconciliation": reconciliation, "maturity_date": null}]))
}

#[tokio::test]
async fn it_pays_back_the_payment_s_own_line_which_is_due_only_until_then() {
    let ends = |entry| result(&json!([refund_row("succeeded", Some(entry))]));
    let plays = vec![
        ok(LOGGED_IN),
        result(&json!([row("succeeded", Some("posted"))])),
        owed(None),
        ok(DONE),
        ok(CREATED),
        ok(DONE),
        ok(DONE),
        ok(DONE),
        ok(OPENED),
        ok(PROCESSED),
        ok(DONE),
        ok(DONE),
        ends("draft"),
        ok(DONE),
        ok(DONE),
        ends("posted"),
    ];
    let server = Server::start(plays).await;
    let sent = port(settings(&server.base))
        .send(&outgoing(DeliveryKind::Refund, false))
        .await;
    let document_ref = Some("2026-1".to_owned());
    assert_eq!(sent.verdict, Verdict::Applied { document_ref });
    let calls = calls(&server);
    let methods: Vec<&str> = calls[3..8].iter().map(|(method, _)| method.as_str()).collect();
    let expected = [
        "model.account.move.line.write",
        "model.account.payment.create",
        "model.account.payment.submit",
        "model.account.move.line.write",
        "model.account.payment.approve",
    ];
    assert_eq!(methods, expected);
    assert_eq!(calls[3].1[1]["maturity_date"]["__class__"], "date");
    let values = &calls[4].1[0][0];
    assert_eq!((&values["kind"], &values["line"]), (&json!("payable"), &json!(5)));
    assert_eq!(values["amount"]["decimal"], "1000.00");
    assert_eq!(calls[6].1[..2], [json!([5]), json!({"maturity_date": null})]);
}

#[tokio::test]
async fn a_line_that_is_settled_against_an_invoice_cannot_be_paid_back() {
    let plays = vec![
        ok(LOGGED_IN),
        result(&json!([row("succeeded", Some("posted"))])),
        owed(Some(7)),
        Play::Close,
    ];
    let server = Server::start(plays).await;
    let sent = port(settings(&server.base))
        .send(&outgoing(DeliveryKind::Refund, false))
        .await;
    assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
    let calls = calls(&server);
    assert_eq!(calls[3].0, "model.account.payment.create");
    assert!(calls[3].1[0][0].get("line").is_none());
}

#[tokio::test]
async fn what_is_asked_before_a_refund_is_made_changes_nothing() {
    let server = Server::start(vec![ok(LOGGED_IN), Play::Close]).await;
    let sent = port(settings(&server.base))
        .send(&outgoing(DeliveryKind::Refund, false))
        .await;
    assert!(matches!(sent.verdict, Verdict::NotApplied { .. }), "{sent:?}");
}
