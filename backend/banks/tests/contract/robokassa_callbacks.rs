//! Robokassa's notifications: the first address and the second.

use std::sync::{Arc, LazyLock};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use rand::SeedableRng;
use rsa::PrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::{EncodePublicKey, LineEnding};
use rsa::signature::{SignatureEncoding, Signer};
use serde_json::{Value, json};
use sverka_app::ports::bank::{BankPort, Genuineness, RawCallback, Reading, Says};
use sverka_banks::{BankSettings, HashKind, RobokassaSettings, Secret, build};
use sverka_domain::attempt::BankFact;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;

pub(crate) fn robokassa(base_url: &str) -> RobokassaSettings {
    RobokassaSettings {
        base_url: base_url.to_owned(),
        merchant_login: "test_login".to_owned(),
        password1: Secret::new("test_password1"),
        password2: Secret::new("test_password2"),
        hash: None,
        test_mode: None,
        hold: None,
        result_url2: None,
        result_certificate: None,
        language: None,
        ca_certificates: None,
        timeout_seconds: Some(1),
        questions_per_second: None,
    }
}

pub(crate) fn port(base_url: &str) -> Arc<dyn BankPort> {
    build(BankSettings::Robokassa(robokassa(base_url))).unwrap()
}

pub(crate) fn with(change: impl FnOnce(&mut RobokassaSettings)) -> Arc<dyn BankPort> {
    let mut settings = robokassa("https://auth.robokassa.ru/Merchant/");
    change(&mut settings);
    build(BankSettings::Robokassa(settings)).unwrap()
}

static PORT: LazyLock<Arc<dyn BankPort>> = LazyLock::new(|| port("http://127.0.0.1/"));

fn post(body: &str) -> RawCallback {
    RawCallback {
        method: "POST".to_owned(),
        query: String::new(),
        body: body.as_bytes().to_vec(),
        headers: Vec::new(),
        from: None,
    }
}

fn md5_of(text: &str) -> String {
    use md5::{Digest, Md5};
    hex::encode_upper(Md5::digest(text))
}

/// Signed over this text, whatever the fields are.
fn signed(fields: &str, text: &str) -> Reading {
    PORT.read(&post(&format!("{fields}&SignatureValue={}", md5_of(text))))
}

fn paid(amount: i64) -> Says {
    Says::Fact(BankFact {
        status: BankStatus::Paid,
        amount: Some(Money::new(amount, Currency::RUB)),
        refunded: None,
        paid_at: None,
    })
}

/// Six decimals, as in a log of a live shop: hashed as they came, and read as money afterwards.
#[test]
fn a_payment_is_signed_over_the_sum_as_it_came() {
    let reading = signed(
        "OutSum=10.000000&InvId=58&Fee=0.35&EMail=a%40b.ru&PaymentMethod=BankCard&out_summ=10.000000&crc=0",
        "10.000000:58:test_password2",
    );
    assert_eq!(
        (reading.genuineness, reading.says),
        (Genuineness::Genuine, paid(1000))
    );
    assert_eq!(reading.order_number.as_deref(), Some("58"));
    let other = signed("OutSum=10.00&InvId=58", "10.000000:58:test_password2");
    assert_eq!(
        (other.genuineness, other.says),
        (Genuineness::Forged, Says::Nothing)
    );
}

#[test]
fn own_fields_are_signed_sorted_without_regard_to_case() {
    let reading = signed(
        "OutSum=10&InvId=58&Shp_merchant_id=2&shp_label=1",
        "10:58:test_password2:shp_label=1:Shp_merchant_id=2",
    );
    assert_eq!(reading.genuineness, Genuineness::Genuine);
}

#[test]
fn encoded_own_fields_are_signed_as_sent_or_as_meant() {
    let fields = "OutSum=10&InvId=58&Shp_name=%D0%96%D1%83%D0%BA";
    for text in [
        "10:58:test_password2:Shp_name=%D0%96%D1%83%D0%BA",
        "10:58:test_password2:Shp_name=Жук",
    ] {
        assert_eq!(signed(fields, text).genuineness, Genuineness::Genuine, "{text}");
    }
    assert_eq!(
        signed(fields, "10:58:test_password2").genuineness,
        Genuineness::Forged,
        "own fields cannot be added"
    );
}

#[test]
fn every_hash_of_the_cabinet_is_known_and_no_other_passes() {
    use sha2::Digest;
    let text = "10:58:test_password2";
    let signatures = [
        (HashKind::Md5, hex::encode(md5::Md5::digest(text))),
        (HashKind::Ripemd160, hex::encode(ripemd::Ripemd160::digest(text))),
        (HashKind::Sha1, hex::encode(sha1::Sha1::digest(text))),
        (HashKind::Sha256, hex::encode(sha2::Sha256::digest(text))),
        (HashKind::Sha384, hex::encode(sha2::Sha384::digest(text))),
        (HashKind::Sha512, hex::encode(sha2::Sha512::digest(text))),
    ];
    for (kind, _) in &signatures {
        let port = with(|settings| settings.hash = Some(*kind));
        for (of, signature) in &signatures {
            let raw = post(&format!("OutSum=10&InvId=58&SignatureValue={signature}"));
            let genuine = port.read(&raw).genuineness == Genuineness::Genuine;
            assert_eq!(genuine, kind == of, "{kind:?} {of:?}");
        }
    }
}

#[test]
fn what_is_repeated_missing_or_unreadable_is_forged() {
    for fields in [
        "OutSum=10&InvId=58&OutSum=11",
        "OutSum=10&InvId=58&InvId=59",
        "InvId=58",
        "OutSum=10",
        "OutSum=10&InvId=58&x=%",
    ] {
        let reading = signed(fields, "10:58:test_password2");
        assert_eq!(
            (reading.genuineness, reading.says),
            (Genuineness::Forged, Says::Nothing),
            "{fields}"
        );
    }
    let unsigned = PORT.read(&post("OutSum=10&InvId=58"));
    assert_eq!(
        (unsigned.genuineness, unsigned.says),
        (Genuineness::Unsigned, Says::Hint { payment: true })
    );
}

/// A shop that gave both modes one password: what the signature cannot tell apart must not pay an order.
#[test]
fn a_test_payment_pays_nothing_in_live_mode() {
    let fields = "OutSum=10&InvId=58&IsTest=1";
    let text = "10:58:test_password2";
    assert_eq!(signed(fields, text).says, Says::Hint { payment: true });
    let port = with(|settings| settings.test_mode = Some(true));
    let raw = post(&format!("{fields}&SignatureValue={}", md5_of(text)));
    assert_eq!(port.read(&raw).says, paid(1000));
}

#[test]
fn the_answer_echoes_the_number_and_nothing_else() {
    assert_eq!(PORT.acknowledge(&post("OutSum=10&InvId=58")).body, "OK58");
    assert_eq!(PORT.acknowledge(&post("InvId=%3Cscript%3E")).body, "OK");
    let get = RawCallback {
        method: "GET".to_owned(),
        query: "OutSum=10&InvId=7".to_owned(),
        ..post("")
    };
    assert_eq!(PORT.acknowledge(&get).body, "OK7");
    assert_eq!(PORT.refuse().status, 403);
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

/// Making a key takes a while; one is enough.
static KEY: LazyLock<PrivateKey> =
    LazyLock::new(|| PrivateKey::new(&mut rand::rngs::StdRng::seed_from_u64(2), 2048).unwrap());

static SECOND: LazyLock<Arc<dyn BankPort>> = LazyLock::new(|| {
    let pem = KEY.to_public_key().to_public_key_pem(LineEnding::LF).unwrap();
    with(|settings| settings.result_certificate = Some(pem))
});

fn jws(header: &Value, data: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let payload = json!({"header": {"type": "PaymentStateNotification", "version": "1.0.0", "timestamp": "1700000000"}, "data": data});
    let text = format!("{}.{}", part(header), part(&payload));
    let signature = SigningKey::<sha2::Sha256>::new(KEY.clone()).sign(text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

fn state(state: &str) -> Value {
    json!({"shop": "test_login", "opKey": "key-1", "invId": "58", "paymentMethod": "BankCard", "incSum": "10.35", "state": state})
}

fn rs256() -> Value {
    json!({"typ": "JWT", "alg": "RS256"})
}

fn held() -> Says {
    Says::Fact(BankFact {
        status: BankStatus::Authorized,
        amount: None,
        refunded: None,
        paid_at: None,
    })
}

#[test]
fn a_hold_is_told_to_the_second_address_and_believed_by_its_signature() {
    let reading = SECOND.read(&post(&jws(&rs256(), &state("HOLD"))));
    assert_eq!(
        (reading.genuineness, reading.says),
        (Genuineness::Genuine, held())
    );
    assert_eq!(reading.order_number.as_deref(), Some("58"));
    assert_eq!(reading.bank_order_id.as_deref(), Some("key-1"));
    // The sum there is the payer's, with the system's fee: the bank is asked about a payment.
    let reading = SECOND.read(&post(&jws(&rs256(), &state("OK"))));
    assert_eq!(reading.says, Says::Hint { payment: true });
    let body = jws(&rs256(), &state("OK"));
    assert_eq!(SECOND.acknowledge(&post(&body)).body, "OK58");
}

#[test]
fn without_a_certificate_the_second_address_proves_nothing() {
    let reading = PORT.read(&post(&jws(&rs256(), &state("HOLD"))));
    assert_eq!(
        (reading.genuineness, reading.says),
        (Genuineness::Unsigned, Says::Hint { payment: true })
    );
}

#[test]
fn a_message_that_is_changed_foreign_or_otherwise_signed_is_forged() {
    let good = jws(&rs256(), &state("HOLD"));
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let (header, _) = signed.split_once('.').unwrap();
    let other = URL_SAFE_NO_PAD.encode(json!({"data": state("OK")}).to_string());
    let mut foreign = state("HOLD");
    foreign["shop"] = "another".into();
    for body in [
        format!("{header}.{other}.{signature}"),
        jws(&json!({"alg": "none"}), &state("HOLD")),
        jws(&json!({"alg": "HS256"}), &state("HOLD")),
        jws(&rs256(), &foreign),
        format!("{signed}.AAAA"),
        "a.b.c".to_owned(),
    ] {
        let reading = SECOND.read(&post(&body));
        assert_eq!(
            (reading.genuineness, reading.says),
            (Genuineness::Forged, Says::Nothing),
            "{body}"
        );
    }
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(query: String, body: Vec<u8>, post: bool) {
        let method = if post { "POST" } else { "GET" };
        let raw = RawCallback { method: method.to_owned(), query, body, headers: Vec::new(), from: None };
        prop_assert_ne!(SECOND.read(&raw).genuineness, Genuineness::Genuine);
        SECOND.acknowledge(&raw);
    }
}
