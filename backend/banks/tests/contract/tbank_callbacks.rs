//! T-Bank notifications: what they mean, and what does not pass for genuine.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sverka_app::ports::bank::{BankPort, CallbackReply, Genuineness, RawCallback, Reading, Says};
use sverka_banks::{BankSettings, Secret, TBankSettings, build};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

pub(crate) const TERMINAL: &str = "1321054611234DEMO";
pub(crate) const PASSWORD: &str = "Dfsfh56dgKl";

pub(crate) fn tbank(base_url: &str, password: Secret) -> TBankSettings {
    TBankSettings {
        base_url: base_url.to_owned(),
        terminal_key: TERMINAL.to_owned(),
        password,
        notification_url: None,
        ca_certificates: None,
        timeout_seconds: Some(1),
        questions_per_second: None,
    }
}

pub(crate) fn port(base_url: &str) -> Arc<dyn BankPort> {
    build(BankSettings::TBank(tbank(base_url, Secret::new(PASSWORD)))).unwrap()
}

/// The token by the bank's rule, written here a second time.
pub(crate) fn token(body: &Value) -> String {
    let mut values: BTreeMap<&str, String> = BTreeMap::from([("Password", PASSWORD.to_owned())]);
    for (name, value) in body.as_object().unwrap() {
        match value {
            Value::String(text) => values.insert(name, text.clone()),
            Value::Bool(_) | Value::Number(_) => values.insert(name, value.to_string()),
            _ => None,
        };
    }
    values.remove("Token");
    let text: String = values.into_values().collect();
    hex::encode(Sha256::digest(text))
}

fn post(body: &Value) -> RawCallback {
    RawCallback {
        method: "POST".to_owned(),
        query: String::new(),
        body: body.to_string().into_bytes(),
        headers: Vec::new(),
        from: None,
    }
}

fn told(status: &str) -> Value {
    json!({
        "TerminalKey": TERMINAL, "OrderId": "A-1", "Success": true, "Status": status, "PaymentId": 8_742_591,
        "ErrorCode": "0", "Amount": 1000, "CardId": 322_264, "Pan": "430000******0777", "ExpDate": "1122"
    })
}

fn read_signed(mut body: Value) -> Reading {
    body["Token"] = token(&body).into();
    port("http://127.0.0.1/").read(&post(&body))
}

fn fact(status: BankStatus, amount: Option<i64>) -> Says {
    Says::Fact(BankFact {
        status,
        amount: amount.map(|amount| Money::new(amount, Currency::RUB)),
        refunded: None,
        paid_at: None,
    })
}

#[test]
fn every_status_that_is_notified_has_its_meaning() {
    for (status, says) in [
        ("AUTHORIZED", fact(BankStatus::Authorized, Some(1000))),
        ("CONFIRMED", fact(BankStatus::Paid, Some(1000))),
        ("REJECTED", fact(BankStatus::Declined, None)),
        ("AUTH_FAIL", fact(BankStatus::Declined, None)),
        ("CANCELED", fact(BankStatus::Expired, None)),
        ("DEADLINE_EXPIRED", fact(BankStatus::Expired, None)),
        ("ATTEMPTS_EXPIRED", fact(BankStatus::Expired, None)),
        ("PARTIAL_REVERSED", Says::Hint { payment: true }),
        ("REVERSED", Says::Hint { payment: false }),
        ("PARTIAL_REFUNDED", Says::Hint { payment: false }),
        ("REFUNDED", Says::Hint { payment: false }),
        ("3DS_CHECKING", Says::Hint { payment: false }),
        ("SOMETHING_NEW", Says::Hint { payment: false }),
    ] {
        let reading = read_signed(told(status));
        assert_eq!(
            (reading.genuineness, reading.says),
            (Genuineness::Genuine, says),
            "{status}"
        );
        assert_eq!(reading.order_number.as_deref(), Some("A-1"));
    }
}

#[test]
fn a_payment_names_its_order_and_a_refusal_does_not() {
    assert_eq!(
        read_signed(told("CONFIRMED")).bank_order_id.as_deref(),
        Some("8742591")
    );
    assert_eq!(read_signed(told("REJECTED")).bank_order_id, None);
    let mut as_text = told("CONFIRMED");
    as_text["PaymentId"] = "8742591".into();
    assert_eq!(read_signed(as_text).bank_order_id.as_deref(), Some("8742591"));
}

#[test]
fn a_success_that_is_none_is_asked_about() {
    for (name, value) in [
        ("Success", json!(false)),
        ("Success", json!(null)),
        ("ErrorCode", json!("1051")),
    ] {
        let mut body = told("CONFIRMED");
        body[name] = value;
        assert_eq!(read_signed(body).says, Says::Hint { payment: false }, "{name}");
    }
    for amount in [json!("1000"), json!(10.5), json!(-1), json!(0), json!(null)] {
        let mut body = told("CONFIRMED");
        body["Amount"] = amount.clone();
        assert_eq!(read_signed(body).says, Says::Hint { payment: true }, "{amount}");
    }
}

#[test]
fn fields_that_nobody_knows_are_signed_and_nested_ones_are_not() {
    let mut body = told("CONFIRMED");
    body["RRN"] = "000123".into();
    body["Foo"] = true.into();
    body["DATA"] = json!({"Route": "TCB"});
    body["Receipt"] = json!([1]);
    body["Token"] = token(&body).into();
    let port = port("http://127.0.0.1/");
    assert_eq!(port.read(&post(&body)).genuineness, Genuineness::Genuine);
    body["DATA"]["Route"] = "ACQ".into();
    assert_eq!(port.read(&post(&body)).genuineness, Genuineness::Genuine);
    body["Foo"] = false.into();
    assert_eq!(port.read(&post(&body)).genuineness, Genuineness::Forged);
}

#[test]
fn what_is_forged_or_unreadable_says_nothing() {
    let mut of_another_terminal = told("CONFIRMED");
    of_another_terminal["TerminalKey"] = "other".into();
    of_another_terminal["Token"] = token(&of_another_terminal).into();
    let mut with_password = told("CONFIRMED");
    with_password["Password"] = "mine".into();
    with_password["Token"] = token(&with_password).into();
    let mut no_text = told("CONFIRMED");
    no_text["Token"] = 1.into();
    for body in [
        of_another_terminal,
        with_password,
        no_text,
        json!([1]),
        json!("x"),
    ] {
        let reading = port("http://127.0.0.1/").read(&post(&body));
        assert_eq!(
            (reading.genuineness, reading.says, reading.order_number),
            (Genuineness::Forged, Says::Nothing, None),
            "{body}"
        );
    }
}

#[test]
fn without_a_token_it_proves_nothing() {
    for (status, payment) in [("CONFIRMED", true), ("REJECTED", false)] {
        let reading = port("http://127.0.0.1/").read(&post(&told(status)));
        assert_eq!(
            (reading.genuineness, reading.says),
            (Genuineness::Unsigned, Says::Hint { payment })
        );
    }
}

#[test]
fn saved_cards_accounts_and_receipts_are_taken_in_and_say_nothing() {
    let card = json!({"TerminalKey": TERMINAL, "RequestKey": "r", "CustomerKey": "c", "Status": "COMPLETED", "Success": true});
    let account = json!({"TerminalKey": TERMINAL, "NotificationType": "LINKACCOUNT", "AccountToken": "t", "Status": "ACTIVE"});
    let mut receipt = told("RECEIPT");
    receipt["Receipt"] = json!({"Email": "a@test.ru"});
    for body in [card, account, receipt] {
        let reading = read_signed(body.clone());
        assert_eq!(
            (reading.genuineness, reading.says),
            (Genuineness::Genuine, Says::Nothing),
            "{body}"
        );
    }
}

#[test]
fn it_is_acknowledged_with_two_letters_and_nothing_else() {
    let port = port("http://127.0.0.1/");
    let CallbackReply { status, body, .. } = port.acknowledge(&post(&told("CONFIRMED")));
    assert_eq!((status, body.as_str()), (200, "OK"));
    assert_ne!(port.refuse().status, 200);
}

#[test]
fn a_self_test_is_genuine_and_can_mark_nothing_paid() {
    let port = port("http://127.0.0.1/");
    assert!(port.abilities().signs_self_test);
    let reading = port.read(&port.self_test("selftest-1", jiff::Timestamp::UNIX_EPOCH));
    assert_eq!(
        (reading.genuineness, reading.says),
        (Genuineness::Genuine, fact(BankStatus::Declined, None))
    );
    assert_eq!(reading.order_number.as_deref(), Some("selftest-1"));
}

/// One for all cases: a client takes longer to make than a notification to read.
static PORT: LazyLock<Arc<dyn BankPort>> = LazyLock::new(|| port("http://127.0.0.1/"));

proptest! {
    #[test]
    fn no_body_breaks_the_reading(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let raw = RawCallback { body, ..post(&json!({})) };
        prop_assert_ne!(PORT.read(&raw).genuineness, Genuineness::Genuine);
    }

    #[test]
    fn a_changed_value_is_noticed(amount in 1_i64..1_000_000) {
        prop_assume!(amount != 1000);
        let mut body = told("CONFIRMED");
        body["Token"] = token(&body).into();
        body["Amount"] = amount.into();
        prop_assert_eq!(PORT.read(&post(&body)).genuineness, Genuineness::Forged);
    }
}
