//! What the simulator starts with.

use std::net::SocketAddr;

use crate::api::{AccountingFaults, Bank, BankAccount, BankFaults, BankSettings, CallbackMethod};

/// What the simulator starts with, and comes back to at reset.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 is any free one.
    pub listen: SocketAddr,
    /// Decides every chance.
    pub seed: u64,
    /// How others reach it, for links; the address it listens on when not given.
    pub public_url: Option<String>,
    /// Accounts at banks, with their faults.
    pub banks: Vec<BankAccount>,
    /// Accounting receivers by name, with their faults and secrets.
    pub accounting: Vec<(String, AccountingFaults)>,
}

impl Options {
    /// Nothing but an address.
    pub fn new(listen: SocketAddr) -> Self {
        Self {
            listen,
            seed: 1,
            public_url: None,
            banks: Vec::new(),
            accounting: Vec::new(),
        }
    }

    /// The accounts of the demo; callbacks go to `{callback_base_url}/callbacks/{bank}/{account}`.
    pub fn demo(listen: SocketAddr, callback_base_url: &str) -> Self {
        let text = |words: &str| Some(words.to_owned());
        let main = BankSettings {
            user_name: text("demo-api"),
            password: text("demo-password"),
            callback_secret: text("demo-callback-secret"),
            ..BankSettings::default()
        };
        let second = BankSettings {
            user_name: text("demo-second"),
            password: text("demo-password"),
            callback_secret: text("demo-second-secret"),
            callback_method: Some(CallbackMethod::Post),
            send_amount: Some(true),
            ..BankSettings::default()
        };
        let club = BankSettings {
            merchant_id: text("12345"),
            private_security_key: text("demo-payonline-key"),
            ..BankSettings::default()
        };
        let rbs = |name: &str, secret: Option<&str>| BankSettings {
            user_name: Some(format!("demo-{name}")),
            password: text("demo-password"),
            callback_secret: secret.map(str::to_owned),
            ..BankSettings::default()
        };
        let shop = BankSettings {
            shop_id: text("100500"),
            secret_key: text("test_demo-yookassa-key"),
            ..BankSettings::default()
        };
        let terminal = BankSettings {
            merchant_id: text("DemoTerminalDEMO"),
            password: text("demo-tbank-password"),
            ..BankSettings::default()
        };
        let robokassa = BankSettings {
            merchant_id: text("demo-shop"),
            password: text("demo-robokassa-1"),
            second_password: text("demo-robokassa-2"),
            callback_method: Some(CallbackMethod::Post),
            ..BankSettings::default()
        };
        let site = BankSettings {
            public_id: text("pk_demo"),
            api_secret: text("demo-cloudpayments-secret"),
            ..BankSettings::default()
        };
        let stripe = BankSettings {
            secret_key: text("sk_test_demo"),
            callback_secret: text("whsec_demo-stripe-secret"),
            ..BankSettings::default()
        };
        let crm = AccountingFaults {
            secret: text("whsec_ZGVtby1zZWNyZXQtZm9yLXN2ZXJrYS1zaW11bGF0b3I="),
            ..AccountingFaults::default()
        };
        let base = callback_base_url.trim_end_matches('/');
        let account = |bank: Bank, name: &str, settings: BankSettings| BankAccount {
            bank,
            account: name.to_owned(),
            settings: BankSettings {
                callback_url: Some(format!("{base}/callbacks/{}/{name}{}", bank.as_str(), kind(bank))),
                ..settings
            },
            faults: BankFaults::default(),
        };
        Self {
            banks: vec![
                account(Bank::Sber, "main", main),
                account(Bank::Sber, "second", second),
                account(Bank::Alfa, "main", rbs("alfa", Some("demo-alfa-secret"))),
                account(Bank::Vtb, "main", rbs("vtb", Some("demo-vtb-secret"))),
                account(Bank::SberEcom, "main", rbs("ecom", None)),
                account(Bank::PayOnline, "club", club),
                account(Bank::YooKassa, "main", shop),
                account(Bank::Tbank, "main", terminal),
                account(Bank::Robokassa, "main", robokassa),
                account(Bank::CloudPayments, "main", site),
                account(Bank::Stripe, "main", stripe),
            ],
            accounting: vec![("crm".to_owned(), crm)],
            ..Self::new(listen)
        }
    }
}

/// CloudPayments names the type of a notification nowhere but in the address.
fn kind(bank: Bank) -> &'static str {
    if bank == Bank::CloudPayments {
        "?type={type}"
    } else {
        ""
    }
}
