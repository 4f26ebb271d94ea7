//! Registration at RBS: one request, and an honest word on what came of it.

use std::collections::BTreeMap;

use sverka_app::ports::bank::{BankError, NewOrder, Registered};
use sverka_banks::{BankSettings, RbsSettings, build};
use sverka_domain::money::{Currency, Money};

use crate::rbs_callbacks::rbs;
use crate::server::{Play, Server, ok};

pub(crate) fn new_order() -> NewOrder {
    NewOrder {
        order_number: "A-1".to_owned(),
        amount: Money::new(450_000, Currency::RUB),
        description: Some("Абонемент & вода".to_owned()),
        return_url: "https://club.example/back?a=1".to_owned(),
        idempotency_key: "01989f2e-0000-7000-8000-000000000001".to_owned(),
        email: None,
        phone: None,
        now: jiff::Timestamp::UNIX_EPOCH,
        valid_until: None,
    }
}

async fn register(play: Play) -> (Result<Registered, BankError>, Vec<String>) {
    let server = Server::start(vec![play]).await;
    let port = build(BankSettings::Sber(rbs(&server.base))).unwrap();
    (port.register(&new_order()).await, server.requests())
}

/// The fields that an account sends for an order, but for the credentials.
pub(crate) async fn sent(
    bank: fn(RbsSettings) -> BankSettings,
    order: &NewOrder,
) -> BTreeMap<String, String> {
    let server = Server::start(vec![ok(
        r#"{"orderId":"md-1","formUrl":"https://bank.example/pay"}"#,
    )])
    .await;
    let port = build(bank(rbs(&server.base))).unwrap();
    port.register(order).await.unwrap();
    let request = server.requests().remove(0);
    let (_, body) = request.split_once("\r\n\r\n").unwrap();
    url::form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .filter(|(name, _)| !matches!(name.as_str(), "userName" | "password"))
        .collect()
}

#[tokio::test]
async fn an_order_is_registered_with_one_request() {
    let answer = r#"{"orderId":"md-1","formUrl":"https://bank.example/pay?mdOrder=md-1"}"#;
    let (registered, requests) = register(ok(answer)).await;
    let expected = Registered {
        bank_order_id: Some("md-1".to_owned()),
        payment_url: "https://bank.example/pay?mdOrder=md-1".to_owned(),
    };
    assert_eq!(registered, Ok(expected));
    assert_eq!(requests.len(), 1);
    let (_, body) = requests[0].split_once("\r\n\r\n").unwrap();
    let sent: Vec<_> = url::form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .collect();
    let sent: Vec<_> = sent
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        sent[2..],
        [
            ("orderNumber", "A-1"),
            ("amount", "450000"),
            ("currency", "643"),
            ("returnUrl", "https://club.example/back?a=1"),
            ("description", "Абонемент & вода"),
        ]
    );
}

#[tokio::test]
async fn a_number_that_is_taken_is_refused_in_words() {
    let (registered, _) = register(ok(r#"{"errorCode":"1","errorMessage":"Заказ уже обработан"}"#)).await;
    let words = "order number already used (Заказ уже обработан)".to_owned();
    assert_eq!(registered, Err(BankError::Refused(words)));
}

#[tokio::test]
async fn without_a_clear_answer_the_order_may_exist_and_is_not_sent_again() {
    for play in [
        Play::Hang,
        Play::Close,
        Play::Cut("{".to_owned()),
        ok("{}"),
        ok(r#"{"formUrl":"javascript:1"}"#),
    ] {
        let (registered, requests) = register(play).await;
        assert!(
            matches!(registered, Err(BankError::Unavailable(_))),
            "{registered:?}"
        );
        assert_eq!(requests.len(), 1);
    }
}

#[tokio::test]
async fn the_order_s_life_and_the_client_s_addresses_go_along() {
    let order = NewOrder {
        email: Some("ivan@example.ru".to_owned()),
        phone: Some("+79001234567".to_owned()),
        valid_until: Some(jiff::Timestamp::from_second(900).unwrap()),
        ..new_order()
    };
    let sent = sent(BankSettings::Sber, &order).await;
    assert_eq!(sent["sessionTimeoutSecs"], "900");
    let params: serde_json::Value = serde_json::from_str(&sent["jsonParams"]).unwrap();
    assert_eq!(
        params,
        serde_json::json!({"email": "ivan@example.ru", "phone": "+79001234567"})
    );
}

#[tokio::test]
async fn what_the_gateway_would_not_take_is_not_sent() {
    let mut long = new_order();
    long.order_number = "9".repeat(37);
    let mut late = new_order();
    late.valid_until = Some(late.now);
    for order in [long, late] {
        let server = Server::start(vec![Play::Hang]).await;
        let port = build(BankSettings::Sber(rbs(&server.base))).unwrap();
        let registered = port.register(&order).await;
        assert!(matches!(registered, Err(BankError::Refused(_))), "{registered:?}");
        assert_eq!(server.requests().len(), 0);
    }
}
