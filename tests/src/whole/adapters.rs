//! The real adapters, pointed at the simulator's accounts.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sverka_accounting::ConnectionSettings;
use sverka_app::catalog::{Catalog, Merchant, Title, Titled};
use sverka_app::ports::accounting::{Connection, Connections, Takes};
use sverka_app::ports::bank::{AccountKey, BankAccount, Banks};
use sverka_banks::BankSettings;

/// The API user of the account `sber/main`.
pub const API_USER: &str = "demo-api";
/// Signs the notifications of the account `sber/main`.
pub const CALLBACK_SECRET: &str = "demo-callback-secret";
/// Signs the notifications of the account `payonline/club`.
pub const PAYONLINE_KEY: &str = "demo-payonline-key";
/// Signs webhooks.
pub const WEBHOOK_SECRET: &str = "whsec_ZGVtby1zZWNyZXQtZm9yLXN2ZXJrYS1zaW11bGF0b3I=";

/// What banks and people reach.
pub(super) const PUBLIC_URL: &str = "https://pay.example.ru";

fn settings<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn account(merchant: &str, name: &str, value: Value) -> BankAccount {
    let settings: BankSettings = settings(value);
    BankAccount {
        key: AccountKey {
            bank: settings.code().to_owned(),
            account: name.to_owned(),
        },
        merchant: merchant.to_owned(),
        port: sverka_banks::build(settings).unwrap(),
    }
}

/// The accounts that the simulator has from its start.
pub(super) fn banks(simulator: &str) -> Banks {
    banks_with(simulator, CALLBACK_SECRET)
}

/// The same, with another secret for the notifications of `sber/main`.
pub(super) fn banks_with(simulator: &str, callback_secret: &str) -> Banks {
    let sber = |name: &str, user: &str, secret: &str| {
        json!({
            "bank": "sber",
            "base_url": format!("{simulator}/sber/{name}/payment/rest/"),
            "user_name": user,
            "password": "demo-password",
            "callback_secret": secret,
        })
    };
    let payonline = json!({
        "bank": "payonline",
        "base_url": format!("{simulator}/payonline/"),
        "merchant_id": "12345",
        "private_security_key": PAYONLINE_KEY,
    });
    Banks::new([
        account("tverskaya", "main", sber("main", API_USER, callback_secret)),
        account(
            "kazan",
            "second",
            sber("second", "demo-second", "demo-second-secret"),
        ),
        account("tverskaya", "club", payonline),
    ])
}

/// One connection, `crm`.
pub(super) fn connections(url: &str) -> Connections {
    let settings: ConnectionSettings = settings(json!({
        "kind": "webhook",
        "url": url,
        "secret": WEBHOOK_SECRET,
        "allow_private_network": true,
        "connect_timeout_seconds": 1,
        "timeout_seconds": 2,
    }));
    Connections::new(vec![Connection {
        name: "crm".to_owned(),
        kind: "webhook".to_owned(),
        takes: Takes::default(),
        port: sverka_accounting::build(settings).unwrap(),
    }])
}

/// Two merchants, so that a filter has something to leave out.
pub(super) fn catalog() -> Catalog {
    let merchant = |code: &str, title: &str| Merchant {
        code: code.to_owned(),
        title: title.to_owned(),
        timezone: "Europe/Moscow".to_owned(),
    };
    let titled = |code: &str, ru: &str, en: &str| Titled {
        code: code.to_owned(),
        title: Title {
            ru: ru.to_owned(),
            en: en.to_owned(),
        },
    };
    Catalog {
        merchants: vec![
            merchant("tverskaya", "Клуб на Тверской"),
            merchant("kazan", "Клуб в Казани"),
        ],
        payment_types: vec![
            titled("membership", "Абонемент", "Membership"),
            titled("deposit", "Депозит", "Deposit"),
        ],
        banks: sverka_banks::BANKS
            .iter()
            .map(|bank| titled(bank.code, bank.title_ru, bank.title_en))
            .collect(),
        systems: sverka_accounting::CONNECTION_KINDS
            .iter()
            .map(|known| titled(known.kind, known.title_ru, known.title_en))
            .collect(),
        public_url: PUBLIC_URL.to_owned(),
    }
}
