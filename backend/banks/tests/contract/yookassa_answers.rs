//! YooKassa's answers, in the shapes of its documents and SDKs, and what each comes to.

use jiff::Timestamp;
use serde_json::{Value, json};
use sverka_app::ports::bank::{Answered, BankError};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

use crate::rbs_answers::question;
use crate::server::{Play, Server, ok};
use crate::yookassa_callbacks::port;

const ID: &str = "22e12f66-000f-5000-8000-18db351245c7";

/// A payment as `GET /payments/{id}` tells it.
pub(crate) fn payment(id: &str, status: &str) -> Value {
    json!({
        "id": id, "status": status, "paid": status != "pending", "amount": {"value": "10.00", "currency": "RUB"},
        "created_at": "2023-11-14T22:14:00.000Z", "captured_at": "2023-11-15T01:15:00.000+03:00", "test": true,
        "refundable": true, "description": "Заказ A-1", "metadata": {"order_number": "A-1"},
        "authorization_details": {"rrn": "10000000000", "auth_code": "000000"},
        "payment_method": {"type": "bank_card", "id": id, "saved": false}
    })
}

fn with(status: &str, name: &str, value: Value) -> Value {
    let mut told = payment(ID, status);
    told[name] = value;
    told
}

fn rub(value: &str) -> Value {
    json!({"value": value, "currency": "RUB"})
}

fn cancelled(reason: &str) -> Value {
    with(
        "canceled",
        "cancellation_details",
        json!({"party": "payment_network", "reason": reason}),
    )
}

fn list(items: &[Value], next_cursor: Option<&str>) -> Play {
    let mut told = json!({"type": "list", "items": items});
    if let Some(cursor) = next_cursor {
        told["next_cursor"] = cursor.into();
    }
    ok(&told.to_string())
}

fn empty() -> Play {
    list(&[], None)
}

async fn ask(id: Option<&str>, plays: Vec<Play>) -> (Result<Answered, BankError>, Vec<String>) {
    let server = Server::start(plays).await;
    let answered = port(&server.base).ask(&question(id)).await;
    (answered, server.requests())
}

async fn told(body: Value) -> Answered {
    let (answered, _) = ask(Some(ID), vec![ok(&body.to_string()), empty()]).await;
    answered.unwrap()
}

fn fact(status: BankStatus, amount: Option<i64>, refunded: Option<i64>) -> Option<BankFact> {
    let paid_at: Timestamp = "2023-11-14T22:15:00Z".parse().unwrap();
    Some(BankFact {
        status,
        amount: amount.map(|amount| Money::new(amount, Currency::RUB)),
        refunded,
        paid_at: status.was_paid().then_some(paid_at),
    })
}

#[tokio::test]
async fn every_status_has_its_meaning() {
    for (body, expected) in [
        (payment(ID, "pending"), fact(BankStatus::Pending, None, None)),
        (
            payment(ID, "waiting_for_capture"),
            fact(BankStatus::Authorized, Some(1000), None),
        ),
        (payment(ID, "succeeded"), fact(BankStatus::Paid, Some(1000), None)),
        (
            with("succeeded", "refunded_amount", rub("0.00")),
            fact(BankStatus::Paid, Some(1000), None),
        ),
        (
            with("succeeded", "refunded_amount", rub("3.01")),
            fact(BankStatus::PartiallyRefunded, Some(1000), Some(301)),
        ),
        (
            with("succeeded", "refunded_amount", rub("10.00")),
            fact(BankStatus::Refunded, Some(1000), Some(1000)),
        ),
        (
            cancelled("expired_on_confirmation"),
            fact(BankStatus::Expired, None, None),
        ),
        (
            cancelled("expired_on_capture"),
            fact(BankStatus::Expired, None, None),
        ),
        (
            cancelled("canceled_by_merchant"),
            fact(BankStatus::Reversed, Some(1000), None),
        ),
        (
            cancelled("insufficient_funds"),
            fact(BankStatus::Declined, None, None),
        ),
        (payment(ID, "canceled"), fact(BankStatus::Declined, None, None)),
    ] {
        let answered = told(body.clone()).await;
        assert_eq!(answered.fact, expected, "{body}");
        assert_eq!(answered.bank_order_id.as_deref(), Some(ID));
        assert_eq!(answered.rrn.as_deref(), Some("10000000000"));
    }
}

#[tokio::test]
async fn every_reason_of_a_cancellation_is_told_in_words() {
    for reason in "3d_secure_failed call_issuer canceled_by_merchant card_expired country_forbidden \
                   expired_on_capture expired_on_confirmation fraud_suspected general_decline \
                   identification_required insufficient_funds internal_timeout invalid_card_number invalid_csc \
                   issuer_unavailable payment_method_limit_exceeded payment_method_restricted permission_revoked"
        .split_whitespace()
    {
        let answered = told(cancelled(reason)).await;
        assert_eq!(answered.code.as_deref(), Some(reason));
        assert!(answered.message.is_some(), "{reason}");
    }
    let unheard = told(cancelled("unheard_of")).await;
    assert_eq!(
        (unheard.code.as_deref(), unheard.message),
        (Some("unheard_of"), None)
    );
}

#[tokio::test]
async fn a_status_that_nobody_knows_is_looked_at_again() {
    let answered = told(payment(ID, "teleported")).await;
    assert_eq!(answered.fact, fact(BankStatus::Pending, None, None));
    assert_eq!(
        answered.message.as_deref(),
        Some("status teleported is not known")
    );
}

#[tokio::test]
async fn a_payment_is_read_by_its_id_as_the_shop() {
    let (_, requests) = ask(Some(ID), vec![ok(&payment(ID, "succeeded").to_string())]).await;
    assert_eq!(requests.len(), 1);
    assert!(
        requests[0].starts_with(&format!("GET /payments/{ID} ")),
        "{}",
        requests[0]
    );
    // 123456:test_hunter2
    assert!(requests[0].contains("authorization: Basic MTIzNDU2OnRlc3RfaHVudGVyMg=="));
}

#[tokio::test]
async fn without_an_id_the_payments_of_the_time_are_looked_through() {
    let mut foreign = payment("22e12f66-000f-5000-8000-000000000001", "succeeded");
    foreign["metadata"]["order_number"] = "B-2".into();
    let mut nameless = foreign.clone();
    nameless["metadata"] = json!({});
    let plays = vec![
        list(&[foreign, nameless], Some("37a5c87d")),
        list(&[payment(ID, "succeeded")], None),
    ];
    let (answered, requests) = ask(None, plays).await;
    let answered = answered.unwrap();
    assert_eq!(answered.fact, fact(BankStatus::Paid, Some(1000), None));
    assert_eq!(answered.bank_order_id.as_deref(), Some(ID));
    assert!(requests[0].starts_with(
        "GET /payments?created_at.gte=2023-11-14T21%3A13%3A20Z&created_at.lt=2023-11-14T23%3A23%3A20Z&limit=100 "
    ), "{}", requests[0]);
    assert!(requests[1].contains("&cursor=37a5c87d "));
    assert_eq!(ask(None, vec![empty()]).await.0.unwrap().fact, None);
}

#[tokio::test]
async fn a_look_through_ends() {
    let (answered, requests) = ask(None, vec![list(&[], Some("again"))]).await;
    assert!(matches!(answered, Err(BankError::Unavailable(_))));
    assert_eq!(requests.len(), 50);
}

#[tokio::test]
async fn a_cancelled_payment_may_have_been_followed_by_a_good_one() {
    let later = "22e12f66-000f-5000-8000-000000000002";
    let cancelled = cancelled("insufficient_funds");
    let plays = vec![
        ok(&cancelled.to_string()),
        list(&[payment(later, "succeeded"), cancelled.clone()], None),
    ];
    let answered = ask(Some(ID), plays).await.0.unwrap();
    assert_eq!(answered.fact, fact(BankStatus::Paid, Some(1000), None));
    assert_eq!(answered.bank_order_id.as_deref(), Some(later));
    assert_eq!(answered.message, None);
}

/// The sums are not added: a second payment is a mistake for a person, not a bigger payment.
#[tokio::test]
async fn a_second_payment_on_one_order_is_told_in_words() {
    let mut later = payment("22e12f66-000f-5000-8000-000000000002", "succeeded");
    later["created_at"] = "2023-11-14T22:20:00.000Z".into();
    let answered = ask(None, vec![list(&[later, payment(ID, "succeeded")], None)])
        .await
        .0
        .unwrap();
    assert_eq!(
        answered.bank_order_id.as_deref(),
        Some(ID),
        "the earlier one counts"
    );
    assert!(answered.message.unwrap().contains("000000000002 10.00 RUB"));
}

#[tokio::test]
async fn an_id_that_is_not_known_came_from_elsewhere() {
    let missing = Play::Answer(
        "404 Not Found",
        r#"{"type":"error","code":"not_found","description":"Payment doesn't exist"}"#.to_owned(),
    );
    let (answered, requests) = ask(Some(ID), vec![missing, list(&[payment(ID, "pending")], None)]).await;
    assert_eq!(answered.unwrap().fact, fact(BankStatus::Pending, None, None));
    assert_eq!(requests.len(), 2);
    let (_, requests) = ask(Some("../me?a=1"), vec![empty()]).await;
    assert!(
        requests[0].starts_with("GET /payments?created_at"),
        "{}",
        requests[0]
    );
}

#[tokio::test]
async fn an_answer_about_another_order_is_none() {
    let foreign = with("succeeded", "metadata", json!({"order_number": "B-2"}));
    let (answered, _) = ask(Some(ID), vec![ok(&foreign.to_string())]).await;
    assert!(matches!(answered, Err(BankError::Unavailable(_))));
}

#[tokio::test]
async fn a_refused_call_is_for_a_person_and_a_failing_bank_is_no_answer() {
    let refused = r#"{"type":"error","code":"invalid_credentials","description":"Basic authentication error","parameter":"Authorization"}"#;
    for status in ["400 Bad Request", "401 Unauthorized", "403 Forbidden"] {
        let (answered, _) = ask(Some(ID), vec![Play::Answer(status, refused.to_owned())]).await;
        let words = format!(
            "HTTP {}: Basic authentication error (Authorization)",
            &status[..3]
        );
        assert_eq!(answered, Err(BankError::Refused(words)));
    }
    let busy = Play::With("429 Too Many Requests", "retry-after: 7\r\n", refused.to_owned());
    let (answered, _) = ask(Some(ID), vec![busy]).await;
    assert_eq!(answered, Err(BankError::Busy { retry_after: Some(7) }));
    for play in [
        Play::Answer("500 Internal Server Error", refused.to_owned()),
        Play::Answer(
            "202 Accepted",
            r#"{"type":"processing","retry_after":1800}"#.to_owned(),
        ),
        ok("<html>"),
        ok("{}"),
        ok(&with("succeeded", "amount", rub("10,00")).to_string()),
        ok(&with("succeeded", "refunded_amount", rub("1e1")).to_string()),
        Play::Hang,
    ] {
        let (answered, _) = ask(Some(ID), vec![play]).await;
        assert!(matches!(answered, Err(BankError::Unavailable(_))), "{answered:?}");
    }
}
