//! Our account at each bank that the simulator plays, and what differs between them.

use serde_json::{Value, json};
use sverka_app::ports::bank::Genuineness;
use sverka_banks::BankSettings;
use sverka_domain::status::BankStatus;

/// One account.
#[derive(Clone, Copy)]
pub(crate) struct Bank {
    pub(crate) code: &'static str,
    pub(crate) account: &'static str,
    /// Settings for a simulator at this address.
    pub(crate) settings: fn(&str) -> BankSettings,
    /// How a notification of the bank's own stands.
    pub(crate) proof: Genuineness,
    /// A refund shows in the answer to a question.
    pub(crate) shows_refunds: bool,
    /// What a refused order is said to be.
    pub(crate) refused: Option<BankStatus>,
    /// What a released hold is said to be.
    pub(crate) released: Option<BankStatus>,
}

/// What most banks have in common.
const USUAL: Bank = Bank {
    code: "",
    account: "main",
    settings: |_| panic!("settings"),
    proof: Genuineness::Genuine,
    shows_refunds: true,
    refused: Some(BankStatus::Declined),
    released: Some(BankStatus::Reversed),
};

fn settings(table: Value) -> BankSettings {
    serde_json::from_value(table).unwrap()
}

fn rbs(bank: &str, base: &str, account: &str, user: &str, secret: &str) -> BankSettings {
    settings(json!({
        "bank": bank, "base_url": format!("{base}/{bank}/{account}/payment/rest/"), "user_name": user,
        "password": "demo-password", "callback_secret": secret
    }))
}

pub(crate) const BANKS: [Bank; 10] = [
    Bank {
        code: "sber",
        settings: |base| rbs("sber", base, "main", "demo-api", "demo-callback-secret"),
        ..USUAL
    },
    Bank {
        code: "alfa",
        settings: |base| rbs("alfa", base, "main", "demo-alfa", "demo-alfa-secret"),
        ..USUAL
    },
    Bank {
        code: "vtb",
        settings: |base| rbs("vtb", base, "main", "demo-vtb", "demo-vtb-secret"),
        ..USUAL
    },
    Bank {
        code: "sber_ecom",
        settings: |base| {
            settings(json!({
                "bank": "sber_ecom", "base_url": format!("{base}/sber_ecom/main/ecomm/gw/partner/api/v1/"),
                "user_name": "demo-ecom", "password": "demo-password"
            }))
        },
        proof: Genuineness::Unsigned,
        ..USUAL
    },
    Bank {
        code: "payonline",
        account: "club",
        settings: |base| {
            settings(json!({
                "bank": "payonline", "base_url": format!("{base}/payonline/"), "merchant_id": "12345",
                "private_security_key": "demo-payonline-key"
            }))
        },
        ..USUAL
    },
    Bank {
        code: "tbank",
        settings: |base| {
            settings(json!({
                "bank": "tbank", "base_url": format!("{base}/tbank/v2/"), "terminal_key": "DemoTerminalDEMO",
                "password": "demo-tbank-password"
            }))
        },
        ..USUAL
    },
    Bank {
        code: "yookassa",
        settings: |base| {
            settings(json!({
                "bank": "yookassa", "base_url": format!("{base}/yookassa/main/v3/"), "shop_id": "100500",
                "secret_key": "test_demo-yookassa-key", "networks": ["127.0.0.1"]
            }))
        },
        ..USUAL
    },
    Bank {
        code: "robokassa",
        settings: |base| {
            settings(json!({
                "bank": "robokassa", "base_url": format!("{base}/robokassa/Merchant/"), "merchant_login": "demo-shop",
                "password1": "demo-robokassa-1", "password2": "demo-robokassa-2",
                "result_certificate": sverka_simulator::ROBOKASSA_CERTIFICATE
            }))
        },
        // It tells of success only, and its answers know no refusals and no refunds.
        shows_refunds: false,
        refused: Some(BankStatus::Expired),
        released: Some(BankStatus::Expired),
        ..USUAL
    },
    Bank {
        code: "cloudpayments",
        settings: |base| {
            settings(json!({
                "bank": "cloudpayments", "base_url": format!("{base}/cloudpayments/main/"), "public_id": "pk_demo",
                "api_secret": "demo-cloudpayments-secret"
            }))
        },
        ..USUAL
    },
    Bank {
        code: "stripe",
        settings: |base| {
            settings(json!({
                "bank": "stripe", "base_url": format!("{base}/stripe/main/"), "secret_key": "sk_test_demo",
                "webhook_secret": "whsec_demo-stripe-secret"
            }))
        },
        ..USUAL
    },
];
