//! PayOnline notifications: genuine or not, they are only a reason to ask.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use sverka_app::ports::bank::{BankPort, Genuineness, RawCallback, Says};
use sverka_banks::{BankSettings, PayOnlineSettings, Secret, build};

const SECRET: &str = "3844908d-4c2a-42e1-9be0-91bb5d068d22";
/// The vector of PayOnline's form SDK.
const GENUINE: &str = "DateTime=2010-01-01+00%3A00%3A00&TransactionID=123456789&OrderId=56789&Amount=9.99&Currency=USD&SecurityKey=9caebdeb8382cece06fd404661bf583b";

pub(crate) fn payonline(base_url: &str, secret: Secret) -> PayOnlineSettings {
    PayOnlineSettings {
        base_url: base_url.to_owned(),
        merchant_id: "12345".to_owned(),
        private_security_key: secret,
        language: None,
        ca_certificates: None,
        timeout_seconds: Some(1),
        questions_per_second: None,
    }
}

pub(crate) fn port(base_url: &str) -> Arc<dyn BankPort> {
    build(BankSettings::PayOnline(payonline(base_url, Secret::new(SECRET)))).unwrap()
}

fn get(query: &str) -> RawCallback {
    RawCallback {
        method: "GET".to_owned(),
        query: query.to_owned(),
        body: Vec::new(),
        headers: Vec::new(),
        from: None,
    }
}

fn read(query: &str) -> sverka_app::ports::bank::Reading {
    port("http://127.0.0.1/").read(&get(query))
}

#[test]
fn a_payment_is_a_hint_of_a_payment() {
    let reading = read(GENUINE);
    assert_eq!(
        (reading.genuineness, reading.says),
        (Genuineness::Genuine, Says::Hint { payment: true })
    );
    assert_eq!(reading.order_number.as_deref(), Some("56789"));
    assert_eq!(reading.bank_order_id.as_deref(), Some("123456789"));
}

/// The codes are not under the signature: a refusal without them looks like a payment, which is why
/// nothing is ever concluded from a notification.
#[test]
fn a_refusal_is_a_hint_of_no_payment() {
    for codes in ["&Code=5205&ErrorCode=3", "&ErrorCode=3", "&Code=5205"] {
        let reading = read(&format!("{GENUINE}{codes}"));
        assert_eq!(
            (reading.genuineness, reading.says),
            (Genuineness::Genuine, Says::Hint { payment: false })
        );
        assert_eq!(
            reading.bank_order_id, None,
            "a refused try is not what the order is known by"
        );
    }
    assert_eq!(
        read(&format!("{GENUINE}&Code=200")).says,
        Says::Hint { payment: true }
    );
}

#[test]
fn other_fields_in_whatever_encoding_do_not_matter() {
    for more in [
        "&City=%CC%EE%F1%EA%E2%E0",
        "&result=1&result=2",
        "&RebillAnchor=a%3Db==",
    ] {
        assert_eq!(
            read(&format!("{GENUINE}{more}")).genuineness,
            Genuineness::Genuine,
            "{more}"
        );
    }
}

#[test]
fn either_case_of_hex_is_good_and_the_case_of_names_matters() {
    let upper = GENUINE.replace(
        "9caebdeb8382cece06fd404661bf583b",
        "9CAEBDEB8382CECE06FD404661BF583B",
    );
    assert_eq!(read(&upper).genuineness, Genuineness::Genuine);
    assert_eq!(
        read(&GENUINE.replace("TransactionID", "TransactionId")).genuineness,
        Genuineness::Forged
    );
}

#[test]
fn what_is_repeated_missing_or_unreadable_is_forged() {
    for query in [
        format!("{GENUINE}&Amount=9.99"),
        format!("{GENUINE}&SecurityKey=0"),
        format!("{GENUINE}&x=%"),
        GENUINE.replace("&Currency=USD", ""),
        GENUINE.replace("9.99", "9.990"),
    ] {
        let reading = read(&query);
        assert_eq!(
            (reading.genuineness, reading.says),
            (Genuineness::Forged, Says::Nothing),
            "{query}"
        );
    }
}

#[test]
fn without_a_key_it_proves_nothing() {
    let reading = read("OrderId=56789&TransactionID=1");
    assert_eq!(
        (reading.genuineness, reading.says),
        (Genuineness::Unsigned, Says::Hint { payment: true })
    );
    assert_eq!(read("").says, Says::Nothing);
}

#[test]
fn answers_are_plain() {
    let (port, raw) = (port("http://127.0.0.1/"), get(GENUINE));
    assert_eq!(
        (
            port.acknowledge(&raw).status,
            port.acknowledge(&raw).body.as_str()
        ),
        (200, "OK")
    );
    assert_eq!(port.refuse().status, 403);
}

/// One account for all cases: building a client reads the system's certificates each time.
static PORT: LazyLock<Arc<dyn BankPort>> = LazyLock::new(|| port("http://127.0.0.1/"));

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(query: String, body: Vec<u8>, post: bool) {
        let method = if post { "POST" } else { "GET" };
        let raw = RawCallback { method: method.to_owned(), query, body, headers: Vec::new(), from: None };
        prop_assert_ne!(PORT.read(&raw).genuineness, Genuineness::Genuine);
    }
}

#[test]
fn a_self_test_is_taken_for_the_banks_own_and_can_mark_nothing_paid() {
    let port = port("http://127.0.0.1/");
    assert!(port.abilities().signs_self_test);
    let reading = port.read(&port.self_test("sverka-test-1", jiff::Timestamp::UNIX_EPOCH));
    assert_eq!(
        (reading.genuineness, reading.says),
        (Genuineness::Genuine, Says::Hint { payment: false })
    );
    assert_eq!(reading.order_number.as_deref(), Some("sverka-test-1"));
}
