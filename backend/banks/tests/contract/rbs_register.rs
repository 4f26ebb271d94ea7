//! Registration at RBS: one request, and an honest word on what came of it.

use sverka_app::ports::bank::{BankError, NewOrder, Registered};
use sverka_banks::{BankSettings, build};
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
