//! RBS callbacks: what they mean, and what does not pass for genuine.

use std::sync::{Arc, LazyLock};

use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use sha2::Sha256;
use sverka_app::ports::bank::{BankPort, Genuineness, RawCallback, Reading, Says};
use sverka_banks::{BankSettings, RbsSettings, Secret, build};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

const SECRET: &str = "ooc7slpvc61k7sf7ma7p4hrefr";

pub(crate) fn rbs(base_url: &str) -> RbsSettings {
    RbsSettings {
        base_url: base_url.to_owned(),
        user_name: Some("club-api".to_owned()),
        password: Some(Secret::new("pass word&1")),
        token: None,
        callback_secret: None,
        callback_public_key: None,
        callback_digest: None,
        currency: None,
        merchant_login: None,
        ca_certificates: None,
        timeout_seconds: Some(1),
        questions_per_second: None,
    }
}

fn port(secret: Option<&str>) -> Arc<dyn BankPort> {
    let mut settings = rbs("http://127.0.0.1/");
    settings.callback_secret = secret.map(Secret::new);
    build(BankSettings::Sber(settings)).unwrap()
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

/// Signs pairs by the rule in the gateway's manual, written here a second time.
fn signed(pairs: &[(&str, &str)]) -> String {
    let mut sorted = pairs.to_vec();
    sorted.sort_unstable();
    let text: String = sorted
        .iter()
        .map(|(name, value)| format!("{name};{value};"))
        .collect();
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    let checksum = hex::encode_upper(mac.finalize().into_bytes());
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query
        .extend_pairs(pairs)
        .append_pair("checksum", &checksum)
        .append_pair("sign_alias", "any");
    query.finish()
}

fn order<'a>(operation: &'a str, status: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let base = [
        ("mdOrder", "md-1"),
        ("orderNumber", "A-1"),
        ("operation", operation),
        ("status", status),
    ];
    [&base[..], more].concat()
}

fn says(operation: &str, status: &str, more: &[(&str, &str)]) -> Says {
    let reading = port(Some(SECRET)).read(&get(&signed(&order(operation, status, more))));
    assert_eq!(reading.genuineness, Genuineness::Genuine);
    assert_eq!(
        (reading.order_number.as_deref(), reading.bank_order_id.as_deref()),
        (Some("A-1"), Some("md-1"))
    );
    reading.says
}

fn fact(status: BankStatus, amount: Option<i64>, refunded: Option<i64>) -> Says {
    Says::Fact(BankFact {
        status,
        amount: amount.map(|amount| Money::new(amount, Currency::RUB)),
        refunded,
        paid_at: None,
    })
}

const ASK: Says = Says::Hint { payment: false };

#[test]
fn what_succeeded_is_a_fact_with_the_sum_that_is_told() {
    for (operation, more, expected) in [
        ("approved", vec![], fact(BankStatus::Authorized, None, None)),
        (
            "approved",
            vec![("amount", "1500"), ("approvedAmount", "1400")],
            fact(BankStatus::Authorized, Some(1400), None),
        ),
        ("deposited", vec![], fact(BankStatus::Paid, None, None)),
        (
            "deposited",
            vec![("amount", "1500")],
            fact(BankStatus::Paid, Some(1500), None),
        ),
        (
            "deposited",
            vec![("amount", "1500"), ("depositedAmount", "700")],
            fact(BankStatus::Paid, Some(700), None),
        ),
        (
            "deposited",
            vec![("amount", "1500"), ("paymentAmount", "700")],
            fact(BankStatus::Paid, Some(700), None),
        ),
        (
            "deposited",
            vec![("amount", "1500"), ("currency", "810")],
            fact(BankStatus::Paid, Some(1500), None),
        ),
        (
            "reversed",
            vec![("amount", "1500")],
            fact(BankStatus::Reversed, Some(1500), None),
        ),
        (
            "refunded",
            vec![("amount", "1500"), ("refundedAmount", "500")],
            fact(BankStatus::PartiallyRefunded, Some(1500), Some(500)),
        ),
        (
            "refunded",
            vec![("depositedAmount", "0"), ("refundedAmount", "500")],
            fact(BankStatus::Refunded, None, Some(500)),
        ),
        ("declinedByTimeout", vec![], fact(BankStatus::Expired, None, None)),
    ] {
        assert_eq!(says(operation, "1", &more), expected, "{operation} {more:?}");
    }
}

#[test]
fn an_unknown_currency_never_passes_for_the_right_one() {
    let Says::Fact(told) = says("deposited", "1", &[("amount", "1500"), ("currency", "000")]) else {
        panic!("not a fact");
    };
    assert_eq!(told.amount.unwrap().currency.as_str(), "XXX");
}

#[test]
fn a_try_that_failed_and_a_refund_without_its_sum_are_reasons_to_ask() {
    for operation in ["approved", "deposited", "reversed", "refunded"] {
        assert_eq!(says(operation, "0", &[]), ASK, "{operation}");
    }
    assert_eq!(says("deposited", "2", &[]), ASK);
    assert_eq!(says("refunded", "1", &[("amount", "1500")]), ASK);
    for spelling in ["declinedCardpresent", "declinedCardPresent"] {
        assert_eq!(says(spelling, "1", &[]), ASK);
    }
    assert_eq!(
        says("declinedByTimeout", "0", &[]),
        fact(BankStatus::Expired, None, None)
    );
}

#[test]
fn a_sum_that_cannot_be_read_is_asked_about_and_not_left_out() {
    for sum in ["15.00", "-1", "много"] {
        assert_eq!(
            says("deposited", "1", &[("amount", sum)]),
            Says::Hint { payment: true },
            "{sum}"
        );
        assert_eq!(says("refunded", "1", &[("refundedAmount", sum)]), ASK, "{sum}");
    }
}

#[test]
fn a_semicolon_in_a_value_makes_the_signed_text_ambiguous() {
    let told = says("deposited", "1", &[("orderDescription", "a;b")]);
    assert_eq!(told, Says::Hint { payment: true });
}

#[test]
fn what_is_not_about_a_payment_is_nothing() {
    assert_eq!(says("created", "1", &[]), Says::Nothing);
    assert_eq!(says("bindingCreated", "1", &[]), Says::Nothing);
    let reading = port(Some(SECRET)).read(&get(&signed(&[
        ("bindingId", "b"),
        ("clientId", "c"),
        ("enabled", "true"),
    ])));
    assert_eq!(
        (reading.genuineness, reading.says),
        (Genuineness::Genuine, Says::Nothing)
    );
}

fn judged(secret: Option<&str>, query: &str) -> Reading {
    port(secret).read(&get(query))
}

#[test]
fn without_a_checksum_or_a_key_a_callback_proves_nothing() {
    let unsigned = "mdOrder=md-1&orderNumber=A-1&operation=deposited&status=1";
    for reading in [
        judged(Some(SECRET), unsigned),
        judged(None, &signed(&order("deposited", "1", &[]))),
    ] {
        assert_eq!(reading.genuineness, Genuineness::Unsigned);
        assert_eq!(reading.says, Says::Hint { payment: true });
    }
}

#[test]
fn what_cannot_be_read_for_certain_is_forged() {
    let genuine = signed(&order("deposited", "1", &[]));
    for query in [
        format!("{genuine}&operation=deposited"),
        format!("{genuine}&status=0"),
        format!("{genuine}&extra=1"),
        format!("{genuine}&x=%4"),
        format!("{genuine}&checksum=00"),
        genuine.replace("checksum=", "checksum=0"),
        "orderNumber=A-1&checksum=".to_owned(),
    ] {
        let reading = judged(Some(SECRET), &query);
        assert_eq!(
            (reading.genuineness, reading.says),
            (Genuineness::Forged, Says::Nothing),
            "{query}"
        );
    }
}

#[test]
fn the_case_of_hex_and_the_order_of_parameters_make_no_difference() {
    let genuine = signed(&order(
        "deposited",
        "1",
        &[("email", "a+b@example.ru"), ("cardholderName", "ИВАН 50%")],
    ));
    let mut turned: Vec<&str> = genuine.split('&').collect();
    turned.reverse();
    for query in [genuine.clone(), turned.join("&"), genuine.replace("%D0", "%d0")] {
        assert_eq!(judged(Some(SECRET), &query).genuineness, Genuineness::Genuine);
    }
    let (head, tail) = genuine.split_once("checksum=").unwrap();
    let lower = format!("{head}checksum={}", tail.to_lowercase());
    assert_eq!(judged(Some(SECRET), &lower).genuineness, Genuineness::Genuine);
}

#[test]
fn the_newer_gateways_json_is_a_reason_to_ask() {
    let body = r#"{"mdOrder":"md-1","orderNumber":"A-1","operation":"deposited","status":1,"checksum":"00"}"#;
    let raw = RawCallback {
        method: "POST".to_owned(),
        query: String::new(),
        body: body.as_bytes().to_vec(),
        headers: Vec::new(),
        from: None,
    };
    let reading = port(Some(SECRET)).read(&raw);
    assert_eq!(
        (reading.genuineness, reading.says),
        (Genuineness::Unsigned, Says::Hint { payment: true })
    );
    assert_eq!(reading.order_number.as_deref(), Some("A-1"));
}

#[test]
fn a_refused_callback_comes_again_and_an_accepted_one_does_not() {
    assert_eq!(port(None).acknowledge(&get("")).status, 200);
    assert_ne!(port(None).refuse().status, 200);
}

/// What a query decodes to, with what the checksum does not cover left out.
fn meaning(query: &[u8]) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = url::form_urlencoded::parse(query)
        .filter(|(name, _)| name != "sign_alias")
        .map(|(name, value)| {
            let value = if name == "checksum" {
                value.to_uppercase()
            } else {
                value.into_owned()
            };
            (name.into_owned(), value)
        })
        .collect();
    pairs.sort();
    pairs
}

/// One account for all cases: building a client reads the system's certificates each time.
static PORT: LazyLock<Arc<dyn BankPort>> = LazyLock::new(|| port(Some(SECRET)));

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(query: String, body: Vec<u8>, post: bool) {
        let method = if post { "POST" } else { "GET" };
        let raw = RawCallback { method: method.to_owned(), query, body, headers: Vec::new(), from: None };
        let reading = PORT.read(&raw);
        prop_assert_ne!(reading.genuineness, Genuineness::Genuine);
    }

    #[test]
    fn a_changed_bit_is_noticed_unless_it_changes_nothing(at in 0_usize..300, bit in 0_u32..7) {
        let genuine = signed(&order("deposited", "1", &[("amount", "1500"), ("email", "a+b@c.ru")]));
        let mut bytes = genuine.clone().into_bytes();
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        let changed = String::from_utf8(bytes).unwrap();
        let reading = PORT.read(&get(&changed));
        if meaning(changed.as_bytes()) != meaning(genuine.as_bytes()) {
            prop_assert_ne!(reading.genuineness, Genuineness::Genuine, "{}", changed);
        }
    }
}

#[test]
fn a_self_test_is_taken_for_the_banks_own_where_we_hold_its_key() {
    for (secret, expected) in [
        (Some(SECRET), Genuineness::Genuine),
        (None, Genuineness::Unsigned),
    ] {
        let port = port(secret);
        assert_eq!(port.abilities().signs_self_test, secret.is_some());
        let reading = port.read(&port.self_test("sverka-test-1", jiff::Timestamp::UNIX_EPOCH));
        assert_eq!(
            (reading.genuineness, reading.order_number.as_deref()),
            (expected, Some("sverka-test-1"))
        );
        assert!(!matches!(reading.says, Says::Fact(_)));
    }
}
