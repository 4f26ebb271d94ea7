//! The gateway's list of orders as operations of a period.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};
use sverka_app::ports::bank::{BankError, Listed};
use sverka_banks::{BankSettings, build};
use sverka_domain::registry::{Line, LineKind};

use crate::rbs_callbacks::rbs;
use crate::server::{Server, ok};

/// 2026-03-10, Moscow's midnight to midnight.
const FROM: &str = "2026-03-09T21:00:00Z";
const TO: &str = "2026-03-10T21:00:00Z";
const INSIDE: &str = "2026-03-10T09:00:00Z";
const BEFORE: &str = "2026-02-01T09:00:00Z";

fn ms(at: &str) -> i64 {
    at.parse::<Timestamp>().unwrap().as_millisecond()
}

async fn list(answer: &Value, cursor: Option<&str>) -> (Result<Listed, BankError>, BTreeMap<String, String>) {
    let server = Server::start(vec![ok(&answer.to_string())]).await;
    let mut settings = rbs(&server.base);
    settings.merchant_login = Some("club".to_owned());
    let port = build(BankSettings::Sber(settings)).unwrap();
    let listed = port
        .list(FROM.parse().unwrap(), TO.parse().unwrap(), cursor)
        .await;
    let request = server.requests().pop().unwrap_or_default();
    let (_, body) = request.split_once("\r\n\r\n").unwrap_or_default();
    (
        listed,
        url::form_urlencoded::parse(body.as_bytes())
            .into_owned()
            .collect(),
    )
}

fn order(number: &str, status: i64, paid_at: &str, deposited: i64, refunded: i64) -> Value {
    json!({
        "errorCode": "0", "orderNumber": number, "orderStatus": status, "actionCode": 0, "amount": 1000,
        "currency": "643", "date": ms(BEFORE), "authDateTime": ms(paid_at), "depositedDate": ms(paid_at),
        "authRefNum": "123456789012", "attributes": [{"name": "mdOrder", "value": format!("md-{number}")}],
        "paymentAmountInfo": {
            "approvedAmount": 1000, "depositedAmount": deposited, "refundedAmount": refunded, "feeAmount": 0
        }
    })
}

fn page(orders: &[Value], total: usize) -> Value {
    json!({"errorCode": "0", "orderStatuses": orders, "totalCount": total, "page": 0, "pageSize": 100})
}

fn told(lines: &[Line]) -> Vec<(LineKind, &str, i64)> {
    lines
        .iter()
        .map(|line| {
            (
                line.kind,
                line.order_number.as_deref().unwrap(),
                line.amount.amount,
            )
        })
        .collect()
}

#[tokio::test]
async fn a_period_is_asked_for_in_moscow_time_with_an_hour_to_spare() {
    let (_, sent) = list(&page(&[], 0), None).await;
    assert_eq!(
        (sent["from"].as_str(), sent["to"].as_str()),
        ("20260309230000", "20260311010000")
    );
    assert_eq!(sent["transactionStates"], "DEPOSITED,REVERSED,REFUNDED");
    assert_eq!((sent["page"].as_str(), sent["size"].as_str()), ("0", "100"));
    assert_eq!(
        (sent["merchants"].as_str(), sent["searchByCreatedDate"].as_str()),
        ("club", "false")
    );
    assert_eq!(sent["userName"], "club-api");
    let (_, sent) = list(&page(&[], 0), Some("back:3")).await;
    assert_eq!(
        (sent["from"].as_str(), sent["to"].as_str()),
        ("20251209230000", "20260309230001")
    );
    assert_eq!(
        (sent["transactionStates"].as_str(), sent["page"].as_str()),
        ("REVERSED,REFUNDED", "3")
    );
}

#[tokio::test]
async fn payments_refunds_and_reversals_are_lines_of_their_own() {
    let mut refunded = order("part", 4, INSIDE, 700, 300);
    refunded["refunds"] = json!([
        {"date": ms("2026-03-10T10:00:00Z"), "amount": 100, "actionCode": 0, "referenceNumber": "999"},
        {"date": ms("2026-03-10T11:00:00Z"), "amount": 200, "actionCode": 0},
        {"date": ms("2026-03-10T12:00:00Z"), "amount": 900, "actionCode": 116},
        {"date": ms("2026-03-11T12:00:00Z"), "amount": 50, "actionCode": 0},
    ]);
    let mut reversed = order("void", 3, INSIDE, 0, 0);
    reversed["reversedDate"] = json!(ms("2026-03-10T13:00:00Z"));
    let mut charged = order("paid", 2, INSIDE, 1000, 0);
    charged["paymentAmountInfo"]["feeAmount"] = json!(17);
    let orders = [charged, refunded, reversed, order("held", 1, INSIDE, 0, 0)];
    let listed = list(&page(&orders, 4), None).await.0.unwrap();
    assert_eq!(
        told(&listed.lines),
        [
            (LineKind::Payment, "paid", 1000),
            (LineKind::Payment, "part", 1000),
            (LineKind::Refund, "part", 100),
            (LineKind::Refund, "part", 200),
            (LineKind::Reversal, "void", 1000),
        ]
    );
    let lines = &listed.lines;
    assert_eq!((lines[0].fee, lines[1].fee), (Some(17), None));
    assert_eq!(lines[0].bank_order_id.as_deref(), Some("md-paid"));
    assert_eq!(
        (lines[1].rrn.as_deref(), lines[2].rrn.as_deref()),
        (Some("123456789012"), Some("999"))
    );
    assert_eq!(lines[0].at, INSIDE.parse().unwrap());
    assert_eq!(lines[4].at, "2026-03-10T13:00:00Z".parse().unwrap());
}

#[tokio::test]
async fn a_refund_of_an_older_payment_is_found_in_the_second_pass_only() {
    let mut old = order("old", 4, BEFORE, 0, 1000);
    old["refundedDate"] = json!(ms(INSIDE));
    let both = page(&[old, order("fresh", 4, INSIDE, 0, 1000)], 2);
    let first = list(&both, None).await.0.unwrap();
    assert_eq!(
        told(&first.lines),
        [
            (LineKind::Payment, "fresh", 1000),
            (LineKind::Refund, "fresh", 1000)
        ]
    );
    assert_eq!(first.next.as_deref(), Some("back:0"));
    let second = list(&both, first.next.as_deref()).await.0.unwrap();
    assert_eq!(told(&second.lines), [(LineKind::Refund, "old", 1000)]);
    assert_eq!(second.next, None);
}

#[tokio::test]
async fn the_end_of_a_period_belongs_to_the_next_one() {
    let orders = [order("first", 2, FROM, 1000, 0), order("next", 2, TO, 1000, 0)];
    let listed = list(&page(&orders, 2), None).await.0.unwrap();
    assert_eq!(told(&listed.lines), [(LineKind::Payment, "first", 1000)]);
}

#[tokio::test]
async fn pages_go_on_until_all_orders_are_seen() {
    let orders: Vec<_> = (0..100)
        .map(|n| order(&n.to_string(), 2, INSIDE, 1000, 0))
        .collect();
    let first = list(&page(&orders, 150), None).await.0.unwrap();
    assert_eq!((first.lines.len(), first.next.as_deref()), (100, Some("paid:1")));
    let second = list(&page(&orders[..50], 150), first.next.as_deref())
        .await
        .0
        .unwrap();
    assert_eq!((second.lines.len(), second.next.as_deref()), (50, Some("back:0")));
}

/// The gateway answered so in 2016: captured 100 of 1000, given back; and a payment that was voided.
#[tokio::test]
async fn a_recorded_answer_is_read() {
    let sample: Value = serde_json::from_str(include_str!("../fixtures/rbs_last_orders.json")).unwrap();
    let server = Server::start(vec![ok(&sample["body"].to_string())]).await;
    let port = build(BankSettings::Alfa(rbs(&server.base))).unwrap();
    let (from, to) = (
        "2016-09-29T00:00:00Z".parse().unwrap(),
        "2016-10-05T00:00:00Z".parse().unwrap(),
    );
    let listed = port.list(from, to, None).await.unwrap();
    assert_eq!(
        told(&listed.lines),
        [
            (LineKind::Payment, "package_4", 100),
            (LineKind::Refund, "package_4", 100),
            (LineKind::Reversal, "package_6", 1000),
        ]
    );
    assert!(
        listed
            .lines
            .iter()
            .all(|line| line.amount.currency.as_str() == "RUB")
    );
}

#[tokio::test]
async fn a_list_that_is_none_is_not_taken_for_an_empty_one() {
    let refused = json!({"errorCode": "5", "errorMessage": "Доступ запрещён"});
    assert_eq!(
        list(&refused, None).await.0,
        Err(BankError::Refused("Доступ запрещён".to_owned()))
    );
    let failing = json!({"errorCode": 7});
    assert_eq!(
        list(&failing, None).await.0,
        Err(BankError::Unavailable("errorCode 7".to_owned()))
    );
    let mut undated = order("x", 2, INSIDE, 1000, 0);
    for name in ["date", "authDateTime", "depositedDate"] {
        undated.as_object_mut().unwrap().remove(name);
    }
    let mut unreadable = order("x", 2, INSIDE, 1000, 0);
    unreadable["amount"] = json!("10.00");
    for odd in [undated, unreadable] {
        let listed = list(&page(&[odd], 1), None).await.0;
        assert!(matches!(listed, Err(BankError::Unavailable(_))), "{listed:?}");
    }
    assert!(matches!(
        list(&page(&[], 0), Some("nonsense")).await.0,
        Err(BankError::Refused(_))
    ));
}
