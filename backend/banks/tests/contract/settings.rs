//! Settings: what is wrong is named together with its remedy, and no secret is shown.

use sverka_banks::{
    BANKS, BankSettings, RbsSettings, SberEcomSettings, Secret, TBankSettings, YooKassaSettings, build,
};

use crate::cloudpayments_callbacks::cloudpayments;
use crate::payonline_callbacks::payonline;
use crate::rbs_callbacks::rbs;
use crate::robokassa_callbacks::robokassa;
use crate::sber_ecom::ecom;
use crate::stripe_callbacks::stripe;
use crate::tbank_callbacks::tbank;
use crate::yookassa_callbacks::yookassa;

fn refused(change: impl FnOnce(&mut RbsSettings)) -> &'static str {
    let mut settings = rbs("https://bank.example/rest/");
    change(&mut settings);
    match build(BankSettings::Sber(settings)) {
        Ok(_) => panic!("accepted"),
        Err(error) => {
            assert!(!error.to_string().contains("hunter2"));
            error.field
        }
    }
}

#[test]
fn what_is_wrong_at_an_rbs_account_is_named() {
    assert_eq!(refused(|s| s.base_url = "bank.example".to_owned()), "base_url");
    assert_eq!(refused(|s| s.user_name = None), "user_name");
    assert_eq!(refused(|s| s.password = None), "password");
    assert_eq!(refused(|s| s.password = Some(Secret::new(""))), "password");
    assert_eq!(refused(|s| s.token = Some(Secret::new("hunter2"))), "token");
    assert_eq!(
        refused(|s| s.callback_secret = Some(Secret::new(" "))),
        "callback_secret"
    );
    assert_eq!(
        refused(|s| s.callback_public_key = Some("hunter2".to_owned())),
        "callback_public_key"
    );
    assert_eq!(refused(|s| s.currency = Some("rub".to_owned())), "currency");
    assert_eq!(
        refused(|s| s.ca_certificates = Some("none".to_owned())),
        "ca_certificates"
    );
    assert_eq!(refused(|s| s.timeout_seconds = Some(0)), "timeout_seconds");
    assert_eq!(
        refused(|s| s.questions_per_second = Some(0)),
        "questions_per_second"
    );
    let both = |s: &mut RbsSettings| {
        s.callback_secret = Some(Secret::new("hunter2"));
        s.callback_public_key = Some("key".to_owned());
    };
    assert_eq!(refused(both), "callback_public_key");
}

#[test]
fn what_is_wrong_at_a_payonline_account_is_named() {
    let base = || payonline("https://pay.example/", Secret::new("hunter2"));
    let mut numberless = base();
    numberless.merchant_id = String::new();
    let mut tongueless = base();
    tongueless.language = Some("русский".to_owned());
    for (settings, field) in [(numberless, "merchant_id"), (tongueless, "language")] {
        match build(BankSettings::PayOnline(settings)) {
            Ok(_) => panic!("accepted"),
            Err(error) => assert_eq!(error.field, field),
        }
    }
}

#[test]
fn what_is_wrong_at_an_account_of_the_new_gateway_is_named() {
    let refused = |change: fn(&mut SberEcomSettings)| {
        let mut settings = ecom("https://b.example/");
        change(&mut settings);
        build(BankSettings::SberEcom(settings))
            .err()
            .map(|error| error.field)
    };
    assert_eq!(refused(|_| {}), None);
    assert_eq!(refused(|s| s.user_name = " ".to_owned()), Some("user_name"));
    assert_eq!(refused(|s| s.password = Secret::new("")), Some("password"));
    assert_eq!(
        refused(|s| s.callback_secret = Some(Secret::new(""))),
        Some("callback_secret")
    );
    assert_eq!(refused(|s| s.currency = Some("rub".to_owned())), Some("currency"));
    assert_eq!(refused(|s| s.base_url = "b.example".to_owned()), Some("base_url"));
}

#[test]
fn what_is_wrong_at_a_tbank_terminal_is_named() {
    let refused = |change: fn(&mut TBankSettings)| {
        let mut settings = tbank("https://b.example/v2/", Secret::new("hunter2"));
        change(&mut settings);
        build(BankSettings::TBank(settings)).err().unwrap().field
    };
    assert_eq!(refused(|s| s.base_url = String::new()), "base_url");
    assert_eq!(refused(|s| s.terminal_key = String::new()), "terminal_key");
    assert_eq!(refused(|s| s.terminal_key = "1".repeat(21)), "terminal_key");
    assert_eq!(refused(|s| s.password = Secret::new(" ")), "password");
    assert_eq!(
        refused(|s| s.notification_url = Some("sverka".to_owned())),
        "notification_url"
    );
    assert_eq!(refused(|s| s.timeout_seconds = Some(0)), "timeout_seconds");
}

#[test]
fn what_is_wrong_at_a_yookassa_shop_is_named() {
    let refused = |change: fn(&mut YooKassaSettings)| {
        let mut settings = yookassa("https://b.example/v3/");
        change(&mut settings);
        let error = build(BankSettings::YooKassa(settings)).err().unwrap();
        assert!(!error.remedy.is_empty() && !error.to_string().contains("hunter2"));
        error.field
    };
    assert_eq!(refused(|s| s.base_url = String::new()), "base_url");
    assert_eq!(refused(|s| s.shop_id = String::new()), "shop_id");
    assert_eq!(refused(|s| s.shop_id = "club".to_owned()), "shop_id");
    assert_eq!(refused(|s| s.secret_key = Secret::new("")), "secret_key");
    assert_eq!(refused(|s| s.networks = Some(Vec::new())), "networks");
    assert_eq!(refused(|s| s.networks = Some(vec!["all".to_owned()])), "networks");
    assert_eq!(
        refused(|s| s.order_number_key = Some(String::new())),
        "order_number_key"
    );
    assert_eq!(
        refused(|s| s.questions_per_second = Some(0)),
        "questions_per_second"
    );
}

#[test]
fn settings_are_read_from_a_table_and_unknown_keys_are_refused() {
    let table = serde_json::json!({
        "bank": "sber", "base_url": "https://b.example/", "user_name": "u", "password": "hunter2",
        "callback_secret": "s", "callback_digest": "sha512"
    });
    let settings: BankSettings = serde_json::from_value(table.clone()).unwrap();
    assert_eq!(settings.code(), "sber");
    assert!(!format!("{settings:?}").contains("hunter2"));
    let mut misspelt = table;
    misspelt["pasword"] = "x".into();
    assert!(serde_json::from_value::<BankSettings>(misspelt).is_err());
}

#[test]
fn every_bank_has_settings_of_its_code() {
    let codes = [
        BankSettings::Sber(rbs("https://b.example/")).code(),
        BankSettings::SberEcom(ecom("https://b.example/")).code(),
        BankSettings::Alfa(rbs("https://b.example/")).code(),
        BankSettings::Vtb(rbs("https://b.example/")).code(),
        BankSettings::PayOnline(payonline("https://b.example/", Secret::new("k"))).code(),
        BankSettings::TBank(tbank("https://b.example/", Secret::new("k"))).code(),
        BankSettings::YooKassa(yookassa("https://b.example/")).code(),
        BankSettings::CloudPayments(cloudpayments("https://b.example/", Secret::new("k"))).code(),
        BankSettings::Robokassa(robokassa("https://b.example/")).code(),
        BankSettings::Stripe(stripe("https://b.example/", None)).code(),
    ];
    assert_eq!(BANKS.iter().map(|bank| bank.code).collect::<Vec<_>>(), codes);
}

#[test]
fn an_account_is_asked_five_times_a_second_unless_told_otherwise() {
    let mut settings = rbs("https://b.example/");
    assert_eq!(
        build(BankSettings::Sber(settings.clone()))
            .unwrap()
            .questions_per_second(),
        5
    );
    settings.questions_per_second = Some(2);
    assert_eq!(
        build(BankSettings::Sber(settings))
            .unwrap()
            .questions_per_second(),
        2
    );
}
