//! Robokassa's answers to `OpStateExt`, and its payment page.

use sverka_app::ports::bank::{Answered, BankError, NewOrder, Question};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

use crate::rbs_answers::question;
use crate::rbs_register::new_order;
use crate::robokassa_callbacks::{port, with};
use crate::server::{Play, Server, ok};

const STATE: &str = include_str!("../fixtures/robokassa_state.xml");

fn numbered() -> Question {
    Question {
        order_number: "58".to_owned(),
        ..question(None)
    }
}

async fn ask(body: &str) -> (Result<Answered, BankError>, Vec<String>) {
    let server = Server::start(vec![ok(body)]).await;
    let answered = port(&server.base).ask(&numbered()).await;
    (answered, server.requests())
}

fn state(code: u32) -> String {
    STATE.replace("<Code>100</Code>", &format!("<Code>{code}</Code>"))
}

#[tokio::test]
async fn every_state_has_its_meaning() {
    for (code, status, has_sum) in [
        (5, BankStatus::Pending, false),
        (10, BankStatus::Expired, false),
        (20, BankStatus::Authorized, true),
        (50, BankStatus::Pending, false),
        (60, BankStatus::Declined, false),
        (80, BankStatus::Pending, false),
        (100, BankStatus::Paid, true),
        (77, BankStatus::Pending, false),
    ] {
        let answered = ask(&state(code)).await.0.unwrap();
        let paid_at = (status == BankStatus::Paid).then(|| "2023-11-14T22:15:00.7654321Z".parse().unwrap());
        let expected = BankFact {
            status,
            amount: has_sum.then_some(Money::new(1000, Currency::RUB)),
            refunded: None,
            paid_at,
        };
        assert_eq!(answered.fact, Some(expected), "{code}");
        assert_eq!(answered.code, Some(code.to_string()));
    }
    let refused = ask(&state(60)).await.0.unwrap();
    assert!(refused.message.unwrap().contains("возвращены"));
}

#[tokio::test]
async fn the_question_is_signed_and_the_answer_names_the_operation() {
    let (answered, requests) = ask(STATE).await;
    let answered = answered.unwrap();
    assert_eq!(
        answered.bank_order_id.as_deref(),
        Some("C2B7C6A2-0000-4000-8000-000000000001-xyz")
    );
    assert_eq!(answered.rrn.as_deref(), Some("331822334455"));
    assert!(requests[0].starts_with("POST /WebService/Service.asmx/OpStateExt "));
    let signature = md5_of("test_login:58:test_password2");
    assert!(requests[0].ends_with(&format!(
        "MerchantLogin=test_login&InvoiceID=58&Signature={signature}"
    )));
}

fn md5_of(text: &str) -> String {
    use md5::{Digest, Md5};
    hex::encode(Md5::digest(text))
}

fn result(code: i64) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?><OperationStateResponse xmlns="http://merchant.roboxchange.com/WebService/"><Result><Code>{code}</Code><Description>слова</Description></Result></OperationStateResponse>"#
    )
}

#[tokio::test]
async fn an_unknown_operation_is_an_answer_and_refusals_are_for_a_person() {
    assert_eq!(ask(&result(3)).await.0.unwrap().fact, None);
    for code in [1, 2, 4] {
        let told = ask(&result(code)).await.0;
        assert_eq!(told, Err(BankError::Refused("слова".to_owned())), "{code}");
    }
    let told = ask(&result(1000)).await.0;
    assert_eq!(told, Err(BankError::Unavailable("слова".to_owned())));
}

#[tokio::test]
async fn what_cannot_be_read_is_no_answer() {
    for body in [
        "",
        "<html>",
        "{}",
        &result(0),
        &STATE.replace("10.000000", "ten"),
        &STATE.replace("<OutSum>10.000000</OutSum>", ""),
        &STATE.replace("<Code>100</Code>", "<Code>paid</Code>"),
    ] {
        let told = ask(body).await.0;
        assert!(matches!(told, Err(BankError::Unavailable(_))), "{body}: {told:?}");
    }
    let server = Server::start(vec![Play::Hang]).await;
    let told = port(&server.base).ask(&numbered()).await;
    assert!(matches!(told, Err(BankError::Unavailable(_))));
}

#[tokio::test]
async fn only_whole_numbers_can_be_order_numbers() {
    let server = Server::start(vec![ok(STATE)]).await;
    let port = port(&server.base);
    for told in [
        port.ask(&question(None)).await.map(|_| ()),
        port.register(&new_order()).await.map(|_| ()),
    ] {
        let Err(BankError::Refused(words)) = told else {
            panic!("accepted");
        };
        assert!(words.contains("whole numbers"), "{words}");
    }
    assert!(server.requests().is_empty());
}

fn order() -> NewOrder {
    NewOrder {
        order_number: "58".to_owned(),
        email: Some("client@example.com".to_owned()),
        ..new_order()
    }
}

fn value(url: &str, wanted: &str) -> Option<String> {
    let url = url::Url::parse(url).unwrap();
    url.query_pairs()
        .find(|(name, _)| name == wanted)
        .map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn a_payment_page_is_a_signed_address_and_no_call() {
    let port = port("https://auth.robokassa.ru/Merchant");
    assert!(port.abilities().repeats_registration);
    let registered = port.register(&order()).await.unwrap();
    let url = registered.payment_url;
    assert!(url.starts_with(
        "https://auth.robokassa.ru/Merchant/Index.aspx?MerchantLogin=test_login&OutSum=4500.00&InvId=58&"
    ));
    let back = "https://club.example/back?a=1";
    let signed = format!("test_login:4500.00:58:{back}:GET:{back}:GET:test_password1");
    assert_eq!(value(&url, "SignatureValue"), Some(md5_of(&signed)));
    assert_eq!(value(&url, "Email").as_deref(), Some("client@example.com"));
    assert_eq!(value(&url, "IsTest"), None);
    assert!(!url.contains("test_password"));
}

#[tokio::test]
async fn a_hold_and_its_second_address_are_signed_too() {
    let port = with(|settings| {
        settings.hold = Some(true);
        settings.test_mode = Some(true);
        settings.result_url2 = Some("https://pay.example/callbacks/robokassa/main".to_owned());
    });
    let mut held = order();
    held.valid_until = Some("2023-11-15T10:00:00Z".parse().unwrap());
    let url = port.register(&held).await.unwrap().payment_url;
    let back = "https://club.example/back?a=1";
    let signed = format!(
        "test_login:4500.00:58:true:https://pay.example/callbacks/robokassa/main:{back}:GET:{back}:GET:test_password1"
    );
    assert_eq!(value(&url, "SignatureValue"), Some(md5_of(&signed)));
    assert_eq!(value(&url, "StepByStep").as_deref(), Some("true"));
    assert_eq!(value(&url, "IsTest").as_deref(), Some("1"));
    assert_eq!(
        value(&url, "ExpirationDate").as_deref(),
        Some("2023-11-15T10:00:00+00:00")
    );
}

#[tokio::test]
async fn only_roubles_are_taken() {
    let mut order = order();
    order.amount = Money::new(100, "USD".parse().unwrap());
    let told = port("https://auth.robokassa.ru/Merchant").register(&order).await;
    assert!(matches!(told, Err(BankError::Refused(_))));
}
