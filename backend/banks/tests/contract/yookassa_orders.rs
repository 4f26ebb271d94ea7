//! YooKassa: payments created, and operations listed.

use jiff::Timestamp;
use serde_json::{Value, json};
use sverka_app::ports::bank::{BankError, NewOrder, Registered};
use sverka_domain::money::{Currency, Money};
use sverka_domain::registry::{Line, LineKind};

use crate::rbs_register::new_order;
use crate::server::{Play, Server, ok};
use crate::yookassa_answers::payment;
use crate::yookassa_callbacks::port;

const ID: &str = "22e12f66-000f-5000-8000-18db351245c7";

fn created() -> Value {
    let mut told = payment(ID, "pending");
    told["confirmation"] =
        json!({"type": "redirect", "confirmation_url": "https://yoomoney.example/checkout?orderId=22e12f66"});
    told
}

async fn create(order: &NewOrder, plays: Vec<Play>) -> (Result<Registered, BankError>, Vec<String>) {
    let server = Server::start(plays).await;
    let registered = port(&server.base).register(order).await;
    (registered, server.requests())
}

#[tokio::test]
async fn a_payment_is_created_under_our_key() {
    let order = NewOrder {
        description: Some("Ж".repeat(200)),
        ..new_order()
    };
    let (registered, requests) = create(&order, vec![ok(&created().to_string())]).await;
    let expected = Registered {
        bank_order_id: Some(ID.to_owned()),
        payment_url: "https://yoomoney.example/checkout?orderId=22e12f66".to_owned(),
    };
    assert_eq!(registered, Ok(expected));
    assert_eq!(requests.len(), 1);
    let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /payments "));
    let head = head.to_ascii_lowercase();
    assert!(
        head.contains("idempotence-key: 01989f2e-0000-7000-8000-000000000001"),
        "{head}"
    );
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        body,
        json!({
            "amount": {"value": "4500.00", "currency": "RUB"}, "capture": true, "description": "Ж".repeat(128),
            "confirmation": {"type": "redirect", "return_url": "https://club.example/back?a=1"},
            "metadata": {"order_number": "A-1"}
        })
    );
}

#[tokio::test]
async fn a_repeat_is_the_same_request_whatever_the_time() {
    assert!(port("http://127.0.0.1:1/").abilities().repeats_registration);
    let later = NewOrder {
        now: "2026-01-01T00:00:00Z".parse().unwrap(),
        ..new_order()
    };
    let (_, first) = create(&new_order(), vec![ok(&created().to_string())]).await;
    let (_, second) = create(&later, vec![ok(&created().to_string())]).await;
    let body = |requests: &[String]| requests[0].split_once("\r\n\r\n").unwrap().1.to_owned();
    assert_eq!(body(&first), body(&second));
}

#[tokio::test]
async fn a_cancelled_payment_is_refused_with_its_reason() {
    let mut told = payment(ID, "canceled");
    told["cancellation_details"] = json!({"party": "yoo_money", "reason": "fraud_suspected"});
    let (registered, _) = create(&new_order(), vec![ok(&told.to_string())]).await;
    assert_eq!(
        registered,
        Err(BankError::Refused(
            "подозрение на мошенничество (fraud_suspected)".to_owned()
        ))
    );
}

#[tokio::test]
async fn without_a_clear_answer_the_payment_may_exist() {
    let mut odd = created();
    odd["confirmation"]["confirmation_url"] = "javascript:1".into();
    for play in [
        Play::Hang,
        Play::Close,
        Play::Answer("500 Internal Server Error", String::new()),
        Play::Answer("202 Accepted", "{}".to_owned()),
        ok("{}"),
        ok(&payment(ID, "pending").to_string()),
        ok(&odd.to_string()),
    ] {
        let (registered, requests) = create(&new_order(), vec![play]).await;
        assert!(
            matches!(registered, Err(BankError::Unavailable(_))),
            "{registered:?}"
        );
        assert_eq!(requests.len(), 1);
    }
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[tokio::test]
async fn payments_and_then_refunds_of_a_period_are_listed() {
    let mut paid = payment(ID, "succeeded");
    paid["income_amount"] = json!({"value": "9.65", "currency": "RUB"});
    let mut earlier = payment("22e12f66-000f-5000-8000-000000000001", "succeeded");
    earlier["captured_at"] = "2023-11-13T00:00:00Z".into();
    let waiting = payment("22e12f66-000f-5000-8000-000000000002", "waiting_for_capture");
    let refund = json!({
        "id": "216749f7-0016-50be-b000-078d43a63ae4", "payment_id": ID, "status": "succeeded",
        "amount": {"value": "3.01", "currency": "RUB"}, "created_at": "2023-11-14T23:00:00.000Z"
    });
    let plays = vec![
        ok(&json!({"type": "list", "items": [paid, earlier, waiting], "next_cursor": "c-1"}).to_string()),
        ok(&json!({"type": "list", "items": []}).to_string()),
        ok(&json!({"type": "list", "items": [refund], "next_cursor": "c-2"}).to_string()),
        ok(&json!({"type": "list", "items": []}).to_string()),
    ];
    let server = Server::start(plays).await;
    let port = port(&server.base);
    assert!(port.abilities().lists.is_some());
    let (from, to) = (time("2023-11-14T00:00:00Z"), time("2023-11-15T00:00:00Z"));
    let (mut lines, mut cursor) = (Vec::new(), None);
    loop {
        let page = port.list(from, to, cursor.as_deref()).await.unwrap();
        lines.extend(page.lines);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let expected = [
        Line {
            kind: LineKind::Payment,
            bank_order_id: Some(ID.to_owned()),
            order_number: Some("A-1".to_owned()),
            rrn: Some("10000000000".to_owned()),
            amount: Money::new(1000, Currency::RUB),
            fee: Some(35),
            at: time("2023-11-14T22:15:00Z"),
        },
        Line {
            kind: LineKind::Refund,
            bank_order_id: Some(ID.to_owned()),
            order_number: None,
            rrn: None,
            amount: Money::new(301, Currency::RUB),
            fee: None,
            at: time("2023-11-14T23:00:00Z"),
        },
    ];
    assert_eq!(lines, expected);
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    assert!(requests[0].starts_with(
        "GET /payments?captured_at.gte=2023-11-14T00%3A00%3A00Z&captured_at.lt=2023-11-15T00%3A00%3A00Z&status=succeeded&limit=100 "
    ));
    assert!(requests[1].contains("&cursor=c-1 "));
    assert!(requests[2].starts_with("GET /refunds?created_at.gte=2023-11-14T00%3A00%3A00Z&"));
    assert!(requests[3].contains("&cursor=c-2 "));
}

#[tokio::test]
async fn a_cursor_that_is_not_ours_is_refused() {
    let at = time("2023-11-14T00:00:00Z");
    for cursor in ["x", "payouts:1"] {
        let listed = port("http://127.0.0.1:1/").list(at, at, Some(cursor)).await;
        assert!(matches!(listed, Err(BankError::Refused(_))));
    }
}
