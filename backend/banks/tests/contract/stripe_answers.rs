//! Stripe's answers, in the shapes of its API reference, and what each comes to.

use serde_json::{Value, json};
use sverka_app::ports::bank::{Answered, BankError};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

use crate::rbs_answers::question;
use crate::server::{Play, Server, ok};
use crate::stripe_callbacks::port;

const MISSING: &str = r#"{"error":{"code":"resource_missing","message":"No such payment_intent: 'pi_1'","type":"invalid_request_error"}}"#;

pub(crate) fn intent(change: impl FnOnce(&mut Value)) -> Value {
    let mut intent = serde_json::from_str(include_str!("../fixtures/stripe_intent.json")).unwrap();
    change(&mut intent);
    intent
}

pub(crate) fn session(change: impl FnOnce(&mut Value)) -> Value {
    let mut session = serde_json::from_str(include_str!("../fixtures/stripe_session.json")).unwrap();
    change(&mut session);
    session
}

/// An intent that nobody has paid.
fn unpaid(status: &str) -> Value {
    intent(|intent| {
        intent["status"] = status.into();
        intent["amount_received"] = 0.into();
        intent["latest_charge"] = Value::Null;
    })
}

fn failed(status: &str) -> Value {
    let mut intent = unpaid(status);
    intent["last_payment_error"] = json!({"code": "card_declined", "decline_code": "insufficient_funds", "message": "Your card has insufficient funds.", "type": "card_error"});
    intent
}

async fn play(id: Option<&str>, plays: Vec<Play>) -> (Result<Answered, BankError>, Vec<String>) {
    let server = Server::start(plays).await;
    let answered = port(&server.base).ask(&question(id)).await;
    (answered, server.requests())
}

async fn told(id: &str, object: &Value) -> Answered {
    play(Some(id), vec![ok(&object.to_string())]).await.0.unwrap()
}

fn fact(status: BankStatus, amount: Option<i64>, refunded: Option<i64>) -> Option<BankFact> {
    Some(BankFact {
        status,
        amount: amount.map(|amount| Money::new(amount, Currency::RUB)),
        refunded,
        paid_at: status
            .was_paid()
            .then(|| jiff::Timestamp::from_second(1_700_000_003).unwrap()),
    })
}

#[tokio::test]
async fn every_status_of_an_intent_has_its_meaning() {
    let held = intent(|intent| {
        intent["status"] = "requires_capture".into();
        intent["amount_capturable"] = 1000.into();
        intent["latest_charge"]["captured"] = false.into();
    });
    let released = intent(|intent| {
        intent["status"] = "canceled".into();
        intent["latest_charge"]["captured"] = false.into();
        intent["latest_charge"]["amount_captured"] = 0.into();
    });
    for (object, expected) in [
        (
            unpaid("requires_payment_method"),
            fact(BankStatus::Created, None, None),
        ),
        (
            failed("requires_payment_method"),
            fact(BankStatus::Declined, None, None),
        ),
        (
            unpaid("requires_confirmation"),
            fact(BankStatus::Pending, None, None),
        ),
        (unpaid("requires_action"), fact(BankStatus::Pending, None, None)),
        (unpaid("processing"), fact(BankStatus::Pending, None, None)),
        (held, fact(BankStatus::Authorized, Some(1000), None)),
        (intent(|_| {}), fact(BankStatus::Paid, Some(1000), None)),
        (unpaid("canceled"), fact(BankStatus::Expired, None, None)),
        (failed("canceled"), fact(BankStatus::Declined, None, None)),
        (released, fact(BankStatus::Reversed, Some(1000), None)),
        (unpaid("sideways"), fact(BankStatus::Pending, None, None)),
    ] {
        let answered = told("pi_1", &object).await;
        assert_eq!(answered.fact, expected, "{}", object["status"]);
        assert_eq!(answered.bank_order_id.as_deref(), Some("pi_1"));
    }
}

#[tokio::test]
async fn a_refusal_has_its_code_and_words() {
    let answered = told("pi_1", &failed("requires_payment_method")).await;
    assert_eq!(answered.code.as_deref(), Some("insufficient_funds"));
    assert_eq!(
        answered.message.as_deref(),
        Some("Your card has insufficient funds.")
    );
}

#[tokio::test]
async fn refunds_are_read_from_the_charge() {
    for (back, expected) in [
        (300, fact(BankStatus::PartiallyRefunded, Some(1000), Some(300))),
        (1000, fact(BankStatus::Refunded, Some(1000), Some(1000))),
    ] {
        let object = intent(|intent| intent["latest_charge"]["amount_refunded"] = back.into());
        assert_eq!(told("pi_1", &object).await.fact, expected);
    }
}

#[tokio::test]
async fn every_status_of_a_session_has_its_meaning() {
    let with = |status: &str, payment_status: &str, intent: Value| {
        session(|session| {
            session["status"] = status.into();
            session["payment_status"] = payment_status.into();
            session["payment_intent"] = intent;
        })
    };
    let mut paid_without_charge = fact(BankStatus::Paid, Some(1000), None);
    paid_without_charge.as_mut().unwrap().paid_at = None;
    for (object, expected) in [
        (
            with("open", "unpaid", Value::Null),
            fact(BankStatus::Created, None, None),
        ),
        (
            with("open", "unpaid", unpaid("requires_payment_method")),
            fact(BankStatus::Created, None, None),
        ),
        (
            with("open", "unpaid", failed("requires_payment_method")),
            fact(BankStatus::Declined, None, None),
        ),
        (
            with("open", "unpaid", unpaid("requires_action")),
            fact(BankStatus::Pending, None, None),
        ),
        (
            with("complete", "paid", intent(|_| {})),
            fact(BankStatus::Paid, Some(1000), None),
        ),
        (with("complete", "paid", Value::Null), paid_without_charge),
        (
            with("complete", "unpaid", unpaid("processing")),
            fact(BankStatus::Pending, None, None),
        ),
        (
            with("complete", "unpaid", Value::Null),
            fact(BankStatus::Pending, None, None),
        ),
        (
            with("expired", "unpaid", Value::Null),
            fact(BankStatus::Expired, None, None),
        ),
        (
            with("expired", "unpaid", failed("requires_payment_method")),
            fact(BankStatus::Expired, None, None),
        ),
    ] {
        let answered = told("cs_test_1", &object).await;
        assert_eq!(answered.fact, expected, "{object}");
        assert_eq!(answered.bank_order_id.as_deref(), Some("cs_test_1"));
    }
}

#[tokio::test]
async fn a_question_goes_to_the_object_with_its_charge_inside() {
    for (id, object, path) in [
        (
            "cs_test_1",
            session(|_| {}),
            "GET /v1/checkout/sessions/cs_test_1?expand%5B%5D=payment_intent.latest_charge ",
        ),
        (
            "pi_1",
            intent(|_| {}),
            "GET /v1/payment_intents/pi_1?expand%5B%5D=latest_charge ",
        ),
    ] {
        let (_, requests) = play(Some(id), vec![ok(&object.to_string())]).await;
        assert!(requests[0].starts_with(path), "{}", requests[0]);
        assert!(
            requests[0]
                .to_lowercase()
                .contains("authorization: bearer sk_test_hunter2")
        );
    }
}

#[tokio::test]
async fn without_a_known_id_the_number_is_searched_for() {
    let found = json!({"object": "search_result", "data": [failed("canceled"), intent(|_| {}), {"id": "pi_9", "status": "succeeded", "metadata": {"order_number": "a-1"}}], "has_more": false});
    let (answered, requests) = play(None, vec![ok(&found.to_string())]).await;
    assert_eq!(answered.unwrap().fact, fact(BankStatus::Paid, Some(1000), None));
    assert!(
        requests[0].starts_with(
            "GET /v1/payment_intents/search?query=metadata%5B%27order_number%27%5D%3A%27A-1%27&"
        ),
        "{}",
        requests[0]
    );
    let nothing = json!({"object": "search_result", "data": []}).to_string();
    // An id that Stripe does not know, or that is none of Stripe's, came from elsewhere.
    let missing = Play::Answer("404 Not Found", MISSING.to_owned());
    let (answered, requests) = play(Some("pi_1"), vec![missing, ok(&nothing)]).await;
    assert_eq!((answered.unwrap().fact, requests.len()), (None, 2));
    let (answered, requests) = play(Some("504"), vec![ok(&nothing)]).await;
    assert_eq!((answered.unwrap().fact, requests.len()), (None, 1));
}

#[tokio::test]
async fn a_second_payment_on_one_order_is_told_in_words() {
    let found = json!({"data": [intent(|_| {}), intent(|intent| intent["id"] = "pi_2".into())]});
    let answered = play(None, vec![ok(&found.to_string())]).await.0.unwrap();
    assert_eq!(answered.fact, fact(BankStatus::Paid, Some(1000), None));
    assert!(answered.message.unwrap().starts_with("2 payment intents"));
}

#[tokio::test]
async fn what_cannot_be_read_or_is_anothers_is_no_answer() {
    let foreign = intent(|intent| intent["metadata"]["order_number"] = "B-2".into());
    for object in [
        foreign,
        json!({}),
        json!([]),
        intent(|intent| intent["amount_received"] = Value::Null),
        intent(|intent| intent["latest_charge"] = "ch_1".into()),
        intent(|intent| intent["currency"] = "roubles".into()),
    ] {
        let (answered, _) = play(Some("pi_1"), vec![ok(&object.to_string())]).await;
        assert!(matches!(answered, Err(BankError::Unavailable(_))), "{object}");
    }
}

#[tokio::test]
async fn refusals_are_for_a_person_and_none_shows_the_key() {
    let error =
        |words: &str| json!({"error": {"message": words, "type": "invalid_request_error"}}).to_string();
    for (status, body) in [
        (
            "401 Unauthorized",
            error("Invalid API Key provided: sk_test_hun***er2"),
        ),
        ("403 Forbidden", error("no")),
        ("400 Bad Request", error("bad")),
        ("404 Not Found", error("Unrecognized request URL")),
    ] {
        let (answered, _) = play(Some("pi_1"), vec![Play::Answer(status, body)]).await;
        let Err(BankError::Refused(words)) = answered else {
            panic!("{status}");
        };
        assert!(!words.contains("sk_test"), "{words}");
    }
    let (answered, _) = play(
        Some("pi_1"),
        vec![Play::Answer("429 Too Many Requests", error("slow"))],
    )
    .await;
    assert_eq!(answered, Err(BankError::Busy { retry_after: None }));
    for status in ["500 Internal Server Error", "409 Conflict"] {
        let (answered, _) = play(Some("pi_1"), vec![Play::Answer(status, error("?"))]).await;
        assert!(matches!(answered, Err(BankError::Unavailable(_))), "{status}");
    }
}
