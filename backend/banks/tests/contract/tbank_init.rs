//! Init at T-Bank: one request, and an honest word on what came of it.

use serde_json::{Value, json};
use sverka_app::ports::bank::{BankError, NewOrder, Registered};
use sverka_banks::{BankSettings, Secret, build};
use sverka_domain::money::Money;

use crate::rbs_register::new_order;
use crate::server::{Play, Server, ok};
use crate::tbank_callbacks::{PASSWORD, TERMINAL, tbank, token};

const OPENED: &str = r#"{"Success":true,"ErrorCode":"0","TerminalKey":"1321054611234DEMO","Status":"NEW","PaymentId":"3093639567","OrderId":"A-1","Amount":450000,"PaymentURL":"https://securepay.example/new/fU1ppgqa"}"#;

async fn init(order: &NewOrder, play: Play) -> (Result<Registered, BankError>, Vec<String>) {
    let server = Server::start(vec![play]).await;
    let mut settings = tbank(&server.base, Secret::new(PASSWORD));
    settings.notification_url = Some("https://sverka.example/callbacks/tbank/main".to_owned());
    let port = build(BankSettings::TBank(settings)).unwrap();
    (port.register(order).await, server.requests())
}

fn body(request: &str) -> Value {
    serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[tokio::test]
async fn a_payment_is_opened_with_one_signed_request() {
    let order = NewOrder {
        email: Some("a@test.com".to_owned()),
        phone: Some("+71234567890".to_owned()),
        valid_until: Some("2026-08-31T09:28:00Z".parse().unwrap()),
        ..new_order()
    };
    let (registered, requests) = init(&order, ok(OPENED)).await;
    let expected = Registered {
        bank_order_id: Some("3093639567".to_owned()),
        payment_url: "https://securepay.example/new/fU1ppgqa".to_owned(),
    };
    assert_eq!(registered, Ok(expected));
    assert_eq!(requests.len(), 1);
    assert!(requests[0].starts_with("POST /Init "));
    let mut sent = body(&requests[0]);
    assert_eq!(sent["Token"], token(&sent));
    sent.as_object_mut().unwrap().remove("Token");
    assert_eq!(
        sent,
        json!({
            "TerminalKey": TERMINAL, "Amount": 450_000, "OrderId": "A-1", "PayType": "O",
            "Description": "Абонемент & вода", "RedirectDueDate": "2026-08-31T12:28:00+03:00",
            "NotificationURL": "https://sverka.example/callbacks/tbank/main",
            "SuccessURL": "https://club.example/back?a=1", "FailURL": "https://club.example/back?a=1",
            "DATA": {"Email": "a@test.com", "Phone": "+71234567890"}
        })
    );
}

#[tokio::test]
async fn a_long_description_is_cut_and_what_is_not_told_is_left_out() {
    let order = NewOrder {
        description: Some("Ж".repeat(200)),
        ..new_order()
    };
    let (_, requests) = init(&order, ok(OPENED)).await;
    let sent = body(&requests[0]);
    assert_eq!(sent["Description"].as_str().unwrap().chars().count(), 140);
    assert!(sent.get("DATA").is_none() && sent.get("RedirectDueDate").is_none());
}

#[tokio::test]
async fn what_the_bank_would_not_take_is_refused_without_asking_it() {
    let long = NewOrder {
        order_number: "9".repeat(37),
        ..new_order()
    };
    let foreign = NewOrder {
        amount: Money::new(100, "USD".parse().unwrap()),
        ..new_order()
    };
    for order in [long, foreign] {
        let (registered, requests) = init(&order, ok(OPENED)).await;
        assert!(matches!(registered, Err(BankError::Refused(_))));
        assert!(requests.is_empty());
    }
}

#[tokio::test]
async fn a_number_that_is_taken_is_refused_in_words() {
    let answer = json!({"Success": false, "ErrorCode": "20", "Message": "Заказ уже существует"});
    let (registered, _) = init(&new_order(), ok(&answer.to_string())).await;
    assert_eq!(
        registered,
        Err(BankError::Refused(
            "order number already used (ErrorCode 20: Заказ уже существует)".to_owned()
        ))
    );
}

#[tokio::test]
async fn without_a_clear_answer_the_payment_may_exist_and_is_not_opened_again() {
    for play in [
        Play::Hang,
        Play::Close,
        Play::Cut("{".to_owned()),
        ok("{}"),
        ok(r#"{"Success":true,"ErrorCode":"0","PaymentURL":"javascript:1"}"#),
        ok(r#"{"Success":false,"ErrorCode":"9999","Message":"Внутренняя ошибка"}"#),
    ] {
        let (registered, requests) = init(&new_order(), play).await;
        assert!(
            matches!(registered, Err(BankError::Unavailable(_))),
            "{registered:?}"
        );
        assert_eq!(requests.len(), 1);
    }
}
