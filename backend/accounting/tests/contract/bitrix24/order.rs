//! A payment in the order of a deal.

use serde_json::{Value, json};
use sverka_accounting::{Bitrix24Settings, RefundRoad};
use sverka_domain::delivery::{HoldReason, Verdict};

use super::{
    KEY, calls, deals, error, methods, orders, outgoing, payment, payment_order, port, refund_order, result,
    settings,
};
use crate::server::{Play, Server};

fn applied(number: &str) -> Verdict {
    Verdict::Applied {
        document_ref: Some(number.to_owned()),
    }
}

#[tokio::test]
async fn a_payment_is_made_and_paid_by_one_request_under_our_key_and_sum() {
    let server = Server::start(vec![
        deals(&[10]),
        orders(&[200]),
        result(json!({"payment": payment(144, "4500", "Y")})),
    ])
    .await;
    let port = port(settings(&server));
    let sent = port.send(&outgoing(port.as_ref(), &payment_order(), false)).await;
    assert_eq!(sent.verdict, applied("200/144"));
    assert_eq!(sent.document_key.as_deref(), Some("144"));
    let calls = calls(&server);
    assert_eq!(
        calls[0].1["filter"],
        json!({"=originId": "A-1"}),
        "the deal is found by the order number"
    );
    assert_eq!(calls[1].1["filter"], json!({"=ownerId": 10, "=ownerTypeId": 2}));
    let (method, body) = &calls[2];
    assert_eq!(method, "sale.payment.add");
    let fields = &body["fields"];
    assert_eq!(fields["orderId"], 200);
    assert_eq!(fields["paySystemId"], 6);
    assert_eq!(fields["sum"].to_string(), "4500.0");
    assert_eq!(
        (&fields["currency"], &fields["paid"]),
        (&json!("RUB"), &json!("Y"))
    );
    assert_eq!(
        (&fields["xmlId"], &fields["psInvoiceId"]),
        (&json!(KEY), &json!("md-1"))
    );
    assert_eq!(fields["payVoucherNum"], "123456789012");
    assert_eq!(fields["datePaid"], "2023-11-14T22:13:20+00:00");
    assert!(fields["comments"].as_str().unwrap().contains("A-1"));
}

#[tokio::test]
async fn a_repeat_reads_first_and_makes_no_second() {
    let server = Server::start(vec![result(json!({"payments": [payment(144, "4500", "Y")]}))]).await;
    let port = port(settings(&server));
    let sent = port.send(&outgoing(port.as_ref(), &payment_order(), true)).await;
    assert_eq!(
        sent.verdict,
        Verdict::AlreadyThere {
            document_ref: Some("200/144".to_owned())
        }
    );
    assert_eq!(methods(&server), ["sale.payment.list"]);
}

#[tokio::test]
async fn a_payment_that_stayed_unpaid_is_only_paid() {
    for is_finished in [false, true] {
        let unpaid = payment(144, "4500", "N");
        let first = if is_finished {
            result(json!({"payment": unpaid}))
        } else {
            result(json!({"payments": [unpaid]}))
        };
        let server = Server::start(vec![first, result(json!({"payment": payment(144, "4500", "Y")}))]).await;
        let port = port(settings(&server));
        let outgoing = outgoing(port.as_ref(), &payment_order(), true);
        let sent = if is_finished {
            port.finish(&outgoing, "144").await
        } else {
            port.send(&outgoing).await
        };
        assert_eq!(sent.verdict, applied("200/144"));
        assert_eq!(methods(&server)[1], "sale.payment.update");
        assert_eq!(calls(&server)[1].1["fields"]["paid"], "Y");
    }
}

#[tokio::test]
async fn a_last_step_that_is_refused_leaves_a_document_and_its_words() {
    let server = Server::start(vec![
        result(json!({"payment": payment(144, "4500", "N")})),
        error("400 Bad Request", json!(0), "Заказ закрыт"),
    ])
    .await;
    let port = port(settings(&server));
    let sent = port
        .finish(&outgoing(port.as_ref(), &payment_order(), true), "144")
        .await;
    assert_eq!(
        sent.verdict,
        Verdict::Unposted {
            document_ref: Some("200/144".to_owned()),
            reason: "Заказ закрыт (0)".to_owned()
        }
    );
    assert_eq!(sent.document_key.as_deref(), Some("144"));
}

#[tokio::test]
async fn another_sum_under_our_key_is_for_a_person() {
    let server = Server::start(vec![result(json!({"payments": [payment(144, "4499", "Y")]}))]).await;
    let port = port(settings(&server));
    let sent = port.send(&outgoing(port.as_ref(), &payment_order(), true)).await;
    let Verdict::Held { hold, documents, .. } = sent.verdict else {
        panic!("{sent:?}")
    };
    assert_eq!(hold, HoldReason::DocumentDiffers);
    assert_eq!(documents[0].amount.unwrap().amount, 449_900);
    assert_eq!(methods(&server).len(), 1, "nothing is paid");
}

#[tokio::test]
async fn an_answer_about_another_payment_is_unknown() {
    let mut other = payment(144, "4500", "Y");
    other["xmlId"] = json!("");
    let server = Server::start(vec![
        deals(&[10]),
        orders(&[200]),
        result(json!({"payment": other})),
    ])
    .await;
    let port = port(settings(&server));
    let sent = port.send(&outgoing(port.as_ref(), &payment_order(), false)).await;
    assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
}

#[tokio::test]
async fn without_exactly_one_deal_and_one_order_nothing_is_made() {
    let refused: [(Vec<Play>, &str); 4] = [
        (vec![deals(&[])], "there is no deal whose originId is A-1"),
        (vec![deals(&[10, 11])], "there are 2 deals whose originId is A-1"),
        (
            vec![deals(&[10]), orders(&[])],
            "deal 10 has 0 orders; one is needed",
        ),
        (
            vec![deals(&[10]), orders(&[200, 201])],
            "deal 10 has 2 orders; one is needed",
        ),
    ];
    for (plays, words) in refused {
        let server = Server::start(plays).await;
        let port = port(settings(&server));
        let sent = port.send(&outgoing(port.as_ref(), &payment_order(), false)).await;
        assert_eq!(
            sent.verdict,
            Verdict::Refused {
                reason: words.to_owned()
            }
        );
    }
}

#[tokio::test]
async fn a_filter_that_is_not_applied_is_noticed() {
    let row = json!({"id": 10, "title": "чужая", "originId": "B-2"});
    let server = Server::start(vec![result(json!({"items": [row]}))]).await;
    let port = port(settings(&server));
    let sent = port.send(&outgoing(port.as_ref(), &payment_order(), false)).await;
    assert!(matches!(sent.verdict, Verdict::NotApplied { .. }), "{sent:?}");
    assert!(sent.verdict.reason().unwrap().contains("filter"));
}

#[tokio::test]
async fn refunds_are_a_persons_unless_a_whole_one_may_be_marked() {
    let server = Server::start(vec![result(Value::Null)]).await;
    let by_hand = port(settings(&server));
    let sent = by_hand
        .send(&outgoing(by_hand.as_ref(), &refund_order(450_000), false))
        .await;
    assert!(matches!(sent.verdict, Verdict::Refused { .. }));
    assert!(server.requests().is_empty());

    let unpaying = |server: &Server| Bitrix24Settings {
        refunds: RefundRoad::Unpay,
        ..settings(server)
    };
    let server = Server::start(vec![
        result(json!({"payment": payment(144, "4500", "Y")})),
        result(json!({"payment": payment(144, "4500", "N")})),
    ])
    .await;
    let whole = port(unpaying(&server));
    let sent = whole
        .send(&outgoing(whole.as_ref(), &refund_order(450_000), false))
        .await;
    assert_eq!(sent.verdict, applied("200/144"));
    assert_eq!(sent.document_key, None, "the document is the payment's");
    assert_eq!(calls(&server)[1].1["fields"]["paid"], "N");

    let server = Server::start(vec![result(json!({"payment": payment(144, "4500", "Y")}))]).await;
    let part = port(unpaying(&server));
    let sent = part
        .send(&outgoing(part.as_ref(), &refund_order(100_000), false))
        .await;
    assert!(matches!(sent.verdict, Verdict::Refused { .. }));
    assert_eq!(methods(&server), ["sale.payment.get"]);

    let server = Server::start(vec![result(json!({"payment": payment(144, "4500", "N")}))]).await;
    let again = port(unpaying(&server));
    let sent = again
        .send(&outgoing(again.as_ref(), &refund_order(450_000), true))
        .await;
    assert!(matches!(sent.verdict, Verdict::AlreadyThere { .. }));
}
