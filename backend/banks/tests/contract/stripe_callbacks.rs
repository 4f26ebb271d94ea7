//! Stripe's events: what the header proves, and what each says.

use std::sync::{Arc, LazyLock};

use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use serde_json::{Value, json};
use sverka_app::ports::bank::{BankPort, Genuineness, RawCallback, Reading, Says};
use sverka_banks::{BankSettings, Secret, StripeSettings, build};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

use crate::stripe_answers::{intent, session};

const SECRET: &str = "whsec_test";

pub(crate) fn stripe(base_url: &str, webhook_secret: Option<Secret>) -> StripeSettings {
    StripeSettings {
        base_url: base_url.to_owned(),
        secret_key: Secret::new("sk_test_hunter2"),
        webhook_secret,
        hold: None,
        ca_certificates: None,
        timeout_seconds: Some(1),
        questions_per_second: None,
    }
}

pub(crate) fn port(base_url: &str) -> Arc<dyn BankPort> {
    build(BankSettings::Stripe(stripe(base_url, Some(Secret::new(SECRET))))).unwrap()
}

static PORT: LazyLock<Arc<dyn BankPort>> = LazyLock::new(|| port("http://127.0.0.1/"));

fn v1(at: i64, body: &str) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(format!("{at}.{body}").as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

fn post(body: &str, header: Option<String>) -> RawCallback {
    RawCallback {
        method: "POST".to_owned(),
        query: String::new(),
        body: body.as_bytes().to_vec(),
        headers: header
            .map(|header| ("stripe-signature".to_owned(), header))
            .into_iter()
            .collect(),
        from: None,
    }
}

fn event(kind: &str, object: &Value) -> String {
    json!({"id": "evt_1", "object": "event", "created": 1_700_000_005, "type": kind, "data": {"object": object}})
        .to_string()
}

fn read(kind: &str, object: &Value) -> Reading {
    let body = event(kind, object);
    PORT.read(&post(
        &body,
        Some(format!("t=1700000005,v1={}", v1(1_700_000_005, &body))),
    ))
}

fn charge(change: impl FnOnce(&mut Value)) -> Value {
    let mut charge = intent(|_| {})["latest_charge"].take();
    change(&mut charge);
    charge
}

fn fact(status: BankStatus, amount: Option<i64>, refunded: Option<i64>, second: i64) -> Says {
    Says::Fact(BankFact {
        status,
        amount: amount.map(|amount| Money::new(amount, Currency::RUB)),
        refunded,
        paid_at: status
            .was_paid()
            .then(|| jiff::Timestamp::from_second(second).unwrap()),
    })
}

#[test]
fn every_event_of_a_session_has_its_meaning() {
    let paid = session(|session| session["payment_status"] = "paid".into());
    let unpaid = session(|_| {});
    let taken = fact(BankStatus::Paid, Some(1000), None, 1_700_000_005);
    for (kind, object, expected) in [
        ("checkout.session.completed", &paid, taken.clone()),
        (
            "checkout.session.completed",
            &unpaid,
            Says::Hint { payment: true },
        ),
        ("checkout.session.async_payment_succeeded", &paid, taken),
        (
            "checkout.session.async_payment_failed",
            &unpaid,
            Says::Hint { payment: false },
        ),
        (
            "checkout.session.expired",
            &unpaid,
            fact(BankStatus::Expired, None, None, 0),
        ),
    ] {
        let reading = read(kind, object);
        assert_eq!(reading.says, expected, "{kind}");
        assert_eq!(reading.order_number.as_deref(), Some("A-1"));
        assert_eq!(reading.bank_order_id.as_deref(), Some("cs_test_1"));
    }
}

#[test]
fn every_event_of_an_intent_has_its_meaning() {
    let ask = Says::Hint { payment: false };
    for (kind, expected) in [
        ("payment_intent.created", Says::Nothing),
        (
            "payment_intent.processing",
            fact(BankStatus::Pending, None, None, 0),
        ),
        (
            "payment_intent.requires_action",
            fact(BankStatus::Pending, None, None, 0),
        ),
        (
            "payment_intent.amount_capturable_updated",
            fact(BankStatus::Authorized, Some(1000), None, 0),
        ),
        (
            "payment_intent.succeeded",
            fact(BankStatus::Paid, Some(1000), None, 1_700_000_005),
        ),
        ("payment_intent.payment_failed", ask.clone()),
        ("payment_intent.canceled", ask),
    ] {
        let object = intent(|intent| intent["amount_capturable"] = 1000.into());
        let reading = read(kind, &object);
        assert_eq!(reading.says, expected, "{kind}");
        assert_eq!(reading.bank_order_id.as_deref(), Some("pi_1"));
    }
}

#[test]
fn every_event_of_a_charge_has_its_meaning() {
    let plain = charge(|_| {});
    let part = charge(|charge| charge["amount_refunded"] = 300.into());
    let all = charge(|charge| charge["amount_refunded"] = 1000.into());
    let held = charge(|charge| {
        charge["captured"] = false.into();
        charge["amount_captured"] = 0.into();
    });
    let at = 1_700_000_003;
    for (kind, object, expected) in [
        (
            "charge.captured",
            &plain,
            fact(BankStatus::Paid, Some(1000), None, at),
        ),
        (
            "charge.succeeded",
            &plain,
            fact(BankStatus::Paid, Some(1000), None, at),
        ),
        (
            "charge.succeeded",
            &held,
            fact(BankStatus::Authorized, Some(1000), None, at),
        ),
        (
            "charge.refunded",
            &part,
            fact(BankStatus::PartiallyRefunded, Some(1000), Some(300), at),
        ),
        (
            "charge.refunded",
            &all,
            fact(BankStatus::Refunded, Some(1000), Some(1000), at),
        ),
        ("charge.failed", &plain, Says::Hint { payment: false }),
        ("charge.dispute.created", &plain, Says::Hint { payment: false }),
        ("charge.refund.updated", &plain, Says::Hint { payment: false }),
    ] {
        let reading = read(kind, object);
        assert_eq!(reading.says, expected, "{kind}");
        assert_eq!(reading.bank_order_id.as_deref(), Some("pi_1"), "{kind}");
    }
}

#[test]
fn a_refund_names_its_intent_and_makes_us_ask() {
    for kind in ["refund.created", "refund.updated", "refund.failed"] {
        let object = json!({"object": "refund", "id": "re_1", "payment_intent": "pi_1", "charge": "ch_1", "amount": 300});
        let reading = read(kind, &object);
        assert_eq!(reading.says, Says::Hint { payment: false }, "{kind}");
        assert_eq!(reading.bank_order_id.as_deref(), Some("pi_1"));
    }
    assert_eq!(
        read("customer.created", &json!({"id": "cus_1"})).says,
        Says::Nothing
    );
}

#[test]
fn any_good_signature_is_enough_and_a_test_one_is_none() {
    let body = event("payment_intent.succeeded", &intent(|_| {}));
    let (good, bad) = (v1(5, &body), v1(6, &body));
    for (header, expected) in [
        (format!("t=5,v1={good}"), Genuineness::Genuine),
        (format!("t=5,v1={bad},v1={good},v0=00"), Genuineness::Genuine),
        (format!("v1={good}, t=5"), Genuineness::Genuine),
        (format!("t=5,v0={good}"), Genuineness::Forged),
        (format!("t=6,v1={good}"), Genuineness::Forged),
        (format!("v1={good}"), Genuineness::Forged),
        (format!("t=5,v1={bad}"), Genuineness::Forged),
        ("t=5".to_owned(), Genuineness::Forged),
        (String::new(), Genuineness::Forged),
    ] {
        let reading = PORT.read(&post(&body, Some(header.clone())));
        assert_eq!(reading.genuineness, expected, "{header}");
    }
    let unsigned = PORT.read(&post(&body, None));
    assert_eq!(
        (unsigned.genuineness, unsigned.says),
        (Genuineness::Unsigned, Says::Hint { payment: true })
    );
}

#[test]
fn without_a_secret_nothing_is_proved() {
    let port = build(BankSettings::Stripe(stripe("http://127.0.0.1/", None))).unwrap();
    let body = event("payment_intent.succeeded", &intent(|_| {}));
    let reading = port.read(&post(&body, Some(format!("t=5,v1={}", v1(5, &body)))));
    assert_eq!(
        (reading.genuineness, reading.says),
        (Genuineness::Unsigned, Says::Hint { payment: true })
    );
    assert!(!port.abilities().signs_self_test);
}

#[test]
fn a_sum_that_cannot_be_read_only_makes_us_ask() {
    let object = intent(|intent| intent["amount_received"] = "ten".into());
    assert_eq!(
        read("payment_intent.succeeded", &object).says,
        Says::Hint { payment: true }
    );
}

#[test]
fn a_self_test_is_taken_for_the_banks_own_and_can_mark_nothing_paid() {
    assert!(PORT.abilities().signs_self_test);
    let reading = PORT.read(&PORT.self_test("sverka-test-1", jiff::Timestamp::UNIX_EPOCH));
    assert_eq!(
        (reading.genuineness, reading.says),
        (Genuineness::Genuine, Says::Hint { payment: false })
    );
    assert_eq!(reading.order_number.as_deref(), Some("sverka-test-1"));
    let reply = PORT.acknowledge(&post("{}", None));
    assert_eq!((reply.status, PORT.refuse().status), (200, 403));
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(query: String, body: Vec<u8>, header: String) {
        let headers = vec![("stripe-signature".to_owned(), header)];
        let raw = RawCallback { method: "POST".to_owned(), query, body, headers, from: None };
        prop_assert_ne!(PORT.read(&raw).genuineness, Genuineness::Genuine);
    }
}
