//! CloudPayments' notifications: what the headers prove, and what the fields say.

use std::sync::{Arc, LazyLock};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use sverka_app::ports::bank::{BankPort, Genuineness, RawCallback, Reading, Says};
use sverka_banks::{BankSettings, CloudPaymentsSettings, Secret, build};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

const SECRET: &str = "pass";
/// The fields that every notification about a payment has.
const PAYMENT: &str = "TransactionId=504&Amount=10.00&Currency=RUB&DateTime=2023-11-14+22%3a14%3a20&InvoiceId=A-1&TestMode=0&OperationType=Payment&IpCity=%d0%a1%d0%9f%d0%b1";

pub(crate) fn cloudpayments(base_url: &str, secret: Secret) -> CloudPaymentsSettings {
    CloudPaymentsSettings {
        base_url: base_url.to_owned(),
        public_id: "pk_demo".to_owned(),
        api_secret: secret,
        two_stage: None,
        ca_certificates: None,
        timeout_seconds: Some(1),
        questions_per_second: None,
    }
}

pub(crate) fn port(base_url: &str) -> Arc<dyn BankPort> {
    let settings = cloudpayments(base_url, Secret::new(SECRET));
    build(BankSettings::CloudPayments(settings)).unwrap()
}

/// One account for all cases: building a client reads the system's certificates each time.
static PORT: LazyLock<Arc<dyn BankPort>> = LazyLock::new(|| port("http://127.0.0.1/"));

fn hmac(text: &[u8]) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(text);
    STANDARD.encode(mac.finalize().into_bytes())
}

fn post(kind: &str, body: &str, headers: &[(&str, String)]) -> RawCallback {
    RawCallback {
        method: "POST".to_owned(),
        query: kind.to_owned(),
        body: body.as_bytes().to_vec(),
        headers: headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect(),
        from: None,
    }
}

/// Read as the bank sends it: with a good `Content-HMAC`.
fn read(kind: &str, body: &str) -> Reading {
    PORT.read(&post(kind, body, &[("content-hmac", hmac(body.as_bytes()))]))
}

fn fact(status: BankStatus, amount: Option<i64>) -> Says {
    Says::Fact(BankFact {
        status,
        amount: amount.map(|amount| Money::new(amount, Currency::RUB)),
        refunded: None,
        paid_at: (status == BankStatus::Paid).then(|| "2023-11-14T22:14:20Z".parse().unwrap()),
    })
}

#[test]
fn a_pay_says_that_the_money_was_taken_or_is_held() {
    for (status, expected) in [
        ("Completed", fact(BankStatus::Paid, Some(1000))),
        ("Authorized", fact(BankStatus::Authorized, Some(1000))),
        ("Cancelled", Says::Hint { payment: false }),
        ("Declined", Says::Hint { payment: false }),
        ("Sideways", Says::Hint { payment: true }),
    ] {
        let body = format!("{PAYMENT}&Status={status}&AuthCode=123456&GatewayName=test");
        for kind in ["type=pay", "type=Pay", "", "type=confirm"] {
            let reading = read(kind, &body);
            assert_eq!(reading.genuineness, Genuineness::Genuine, "{kind}");
            assert_eq!(reading.says, expected, "{status} {kind}");
            assert_eq!(reading.order_number.as_deref(), Some("A-1"));
        }
    }
    let reading = read("type=pay", &format!("{PAYMENT}&Status=Completed&Rrn=1"));
    assert_eq!(reading.bank_order_id.as_deref(), Some("504"));
}

/// The type is in the address, which is not signed, and a shop may paste the wrong one in the cabinet. A Check has the
/// status that the payment will have, and nothing of what the issuer answers.
#[test]
fn a_check_never_passes_for_a_payment() {
    let body = format!("{PAYMENT}&Status=Completed");
    assert_eq!(read("type=check", &body).says, fact(BankStatus::Pending, None));
    assert_eq!(read("", &body).says, fact(BankStatus::Pending, None));
    assert_eq!(read("type=pay", &body).says, Says::Hint { payment: true });
}

#[test]
fn a_fail_is_one_refused_try_wherever_it_arrives() {
    let body = format!("{PAYMENT}&Status=Declined&Reason=InsufficientFunds&ReasonCode=5051&Rrn=1");
    for kind in ["type=fail", "", "type=pay"] {
        let reading = read(kind, &body);
        assert_eq!(reading.says, Says::Hint { payment: false }, "{kind}");
        assert_eq!(
            reading.bank_order_id, None,
            "its id is not what the order is known by"
        );
    }
}

#[test]
fn a_refund_names_its_payment_and_makes_us_ask() {
    let body = "TransactionId=505&PaymentTransactionId=504&Amount=3.00&DateTime=2023-11-15+10%3a00%3a00&OperationType=Refund&InvoiceId=A-1";
    for kind in ["type=refund", "", "type=pay"] {
        let reading = read(kind, body);
        assert_eq!(reading.says, Says::Hint { payment: false }, "{kind}");
        assert_eq!(reading.bank_order_id.as_deref(), Some("504"));
    }
}

#[test]
fn a_cancellation_is_believed_only_at_its_own_address() {
    let body = "TransactionId=504&Amount=10.00&DateTime=2023-11-15+10%3a00%3a00&InvoiceId=A-1";
    assert_eq!(read("type=cancel", body).says, fact(BankStatus::Reversed, None));
    assert_eq!(read("", body).says, Says::Hint { payment: false });
    // The very payment, sent to the address of cancellations.
    let payment = format!("{PAYMENT}&Status=Completed&AuthCode=1");
    assert_eq!(
        read("type=cancel", &payment).says,
        fact(BankStatus::Paid, Some(1000))
    );
}

#[test]
fn subscriptions_and_payouts_are_not_payments() {
    for (kind, body) in [
        (
            "type=recurrent",
            "Id=sc_1&AccountId=1&Amount=10.00&Currency=RUB&Status=Active",
        ),
        ("", "Id=sc_1&AccountId=1&Amount=10.00&Currency=RUB&Status=Active"),
        (
            "type=pay",
            "TransactionId=9&Amount=10.00&Currency=RUB&Status=Completed&OperationType=CardPayout&Rrn=1",
        ),
    ] {
        assert_eq!(read(kind, body).says, Says::Nothing, "{body}");
    }
}

#[test]
fn json_says_the_same_as_a_form() {
    let body = r#"{"TransactionId":504,"Amount":10.00,"Currency":"RUB","DateTime":"2023-11-14 22:14:20","InvoiceId":"A-1","Status":"Completed","OperationType":"Payment","AuthCode":"123456","Data":{"a":1}}"#;
    let reading = read("type=pay", body);
    assert_eq!(
        (reading.genuineness, reading.says),
        (Genuineness::Genuine, fact(BankStatus::Paid, Some(1000)))
    );
    assert_eq!(reading.bank_order_id.as_deref(), Some("504"));
}

#[test]
fn a_get_is_signed_over_its_query_with_our_part_or_without() {
    let told = format!("{PAYMENT}&Status=Completed&AuthCode=1");
    let query = format!("type=pay&{told}");
    for signed in [&told, &query] {
        let raw = RawCallback {
            method: "GET".to_owned(),
            query: query.clone(),
            body: Vec::new(),
            headers: vec![("content-hmac".to_owned(), hmac(signed.as_bytes()))],
            from: None,
        };
        assert_eq!(PORT.read(&raw).says, fact(BankStatus::Paid, Some(1000)));
    }
}

#[test]
fn either_header_is_enough() {
    let body = format!("{PAYMENT}&Status=Completed&AuthCode=1");
    let decoded = "TransactionId=504&Amount=10.00&Currency=RUB&DateTime=2023-11-14 22:14:20&InvoiceId=A-1&TestMode=0&OperationType=Payment&IpCity=СПб&Status=Completed&AuthCode=1";
    let (good, bad) = (hmac(body.as_bytes()), hmac(b"other"));
    for headers in [
        vec![("content-hmac", good.clone()), ("x-content-hmac", bad.clone())],
        vec![
            ("content-hmac", bad.clone()),
            ("x-content-hmac", hmac(decoded.as_bytes())),
        ],
        vec![("x-content-hmac", hmac(decoded.as_bytes()))],
        vec![("x-content-hmac", good.clone())],
    ] {
        let reading = PORT.read(&post("type=pay", &body, &headers));
        assert_eq!(reading.says, fact(BankStatus::Paid, Some(1000)), "{headers:?}");
    }
    let neither = [("content-hmac", bad.clone()), ("x-content-hmac", bad)];
    let reading = PORT.read(&post("type=pay", &body, &neither));
    assert_eq!(
        (reading.genuineness, reading.says),
        (Genuineness::Forged, Says::Nothing)
    );
}

/// `Description=x&Status=Completed&AuthCode=1` once decoded: the same text as a payment's own fields.
#[test]
fn a_decoded_text_that_can_be_cut_otherwise_only_makes_us_ask() {
    let body = "TransactionId=504&Amount=10.00&Currency=RUB&InvoiceId=A-1&Status=Completed&AuthCode=1&Description=x%26y%3D1";
    let decoded = "TransactionId=504&Amount=10.00&Currency=RUB&InvoiceId=A-1&Status=Completed&AuthCode=1&Description=x&y=1";
    let reading = PORT.read(&post(
        "type=pay",
        body,
        &[("x-content-hmac", hmac(decoded.as_bytes()))],
    ));
    assert_eq!(
        (reading.genuineness, reading.says),
        (Genuineness::Genuine, Says::Hint { payment: true })
    );
}

#[test]
fn what_is_repeated_or_unreadable_is_forged_and_what_is_unsigned_proves_nothing() {
    for body in [
        format!("{PAYMENT}&Amount=1.00&Status=Completed&AuthCode=1"),
        format!("{PAYMENT}&x=%"),
    ] {
        let reading = read("type=pay", &body);
        assert_eq!(
            (reading.genuineness, reading.says),
            (Genuineness::Forged, Says::Nothing)
        );
    }
    let body = format!("{PAYMENT}&Status=Completed&AuthCode=1");
    let reading = PORT.read(&post("type=pay", &body, &[]));
    assert_eq!(
        (reading.genuineness, reading.says),
        (Genuineness::Unsigned, Says::Hint { payment: true })
    );
}

#[test]
fn answers_are_in_the_banks_form() {
    let raw = post("type=check", PAYMENT, &[]);
    let reply = PORT.acknowledge(&raw);
    assert_eq!(
        (reply.status, reply.content_type, reply.body.as_str()),
        (200, "application/json", r#"{"code":0}"#)
    );
    assert_ne!(PORT.refuse().status, 200);
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
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(query: String, body: Vec<u8>, post: bool, header: String) {
        let method = if post { "POST" } else { "GET" };
        let headers = vec![("content-hmac".to_owned(), header)];
        let raw = RawCallback { method: method.to_owned(), query, body, headers, from: None };
        prop_assert_ne!(PORT.read(&raw).genuineness, Genuineness::Genuine);
    }
}
