//! T-Bank's answers to CheckOrder and GetState, and what each comes to.

use serde_json::{Value, json};
use sverka_app::ports::bank::{Answered, BankError};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

use crate::rbs_answers::question;
use crate::server::{Play, Server, ok};
use crate::tbank_callbacks::{TERMINAL, port, token};

fn order(payments: &[Value]) -> Play {
    let answer = json!({
        "TerminalKey": TERMINAL, "OrderId": "A-1", "Success": true, "ErrorCode": "0", "Message": "OK",
        "Payments": payments
    });
    ok(&answer.to_string())
}

/// One payment as CheckOrder tells it: the flag is a text there, the code a number.
fn payment(id: u64, status: &str, amount: i64) -> Value {
    json!({
        "PaymentId": id.to_string(), "Amount": amount, "Status": status, "RRN": "000123456789",
        "Success": "true", "ErrorCode": 0, "Message": "None"
    })
}

fn failed(code: &str, message: &str, details: &str) -> Play {
    let answer = json!({"Success": false, "ErrorCode": code, "Message": message, "Details": details});
    ok(&answer.to_string())
}

async fn ask(id: Option<&str>, plays: Vec<Play>) -> (Result<Answered, BankError>, Vec<String>) {
    let server = Server::start(plays).await;
    let answered = port(&server.base).ask(&question(id)).await;
    (answered, server.requests())
}

async fn told(payments: &[Value]) -> Answered {
    ask(None, vec![order(payments)]).await.0.unwrap()
}

fn body(request: &str) -> Value {
    serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap()
}

fn fact(status: BankStatus, amount: Option<i64>, refunded: Option<i64>) -> Option<BankFact> {
    Some(BankFact {
        status,
        amount: amount.map(|amount| Money::new(amount, Currency::RUB)),
        refunded,
        paid_at: None,
    })
}

#[tokio::test]
async fn every_status_has_its_meaning() {
    for (status, amount, expected) in [
        ("NEW", 1000, fact(BankStatus::Created, None, None)),
        ("FORM_SHOWED", 1000, fact(BankStatus::Pending, None, None)),
        ("FORMSHOWED", 1000, fact(BankStatus::Pending, None, None)),
        ("PREAUTHORIZING", 1000, fact(BankStatus::Pending, None, None)),
        ("AUTHORIZING", 1000, fact(BankStatus::Pending, None, None)),
        ("3DS_CHECKING", 1000, fact(BankStatus::Pending, None, None)),
        ("3DS_CHECKED", 1000, fact(BankStatus::Pending, None, None)),
        ("PAY_CHECKING", 1000, fact(BankStatus::Pending, None, None)),
        ("LOOP_CHECKING", 1000, fact(BankStatus::Pending, None, None)),
        ("COMPLETED", 1000, fact(BankStatus::Pending, None, None)),
        ("AUTHORIZED", 1000, fact(BankStatus::Authorized, Some(1000), None)),
        ("CONFIRMING", 1000, fact(BankStatus::Pending, None, None)),
        ("CONFIRMED", 1000, fact(BankStatus::Paid, Some(1000), None)),
        ("REVERSING", 1000, fact(BankStatus::Pending, None, None)),
        (
            "PARTIAL_REVERSED",
            700,
            fact(BankStatus::Authorized, Some(700), None),
        ),
        ("REVERSED", 0, fact(BankStatus::Reversed, None, None)),
        ("REVERSED", 1000, fact(BankStatus::Reversed, Some(1000), None)),
        ("REFUNDING", 1000, fact(BankStatus::Pending, None, None)),
        ("ASYNC_REFUNDING", 1000, fact(BankStatus::Pending, None, None)),
        (
            "PARTIAL_REFUNDED",
            700,
            fact(BankStatus::PartiallyRefunded, None, Some(300)),
        ),
        (
            "PARTIAL_REFUNDED",
            1000,
            fact(BankStatus::PartiallyRefunded, None, None),
        ),
        ("REFUNDED", 0, fact(BankStatus::Refunded, None, None)),
        (
            "REFUNDED",
            1000,
            fact(BankStatus::Refunded, Some(1000), Some(1000)),
        ),
        ("CANCELED", 1000, fact(BankStatus::Expired, None, None)),
        ("DEADLINE_EXPIRED", 1000, fact(BankStatus::Expired, None, None)),
        ("ATTEMPTS_EXPIRED", 1000, fact(BankStatus::Expired, None, None)),
        ("REJECTED", 1000, fact(BankStatus::Declined, None, None)),
        ("AUTH_FAIL", 1000, fact(BankStatus::Declined, None, None)),
    ] {
        let answered = told(&[payment(77, status, amount)]).await;
        assert_eq!(answered.fact, expected, "{status} {amount}");
        assert_eq!(answered.bank_order_id.as_deref(), Some("77"));
        assert_eq!(answered.code.as_deref(), Some(status));
        assert_eq!(answered.rrn.as_deref(), Some("000123456789"));
    }
}

#[tokio::test]
async fn a_status_that_nobody_knows_is_looked_at_again() {
    let answered = told(&[payment(77, "TELEPORTED", 1000)]).await;
    assert_eq!(answered.fact, fact(BankStatus::Pending, None, None));
    assert_eq!(
        answered.message.as_deref(),
        Some("Status TELEPORTED is not known")
    );
}

#[tokio::test]
async fn a_later_success_of_the_order_wins() {
    for first in [
        "REJECTED",
        "CANCELED",
        "REVERSED",
        "REFUNDED",
        "NEW",
        "3DS_CHECKING",
    ] {
        let answered = told(&[payment(77, first, 1000), payment(78, "CONFIRMED", 1000)]).await;
        assert_eq!(answered.fact, fact(BankStatus::Paid, Some(1000), None), "{first}");
        assert_eq!(answered.bank_order_id.as_deref(), Some("78"));
    }
    let waiting = told(&[payment(77, "REJECTED", 1000), payment(78, "FORM_SHOWED", 1000)]).await;
    assert_eq!(waiting.fact, fact(BankStatus::Pending, None, None));
    let over = told(&[
        payment(77, "DEADLINE_EXPIRED", 1000),
        payment(78, "REJECTED", 1000),
    ])
    .await;
    assert_eq!(over.fact, fact(BankStatus::Declined, None, None));
}

/// The sums are not added: a second payment is a mistake for a person, not a bigger payment.
#[tokio::test]
async fn a_second_payment_on_one_order_is_told_in_words() {
    let answered = told(&[payment(101, "CONFIRMED", 1000), payment(99, "CONFIRMED", 1000)]).await;
    assert_eq!(answered.fact, fact(BankStatus::Paid, Some(1000), None));
    assert_eq!(
        answered.bank_order_id.as_deref(),
        Some("99"),
        "the earlier one counts"
    );
    assert!(answered.message.unwrap().contains("101 CONFIRMED 10.00"));
}

#[tokio::test]
async fn a_refusal_is_told_with_its_code_in_the_banks_words_or_in_ours() {
    let mut refused = payment(77, "REJECTED", 1000);
    refused["ErrorCode"] = 1051.into();
    let answered = told(&[refused.clone()]).await;
    assert_eq!(answered.code.as_deref(), Some("1051"));
    assert_eq!(answered.message.as_deref(), Some("недостаточно денег на карте"));
    refused["Message"] = "Недостаточно средств".into();
    refused["Details"] = "Попробуйте другую карту".into();
    let answered = told(&[refused]).await;
    assert_eq!(
        answered.message.as_deref(),
        Some("Недостаточно средств (Попробуйте другую карту)")
    );
}

#[tokio::test]
async fn an_order_is_asked_about_under_our_token() {
    let (_, requests) = ask(None, vec![order(&[payment(77, "NEW", 1000)])]).await;
    assert!(requests[0].starts_with("POST /CheckOrder "));
    let body = body(&requests[0]);
    assert_eq!(
        (&body["TerminalKey"], &body["OrderId"]),
        (&json!(TERMINAL), &json!("A-1"))
    );
    assert_eq!(body["Token"], token(&body));
    assert_eq!(requests.len(), 1);
}

#[tokio::test]
async fn an_unknown_order_is_an_answer_and_a_known_payment_is_asked_for_by_itself() {
    let unknown = failed("7", "Неверные параметры.", "Заказ не найден.");
    let (answered, _) = ask(None, vec![unknown.clone()]).await;
    let answered = answered.unwrap();
    assert_eq!((answered.fact, answered.code.as_deref()), (None, Some("7")));
    assert_eq!(told(&[]).await.fact, None);

    let state = json!({
        "TerminalKey": TERMINAL, "OrderId": "A-1", "PaymentId": "77", "Status": "CONFIRMED", "Amount": 1000,
        "Success": true, "ErrorCode": "0"
    });
    let (answered, requests) = ask(Some("77"), vec![unknown.clone(), ok(&state.to_string())]).await;
    assert_eq!(answered.unwrap().fact, fact(BankStatus::Paid, Some(1000), None));
    assert!(requests[1].starts_with("POST /GetState "));
    let body = body(&requests[1]);
    assert_eq!(
        (&body["PaymentId"], &body["Token"]),
        (&json!("77"), &json!(token(&body)))
    );

    let gone = failed("255", "Неверные параметры.", "Платеж не найден.");
    let (answered, _) = ask(Some("77"), vec![unknown, gone]).await;
    assert_eq!(answered.unwrap().fact, None);
}

#[tokio::test]
async fn an_answer_about_another_order_is_none() {
    let foreign = json!({"OrderId": "B-2", "Success": true, "ErrorCode": "0", "Payments": []});
    let (answered, _) = ask(None, vec![ok(&foreign.to_string())]).await;
    assert!(matches!(answered, Err(BankError::Unavailable(_))));
}

#[tokio::test]
async fn a_refused_call_is_for_a_person_and_a_failing_bank_is_no_answer() {
    for code in ["204", "205", "501", "202"] {
        let (answered, _) = ask(None, vec![failed(code, "", "")]).await;
        let Err(BankError::Refused(words)) = answered else {
            panic!("{answered:?}");
        };
        assert!(words.starts_with(&format!("ErrorCode {code}: ")), "{words}");
    }
    for code in ["3", "9999"] {
        let (answered, _) = ask(None, vec![failed(code, "Внутренняя ошибка", "")]).await;
        assert_eq!(
            answered,
            Err(BankError::Unavailable(format!(
                "ErrorCode {code}: Внутренняя ошибка"
            )))
        );
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_no_answer() {
    let mut sumless = payment(77, "CONFIRMED", 1000);
    sumless["Amount"] = "10.00".into();
    let mut wordless = payment(77, "CONFIRMED", 1000);
    wordless["Status"] = Value::Null;
    for play in [
        ok("<html>"),
        ok("{}"),
        ok(r#"{"Success":true,"ErrorCode":"0"}"#),
        order(&[sumless]),
        order(&[wordless]),
        Play::Answer("500 Internal Server Error", "{}".to_owned()),
        Play::Hang,
    ] {
        let (answered, _) = ask(None, vec![play]).await;
        assert!(matches!(answered, Err(BankError::Unavailable(_))), "{answered:?}");
    }
}

#[tokio::test]
async fn missed_notifications_are_asked_for_again() {
    let done = json!({"TerminalKey": TERMINAL, "Success": true, "ErrorCode": "0", "Count": 2});
    let server = Server::start(vec![ok(&done.to_string()), failed("204", "", "")]).await;
    let port = port(&server.base);
    assert!(port.abilities().resends);
    assert_eq!(port.resend().await, Ok(()));
    assert!(matches!(port.resend().await, Err(BankError::Refused(_))));
    let request = &server.requests()[0];
    assert!(request.starts_with("POST /Resend "));
    assert_eq!(body(request)["Token"], token(&body(request)));
}

#[tokio::test]
async fn there_is_no_list() {
    let port = port("http://127.0.0.1:1/");
    assert_eq!(port.abilities().lists, None);
    let at = jiff::Timestamp::UNIX_EPOCH;
    assert!(matches!(
        port.list(at, at, None).await,
        Err(BankError::Refused(_))
    ));
}
