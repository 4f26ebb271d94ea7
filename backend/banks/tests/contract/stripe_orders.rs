//! Stripe: orders to register, and the operations of a period.

use serde_json::json;
use sverka_app::ports::bank::{BankError, Registered};
use sverka_domain::money::Money;
use sverka_domain::registry::LineKind;

use crate::rbs_register::new_order;
use crate::server::{Play, Server, ok};
use crate::stripe_answers::{intent, session};
use crate::stripe_callbacks::{port, stripe};

#[tokio::test]
async fn a_session_is_made_once_for_a_key() {
    let server = Server::start(vec![ok(&session(|_| {}).to_string())]).await;
    let port = port(&server.base);
    assert!(port.abilities().repeats_registration);
    let mut order = new_order();
    order.valid_until = Some(order.now + jiff::SignedDuration::from_hours(2));
    assert_eq!(
        port.register(&order).await,
        Ok(Registered {
            bank_order_id: Some("cs_test_1".to_owned()),
            payment_url: "https://checkout.stripe.com/c/pay/cs_test_1".to_owned(),
        })
    );
    let request = server.requests().remove(0);
    assert!(request.starts_with("POST /v1/checkout/sessions "));
    assert!(
        request
            .to_lowercase()
            .contains("idempotency-key: 01989f2e-0000-7000-8000-000000000001")
    );
    let (_, body) = request.split_once("\r\n\r\n").unwrap();
    let sent: Vec<(String, String)> = url::form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .collect();
    let value = |wanted: &str| {
        let found = sent.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str())
    };
    assert_eq!(value("client_reference_id"), Some("A-1"));
    assert_eq!(value("payment_intent_data[metadata][order_number]"), Some("A-1"));
    assert_eq!(value("line_items[0][price_data][unit_amount]"), Some("450000"));
    assert_eq!(value("line_items[0][price_data][currency]"), Some("rub"));
    assert_eq!(value("expires_at"), Some("7200"));
    assert_eq!(value("payment_intent_data[capture_method]"), None);
}

#[tokio::test]
async fn a_hold_is_captured_by_the_merchant_and_a_currency_without_minor_units_is_sent_whole() {
    let server = Server::start(vec![ok(&session(|_| {}).to_string())]).await;
    let mut settings = stripe(&server.base, None);
    settings.hold = Some(true);
    let port = sverka_banks::build(sverka_banks::BankSettings::Stripe(settings)).unwrap();
    let mut order = new_order();
    order.amount = Money::new(500, "JPY".parse().unwrap());
    port.register(&order).await.unwrap();
    let request = server.requests().remove(0);
    assert!(request.contains("capture_method%5D=manual"));
    assert!(request.contains("unit_amount%5D=500&"));
    assert!(request.contains("currency%5D=jpy&"));
}

#[tokio::test]
async fn a_registration_without_a_clear_answer_may_be_repeated() {
    let reused = r#"{"error":{"type":"idempotency_error","message":"Keys for idempotent requests can only be used with the same parameters"}}"#;
    for play in [
        Play::Hang,
        Play::Close,
        ok("{}"),
        ok(r#"{"url":"javascript:1"}"#),
        Play::Answer("400 Bad Request", reused.to_owned()),
    ] {
        let server = Server::start(vec![play]).await;
        let registered = port(&server.base).register(&new_order()).await;
        assert!(
            matches!(registered, Err(BankError::Unavailable(_))),
            "{registered:?}"
        );
    }
}

#[tokio::test]
async fn a_period_is_listed_charges_first_and_refunds_after() {
    let charge = |id: &str| {
        let mut charge = intent(|_| {})["latest_charge"].take();
        charge["id"] = id.into();
        charge["balance_transaction"] = json!({"id": "txn_1", "fee": 39, "currency": "rub"});
        charge
    };
    let mut refused = charge("ch_2");
    refused["status"] = "failed".into();
    let first = json!({"data": [charge("ch_1"), refused], "has_more": true});
    let second = json!({"data": [], "has_more": false});
    let third = json!({"data": [{"id": "re_1", "object": "refund", "amount": 300, "currency": "rub", "created": 1_700_000_100, "payment_intent": "pi_1", "charge": charge("ch_1"), "status": "succeeded"}], "has_more": false});
    let server = Server::start(
        [first, second, third]
            .iter()
            .map(|one| ok(&one.to_string()))
            .collect(),
    )
    .await;
    let port = port(&server.base);
    assert!(port.abilities().lists.is_some());
    let (from, to) = (
        jiff::Timestamp::from_second(1_700_000_000).unwrap(),
        jiff::Timestamp::from_second(1_700_001_000).unwrap(),
    );
    let charges = port.list(from, to, None).await.unwrap();
    assert_eq!(charges.lines.len(), 1);
    let line = &charges.lines[0];
    assert_eq!(
        (
            line.kind,
            line.bank_order_id.as_deref(),
            line.order_number.as_deref(),
            line.fee
        ),
        (LineKind::Payment, Some("pi_1"), Some("A-1"), Some(39))
    );
    let more = port.list(from, to, charges.next.as_deref()).await.unwrap();
    assert!(more.lines.is_empty());
    let refunds = port.list(from, to, more.next.as_deref()).await.unwrap();
    assert_eq!(refunds.next, None);
    let line = &refunds.lines[0];
    assert_eq!(
        (
            line.kind,
            line.amount.amount,
            line.order_number.as_deref(),
            line.bank_order_id.as_deref()
        ),
        (LineKind::Refund, 300, Some("A-1"), Some("pi_1"))
    );
    let requests = server.requests();
    assert!(
        requests[0].starts_with("GET /v1/charges?created%5Bgte%5D=1700000000&created%5Blt%5D=1700001000&")
    );
    assert!(requests[1].contains("starting_after=ch_2"));
    assert!(requests[2].starts_with("GET /v1/refunds?"));
    assert!(port.list(from, to, Some("x")).await.is_err());
}
