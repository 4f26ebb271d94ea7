//! A payment in the deal itself, which carries neither a sum nor a key of ours.

use serde_json::{Value, json};
use sverka_accounting::{Bitrix24Settings, PaymentRoad};
use sverka_domain::delivery::{HoldReason, Verdict};

use super::{calls, deals, error, methods, outgoing, payment_order, port, result, settings};
use crate::server::{Play, Server};

fn road(server: &Server) -> Bitrix24Settings {
    Bitrix24Settings {
        payments: PaymentRoad::Deal,
        pay_system_id: None,
        ..settings(server)
    }
}

fn rows(rows: &[(u64, f64, f64)]) -> Play {
    let rows: Vec<Value> = rows
        .iter()
        .map(|(id, price, quantity)| json!({"id": id, "price": price, "quantity": quantity}))
        .collect();
    result(json!({"productRows": rows}))
}

/// A payment as `crm.item.payment.get` shows it.
fn short(sum: f64, paid: &str) -> Play {
    result(json!({
        "id": 1036, "accountNumber": "3653/1", "paid": paid, "datePaid": null, "empPaidId": null, "paySystemId": 6,
        "sum": sum, "currency": "RUB", "paySystemName": "Наличные",
    }))
}

#[tokio::test]
async fn a_payment_is_made_filled_made_sure_of_and_then_paid() {
    let server = Server::start(vec![
        deals(&[10]),
        rows(&[(17587, 1500.0, 2.0), (17588, 1500.0, 1.0)]),
        result(json!(1036)),
        result(json!(1)),
        result(json!(2)),
        short(4500.0, "N"),
        result(json!(true)),
    ])
    .await;
    let port = port(road(&server));
    let sent = port.send(&outgoing(port.as_ref(), &payment_order(), false)).await;
    assert_eq!(
        sent.verdict,
        Verdict::Applied {
            document_ref: Some("3653/1".to_owned())
        }
    );
    assert_eq!(sent.document_key.as_deref(), Some("1036"));
    assert_eq!(
        methods(&server),
        [
            "crm.item.list",
            "crm.item.productrow.list",
            "crm.item.payment.add",
            "crm.item.payment.product.add",
            "crm.item.payment.product.add",
            "crm.item.payment.get",
            "crm.item.payment.pay",
        ]
    );
    let calls = calls(&server);
    assert_eq!(calls[2].1, json!({"entityId": 10, "entityTypeId": 2}));
    assert_eq!(calls[3].1["quantity"].as_f64(), Some(2.0));
}

#[tokio::test]
async fn products_of_another_sum_make_no_payment() {
    let server = Server::start(vec![deals(&[10]), rows(&[(17587, 1500.0, 2.0)])]).await;
    let port = port(road(&server));
    let sent = port.send(&outgoing(port.as_ref(), &payment_order(), false)).await;
    assert!(matches!(sent.verdict, Verdict::Refused { .. }), "{sent:?}");
    assert!(sent.verdict.reason().unwrap().contains("4500.00 RUB"));
    assert_eq!(methods(&server).len(), 2, "nothing was made");
}

#[tokio::test]
async fn a_payment_that_came_to_another_sum_is_not_paid() {
    let server = Server::start(vec![
        deals(&[10]),
        rows(&[(17587, 4500.0, 1.0)]),
        result(json!(1036)),
        result(json!(1)),
        short(4000.0, "N"),
    ])
    .await;
    let port = port(road(&server));
    let sent = port.send(&outgoing(port.as_ref(), &payment_order(), false)).await;
    assert!(
        matches!(
            sent.verdict,
            Verdict::Held {
                hold: HoldReason::DocumentDiffers,
                ..
            }
        ),
        "{sent:?}"
    );
    assert_eq!(sent.document_key.as_deref(), Some("1036"));
    assert_eq!(methods(&server).len(), 5);
}

#[tokio::test]
async fn what_breaks_off_after_the_payment_was_made_keeps_its_number() {
    let made = || vec![deals(&[10]), rows(&[(17587, 4500.0, 1.0)]), result(json!(1036))];
    let cases: [(Vec<Play>, &str); 3] = [
        (vec![Play::Close], "unknown"),
        (vec![result(json!(1)), short(4500.0, "N"), Play::Hang], "unknown"),
        (
            vec![
                result(json!(1)),
                short(4500.0, "N"),
                error("400 Bad Request", json!("0"), "Недостаточно прав"),
            ],
            "unposted",
        ),
    ];
    for (then, verdict) in cases {
        let mut plays = made();
        plays.extend(then);
        let server = Server::start(plays).await;
        let port = port(road(&server));
        let sent = port.send(&outgoing(port.as_ref(), &payment_order(), false)).await;
        assert_eq!(sent.verdict.name(), verdict, "{sent:?}");
        assert_eq!(sent.document_key.as_deref(), Some("1036"));
    }
}

#[tokio::test]
async fn a_draft_is_gone_on_with_from_where_it_stands() {
    let server = Server::start(vec![
        short(0.0, "N"),
        deals(&[10]),
        rows(&[(17587, 4500.0, 1.0)]),
        result(json!(1)),
        short(4500.0, "N"),
        result(json!(true)),
    ])
    .await;
    let empty = port(road(&server));
    let sent = empty
        .finish(&outgoing(empty.as_ref(), &payment_order(), true), "1036")
        .await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");

    let server = Server::start(vec![short(4500.0, "N"), short(4500.0, "N"), result(json!(true))]).await;
    let filled = port(road(&server));
    let sent = filled
        .finish(&outgoing(filled.as_ref(), &payment_order(), true), "1036")
        .await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    assert!(!methods(&server).contains(&"crm.item.payment.add".to_owned()));

    let server = Server::start(vec![short(4500.0, "Y")]).await;
    let paid = port(road(&server));
    let sent = paid
        .finish(&outgoing(paid.as_ref(), &payment_order(), true), "1036")
        .await;
    assert!(matches!(sent.verdict, Verdict::AlreadyThere { .. }), "{sent:?}");
}
