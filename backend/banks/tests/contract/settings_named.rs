//! Settings of CloudPayments, Robokassa and Stripe: what is wrong is named.

use sverka_banks::{BankSettings, CloudPaymentsSettings, RobokassaSettings, Secret, StripeSettings, build};

use crate::cloudpayments_callbacks::cloudpayments;
use crate::robokassa_callbacks::robokassa;
use crate::stripe_callbacks::stripe;

#[test]
fn what_is_wrong_at_a_cloudpayments_account_is_named() {
    let refused = |change: fn(&mut CloudPaymentsSettings)| {
        let mut settings = cloudpayments("https://b.example/", Secret::new("hunter2"));
        change(&mut settings);
        build(BankSettings::CloudPayments(settings))
            .err()
            .map(|error| error.field)
    };
    assert_eq!(refused(|_| {}), None);
    assert_eq!(refused(|s| s.public_id = " ".to_owned()), Some("public_id"));
    assert_eq!(refused(|s| s.api_secret = Secret::new("")), Some("api_secret"));
    assert_eq!(refused(|s| s.base_url = "b.example".to_owned()), Some("base_url"));
}

#[test]
fn what_is_wrong_at_a_robokassa_shop_is_named() {
    let refused = |change: fn(&mut RobokassaSettings)| {
        let mut settings = robokassa("https://b.example/");
        change(&mut settings);
        build(BankSettings::Robokassa(settings))
            .err()
            .map(|error| error.field)
    };
    assert_eq!(refused(|_| {}), None);
    assert_eq!(
        refused(|s| s.merchant_login = String::new()),
        Some("merchant_login")
    );
    assert_eq!(refused(|s| s.password1 = Secret::new("")), Some("password1"));
    assert_eq!(refused(|s| s.password2 = Secret::new("")), Some("password2"));
    assert_eq!(refused(|s| s.password2 = s.password1.clone()), Some("password2"));
    assert_eq!(
        refused(|s| s.language = Some("русский".to_owned())),
        Some("language")
    );
    assert_eq!(
        refused(|s| s.result_url2 = Some("here".to_owned())),
        Some("result_url2")
    );
    assert_eq!(
        refused(|s| s.result_certificate = Some("hunter2".to_owned())),
        Some("result_certificate")
    );
    let certificate = include_str!("../fixtures/rbs_certificate.pem");
    let mut settings = robokassa("https://b.example/");
    settings.result_certificate = Some(certificate.to_owned());
    assert!(build(BankSettings::Robokassa(settings)).is_ok());
    let table = serde_json::json!({
        "bank": "robokassa", "base_url": "https://b.example/", "merchant_login": "l", "password1": "hunter2",
        "password2": "hunter3", "hash": "ripemd160"
    });
    assert!(serde_json::from_value::<BankSettings>(table.clone()).is_ok());
    let mut unknown = table;
    unknown["hash"] = "crc32".into();
    assert!(serde_json::from_value::<BankSettings>(unknown).is_err());
}

#[test]
fn what_is_wrong_at_a_stripe_account_is_named() {
    let refused = |change: fn(&mut StripeSettings)| {
        let mut settings = stripe("https://b.example/", None);
        change(&mut settings);
        build(BankSettings::Stripe(settings))
            .err()
            .map(|error| error.field)
    };
    assert_eq!(refused(|_| {}), None);
    assert_eq!(refused(|s| s.secret_key = Secret::new("")), Some("secret_key"));
    assert_eq!(
        refused(|s| s.secret_key = Secret::new("pk_test_1")),
        Some("secret_key")
    );
    assert_eq!(
        refused(|s| s.webhook_secret = Some(Secret::new(" "))),
        Some("webhook_secret")
    );
}
