//! Published callbacks, genuine and tampered with, each with its source in the fixture.

use serde_json::Value;
use sverka_app::ports::bank::{Genuineness, RawCallback};
use sverka_banks::{BankSettings, CallbackDigest, Secret, build};

use crate::cloudpayments_callbacks::cloudpayments;
use crate::payonline_callbacks::payonline;
use crate::rbs_callbacks::rbs;
use crate::robokassa_callbacks::robokassa;
use crate::sber_ecom::ecom;
use crate::stripe_callbacks::stripe;
use crate::tbank_callbacks::tbank;
use crate::yookassa_callbacks::yookassa;

fn raw(request: &Value) -> RawCallback {
    let text = request["query_or_body"]
        .as_str()
        .or(request["body"].as_str())
        .unwrap();
    let is_get = request["method"] == "GET";
    RawCallback {
        method: request["method"].as_str().unwrap().to_owned(),
        query: if is_get { text.to_owned() } else { String::new() },
        body: if is_get {
            Vec::new()
        } else {
            text.as_bytes().to_vec()
        },
        headers: request["headers"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.to_lowercase(), value.as_str().unwrap().to_owned()))
            .collect(),
        from: request["remote_ip"].as_str().map(|ip| ip.parse().unwrap()),
    }
}

/// The same callback by POST, which both gateways can be told to send.
fn posted(raw: &RawCallback) -> RawCallback {
    RawCallback {
        method: "POST".to_owned(),
        query: "result=1".to_owned(),
        body: raw.query.clone().into_bytes(),
        headers: Vec::new(),
        from: None,
    }
}

fn settings(vector: &Value) -> BankSettings {
    let secret = vector["secret"].as_str().map(Secret::new);
    let base = "http://127.0.0.1/";
    match vector["bank"].as_str().unwrap() {
        "payonline" => return BankSettings::PayOnline(payonline(base, secret.unwrap())),
        "tbank" => return BankSettings::TBank(tbank(base, secret.unwrap())),
        "sber-ecom" => return BankSettings::SberEcom(ecom(base)),
        "yookassa" => return BankSettings::YooKassa(yookassa(base)),
        "cloudpayments" => return BankSettings::CloudPayments(cloudpayments(base, secret.unwrap())),
        "stripe" => return BankSettings::Stripe(stripe(base, secret)),
        "robokassa" => {
            let mut settings = robokassa(base);
            settings.password2 = secret.unwrap();
            return BankSettings::Robokassa(settings);
        }
        _ => {}
    }
    let mut settings = rbs(base);
    settings.callback_secret = secret;
    settings.callback_public_key = vector["key"].as_str().map(str::to_owned);
    settings.callback_digest = vector["key"].as_str().map(|_| CallbackDigest::Sha512);
    match vector["bank"].as_str().unwrap() {
        "sber-rbs" => BankSettings::Sber(settings),
        "alfa" => BankSettings::Alfa(settings),
        other => panic!("no adapter for {other}"),
    }
}

#[test]
fn every_published_callback_stands_as_its_source_says() {
    let mut checked = 0;
    for file in [
        include_str!("../fixtures/rbs.json"),
        include_str!("../fixtures/payonline.json"),
        include_str!("../fixtures/tbank.json"),
        include_str!("../fixtures/yookassa.json"),
        include_str!("../fixtures/cloudpayments.json"),
        include_str!("../fixtures/robokassa.json"),
        include_str!("../fixtures/stripe.json"),
    ] {
        let vectors: Vec<Value> = serde_json::from_str(file).unwrap();
        for vector in vectors
            .iter()
            .filter(|one| !one["kind"].as_str().unwrap().starts_with("request"))
        {
            let port = build(settings(vector)).unwrap();
            let expected = match vector["valid"].as_bool() {
                Some(true) => Genuineness::Genuine,
                // A wrong address is not a wrong signature.
                Some(false) if vector["bank"] == "yookassa" => Genuineness::Unsigned,
                // Reading has no clock: a signature that is right but old is right. What keeps an old event from doing
                // harm stands in the adapter's own words.
                Some(false) if vector["note"] == "replay window" => Genuineness::Genuine,
                Some(false) => Genuineness::Forged,
                None => Genuineness::Unsigned,
            };
            let raw = raw(&vector["request"]);
            let told = port.read(&raw);
            assert_eq!(
                told.genuineness, expected,
                "{} {}",
                vector["kind"], vector["source"]
            );
            if raw.method == "GET" {
                assert_eq!(port.read(&posted(&raw)), told, "{}", vector["source"]);
            }
            checked += 1;
        }
    }
    assert_eq!(checked, 25);
}

/// The bank's cabinet may show the certificate of the very key instead of the key.
#[test]
fn a_certificate_is_as_good_as_its_key() {
    let vectors: Vec<Value> = serde_json::from_str(include_str!("../fixtures/rbs.json")).unwrap();
    let signed: Vec<_> = vectors.iter().filter(|one| one["key"].is_string()).collect();
    assert_eq!(signed.len(), 2);
    for vector in signed {
        let mut settings = rbs("http://127.0.0.1/");
        settings.callback_public_key = Some(include_str!("../fixtures/rbs_certificate.pem").to_owned());
        let told = build(BankSettings::Vtb(settings))
            .unwrap()
            .read(&raw(&vector["request"]));
        assert_eq!(
            told.genuineness == Genuineness::Genuine,
            vector["valid"],
            "{}",
            vector["kind"]
        );
    }
}
