//! The accounts of the demo, one at each bank and a second one at Sber.

use crate::api::{Bank, BankAccount, BankFaults, BankSettings, CallbackMethod};

/// The accounts; callbacks go to `{base}/callbacks/{bank}/{account}`.
pub(crate) fn accounts(base: &str) -> Vec<BankAccount> {
    let account = |(bank, name, settings): (Bank, &str, BankSettings)| BankAccount {
        bank,
        account: name.to_owned(),
        settings: BankSettings {
            callback_url: Some(format!("{base}/callbacks/{}/{name}{}", bank.as_str(), kind(bank))),
            ..settings
        },
        faults: BankFaults::default(),
    };
    rbs().into_iter().chain(others()).map(account).collect()
}

/// CloudPayments names the type of a notification nowhere but in the address.
fn kind(bank: Bank) -> &'static str {
    if bank == Bank::CloudPayments {
        "?type={type}"
    } else {
        ""
    }
}

type Accounts = Vec<(Bank, &'static str, BankSettings)>;

fn text(words: &str) -> Option<String> {
    Some(words.to_owned())
}

fn rbs() -> Accounts {
    let user = |name: &str, secret: Option<&str>| BankSettings {
        user_name: Some(format!("demo-{name}")),
        password: text("demo-password"),
        callback_secret: secret.map(str::to_owned),
        ..BankSettings::default()
    };
    let second = BankSettings {
        callback_method: Some(CallbackMethod::Post),
        send_amount: Some(true),
        ..user("second", Some("demo-second-secret"))
    };
    vec![
        (Bank::Sber, "main", user("api", Some("demo-callback-secret"))),
        (Bank::Sber, "second", second),
        (Bank::Alfa, "main", user("alfa", Some("demo-alfa-secret"))),
        (Bank::Vtb, "main", user("vtb", Some("demo-vtb-secret"))),
        (Bank::SberEcom, "main", user("ecom", None)),
    ]
}

fn others() -> Accounts {
    let club = BankSettings {
        merchant_id: text("12345"),
        private_security_key: text("demo-payonline-key"),
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
    vec![
        (Bank::PayOnline, "club", club),
        (Bank::YooKassa, "main", shop),
        (Bank::Tbank, "main", terminal),
        (Bank::Robokassa, "main", robokassa),
        (Bank::CloudPayments, "main", site),
        (Bank::Stripe, "main", stripe),
    ]
}
