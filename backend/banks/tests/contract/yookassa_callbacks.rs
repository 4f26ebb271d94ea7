//! YooKassa notifications: nothing but the sender's address speaks for them, so they are only a reason to read
//! the payment again.

use std::net::IpAddr;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use serde_json::{Value, json};
use sverka_app::ports::bank::{BankPort, Genuineness, RawCallback, Says};
use sverka_banks::{BankSettings, Secret, YooKassaSettings, build};

const THEIRS: &str = "185.71.76.1";

pub(crate) fn yookassa(base_url: &str) -> YooKassaSettings {
    YooKassaSettings {
        base_url: base_url.to_owned(),
        shop_id: "123456".to_owned(),
        secret_key: Secret::new("test_hunter2"),
        networks: None,
        order_number_key: None,
        ca_certificates: None,
        timeout_seconds: Some(1),
        questions_per_second: None,
    }
}

pub(crate) fn port(base_url: &str) -> Arc<dyn BankPort> {
    build(BankSettings::YooKassa(yookassa(base_url))).unwrap()
}

fn post(from: &str, body: &Value) -> RawCallback {
    RawCallback {
        method: "POST".to_owned(),
        query: String::new(),
        body: body.to_string().into_bytes(),
        headers: Vec::new(),
        from: from.parse().ok(),
    }
}

fn event(event: &str) -> Value {
    let object = if event.starts_with("refund") {
        json!({
            "id": "216749f7-0016-50be-b000-078d43a63ae4", "status": "succeeded",
            "amount": {"value": "2.00", "currency": "RUB"}, "created_at": "2017-10-04T19:27:51.407Z",
            "payment_id": "22e12f66-000f-5000-8000-18db351245c7"
        })
    } else {
        json!({
            "id": "22e12f66-000f-5000-8000-18db351245c7", "status": event.rsplit('.').next().unwrap(), "paid": true,
            "amount": {"value": "10.00", "currency": "RUB"}, "created_at": "2018-07-10T14:27:54.691Z",
            "metadata": {"order_number": "A-1"}
        })
    };
    json!({"type": "notification", "event": event, "object": object})
}

#[test]
fn every_event_is_a_reason_to_ask_or_none() {
    let id = Some("22e12f66-000f-5000-8000-18db351245c7");
    for (name, says, number, id) in [
        ("payment.succeeded", Says::Hint { payment: true }, Some("A-1"), id),
        (
            "payment.waiting_for_capture",
            Says::Hint { payment: true },
            Some("A-1"),
            id,
        ),
        ("payment.canceled", Says::Hint { payment: false }, Some("A-1"), id),
        ("refund.succeeded", Says::Hint { payment: false }, None, id),
        ("payout.succeeded", Says::Nothing, None, None),
        ("payout.canceled", Says::Nothing, None, None),
        ("deal.closed", Says::Nothing, None, None),
        ("payment_method.active", Says::Nothing, None, None),
    ] {
        let reading = port("http://127.0.0.1/").read(&post(THEIRS, &event(name)));
        assert_eq!(
            (reading.genuineness, reading.says),
            (Genuineness::Genuine, says),
            "{name}"
        );
        assert_eq!(reading.order_number.as_deref(), number, "{name}");
        assert_eq!(reading.bank_order_id.as_deref(), id, "{name}");
    }
}

#[test]
fn from_elsewhere_it_proves_nothing() {
    for from in ["185.71.76.32", "127.0.0.1", "", "2a02:5181::1"] {
        let reading = port("http://127.0.0.1/").read(&post(from, &event("payment.succeeded")));
        assert_eq!(
            (reading.genuineness, reading.says),
            (Genuineness::Unsigned, Says::Hint { payment: true }),
            "{from}"
        );
    }
}

#[test]
fn the_settings_say_from_where_it_comes_and_where_the_number_stands() {
    let mut settings = yookassa("http://127.0.0.1/");
    settings.networks = Some(vec!["127.0.0.0/8".to_owned(), "::1".to_owned()]);
    settings.order_number_key = Some("orderNumber".to_owned());
    let port = build(BankSettings::YooKassa(settings)).unwrap();
    let mut told = event("payment.succeeded");
    told["object"]["metadata"] = json!({"orderNumber": 72});
    for (from, genuineness) in [
        ("127.0.0.1", Genuineness::Genuine),
        ("::1", Genuineness::Genuine),
        ("::ffff:127.0.0.1", Genuineness::Genuine),
        (THEIRS, Genuineness::Unsigned),
    ] {
        let reading = port.read(&post(from, &told));
        assert_eq!(reading.genuineness, genuineness, "{from}");
        assert_eq!(reading.order_number.as_deref(), Some("72"));
    }
}

#[test]
fn what_is_no_notification_is_forged_and_an_odd_id_is_not_taken() {
    for body in [
        json!({}),
        json!([]),
        json!({"type": "other", "event": "payment.succeeded"}),
    ] {
        let reading = port("http://127.0.0.1/").read(&post(THEIRS, &body));
        assert_eq!(
            (reading.genuineness, reading.says),
            (Genuineness::Forged, Says::Nothing)
        );
    }
    let mut told = event("payment.succeeded");
    told["object"]["id"] = "../refunds/1".into();
    assert_eq!(
        port("http://127.0.0.1/").read(&post(THEIRS, &told)).bank_order_id,
        None
    );
}

#[test]
fn it_is_acknowledged_and_what_is_not_theirs_is_refused() {
    let port = port("http://127.0.0.1/");
    assert_eq!(
        port.acknowledge(&post(THEIRS, &event("payment.succeeded")))
            .status,
        200
    );
    assert_eq!(port.refuse().status, 403);
}

#[test]
fn a_self_test_cannot_be_signed_and_says_so() {
    let port = port("http://127.0.0.1/");
    assert!(!port.abilities().signs_self_test);
    let mut raw = port.self_test("selftest-1", jiff::Timestamp::UNIX_EPOCH);
    let reading = port.read(&raw);
    assert_eq!(
        (reading.genuineness, reading.says),
        (Genuineness::Unsigned, Says::Hint { payment: false })
    );
    assert_eq!(reading.order_number.as_deref(), Some("selftest-1"));
    raw.from = THEIRS.parse().ok();
    assert_eq!(port.read(&raw).genuineness, Genuineness::Genuine);
}

/// One for all cases: a client takes longer to make than a notification to read.
static PORT: LazyLock<Arc<dyn BankPort>> = LazyLock::new(|| port("http://127.0.0.1/"));

proptest! {
    #[test]
    fn no_body_breaks_the_reading(body in proptest::collection::vec(any::<u8>(), 0..200), from in any::<[u8; 4]>()) {
        let raw = RawCallback { body, from: Some(IpAddr::from(from)), ..post("", &json!({})) };
        prop_assert_eq!(PORT.read(&raw).says, Says::Nothing);
    }
}
