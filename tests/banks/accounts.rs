//! An account at each bank: the simulator's own of that bank, as the adapter wants it told.

use serde_json::{Map, Value, json};
use sverka_app::ports::bank::{AccountKey, BankAccount, Banks};
use sverka_banks::{BANKS, BankSettings};
use sverka_simulator::Options;
use sverka_simulator::api;

/// The simulator's accounts, the first one of each bank.
fn simulated(bank: &str) -> Option<api::BankAccount> {
    let options = Options::demo("127.0.0.1:0".parse().unwrap(), "");
    let mut accounts = options.banks.into_iter();
    accounts.find(|account| account.bank.as_str() == bank)
}

/// Name and settings of the account at that bank; `None`: the simulator has none, or nobody said here how to reach it.
pub(crate) fn settings(bank: &str, simulator: &str) -> Option<(String, Value)> {
    let account = simulated(bank)?;
    let name = account.account;
    let told = serde_json::to_value(account.settings).unwrap();
    let same = |keys: &'static [&'static str]| keys.iter().map(|key| (*key, *key)).collect::<Vec<_>>();
    let (path, keys, further) = match bank {
        "sber" | "alfa" | "vtb" => (
            format!("{bank}/{name}/payment/rest/"),
            same(&["user_name", "password", "callback_secret"]),
            json!({}),
        ),
        "sber_ecom" => (
            format!("sber_ecom/{name}/ecomm/gw/partner/api/v1/"),
            same(&["user_name", "password"]),
            json!({}),
        ),
        "payonline" => (
            "payonline/".to_owned(),
            same(&["merchant_id", "private_security_key"]),
            json!({}),
        ),
        "yookassa" => (
            format!("yookassa/{name}/v3/"),
            same(&["shop_id", "secret_key"]),
            json!({ "networks": ["127.0.0.1"] }),
        ),
        "tbank" => (
            "tbank/v2/".to_owned(),
            vec![("terminal_key", "merchant_id"), ("password", "password")],
            json!({}),
        ),
        "robokassa" => (
            "robokassa/Merchant/".to_owned(),
            vec![
                ("merchant_login", "merchant_id"),
                ("password1", "password"),
                ("password2", "second_password"),
            ],
            json!({}),
        ),
        "cloudpayments" => (
            format!("cloudpayments/{name}/"),
            same(&["public_id", "api_secret"]),
            json!({}),
        ),
        "stripe" => (
            format!("stripe/{name}/"),
            vec![
                ("secret_key", "secret_key"),
                ("webhook_secret", "callback_secret"),
            ],
            json!({}),
        ),
        _ => return None,
    };
    let mut settings = Map::new();
    settings.insert("bank".into(), bank.into());
    settings.insert("base_url".into(), format!("{simulator}/{path}").into());
    for (ours, theirs) in keys {
        assert!(
            told[theirs].is_string(),
            "the simulator's account {bank}/{name} has no {theirs}"
        );
        settings.insert(ours.to_owned(), told[theirs].clone());
    }
    settings.extend(further.as_object().cloned().unwrap_or_default());
    Some((name, settings.into()))
}

/// An account at every bank.
pub(crate) fn banks(simulator: &str) -> Banks {
    let accounts = BANKS.iter().filter_map(|bank| {
        let (account, settings) = settings(bank.code, simulator)?;
        let settings: BankSettings = serde_json::from_value(settings).unwrap();
        let key = AccountKey {
            bank: bank.code.to_owned(),
            account,
        };
        Some(BankAccount {
            key,
            merchant: "tverskaya".to_owned(),
            port: sverka_banks::build(settings).unwrap(),
        })
    });
    Banks::new(accounts)
}
