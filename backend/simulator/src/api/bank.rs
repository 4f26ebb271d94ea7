//! A bank account of the simulator: its credentials and its faults.

use serde::{Deserialize, Serialize};

/// Which bank's protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bank {
    /// The RBS gateway, as Sber runs it.
    Sber,
    /// The RBS gateway, as Alfa-Bank runs it.
    Alfa,
    /// The RBS gateway, as VTB runs it.
    Vtb,
    /// Sber's newer gateway: the same calls in JSON, and callbacks that nobody signs.
    SberEcom,
    /// PayOnline.
    #[serde(rename = "payonline")]
    PayOnline,
    /// T-Bank.
    #[serde(rename = "tbank")]
    Tbank,
    /// YooKassa.
    #[serde(rename = "yookassa")]
    YooKassa,
    /// CloudPayments.
    #[serde(rename = "cloudpayments")]
    CloudPayments,
    /// Robokassa.
    Robokassa,
    /// Stripe.
    Stripe,
}

impl Bank {
    /// Every bank.
    pub const ALL: [Self; 10] = [
        Self::Sber,
        Self::Alfa,
        Self::Vtb,
        Self::SberEcom,
        Self::PayOnline,
        Self::Tbank,
        Self::YooKassa,
        Self::CloudPayments,
        Self::Robokassa,
        Self::Stripe,
    ];

    /// The name in paths.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sber => "sber",
            Self::Alfa => "alfa",
            Self::Vtb => "vtb",
            Self::SberEcom => "sber_ecom",
            Self::PayOnline => "payonline",
            Self::Tbank => "tbank",
            Self::YooKassa => "yookassa",
            Self::CloudPayments => "cloudpayments",
            Self::Robokassa => "robokassa",
            Self::Stripe => "stripe",
        }
    }

    /// The name on pages.
    pub fn title(self) -> &'static str {
        match self {
            Self::Sber => "Сбер",
            Self::Alfa => "Альфа-Банк",
            Self::Vtb => "ВТБ",
            Self::SberEcom => "Сбер, новый шлюз",
            Self::PayOnline => "PayOnline",
            Self::Tbank => "Т-Банк",
            Self::YooKassa => "ЮKassa",
            Self::CloudPayments => "CloudPayments",
            Self::Robokassa => "Robokassa",
            Self::Stripe => "Stripe",
        }
    }

    /// The bank of this name in a path.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bank| bank.as_str() == name)
    }

    /// Whether it speaks the RBS gateway's language, in a form or in JSON.
    pub fn is_rbs(self) -> bool {
        matches!(self, Self::Sber | Self::Alfa | Self::Vtb | Self::SberEcom)
    }

    /// Whether each try to pay is a transaction of its own, with an id of its own.
    pub fn keeps_transactions(self) -> bool {
        matches!(self, Self::PayOnline | Self::CloudPayments)
    }
}

/// How callbacks are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CallbackMethod {
    /// Parameters in the query.
    #[default]
    Get,
    /// Parameters in a form body.
    Post,
}

/// The hash under Robokassa's signatures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignatureHash {
    /// MD5.
    #[default]
    Md5,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

/// Settings of an account; what is `None` in a request keeps its value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BankSettings {
    /// RBS: the API user.
    pub user_name: Option<String>,
    /// RBS: its password; T-Bank: the terminal's; Robokassa: the first one.
    pub password: Option<String>,
    /// Robokassa: the second password.
    pub second_password: Option<String>,
    /// RBS: a token that may stand in place of user and password.
    pub token: Option<String>,
    /// PayOnline: the merchant id; T-Bank: the terminal's key; Robokassa: the shop's login.
    pub merchant_id: Option<String>,
    /// PayOnline: the private security key.
    pub private_security_key: Option<String>,
    /// YooKassa: the number of the shop.
    pub shop_id: Option<String>,
    /// YooKassa and Stripe: the secret key of the API.
    pub secret_key: Option<String>,
    /// CloudPayments: the public id of the site.
    pub public_id: Option<String>,
    /// CloudPayments: the API secret, also the key under every notification.
    pub api_secret: Option<String>,
    /// CloudPayments: whether the merchant is asked before a payment on the page (Check); not when not given.
    pub check_payments: Option<bool>,
    /// Where callbacks go; none: nowhere. CloudPayments: `{type}` in it becomes the type of the notification.
    pub callback_url: Option<String>,
    /// PayOnline: where callbacks about refused payments go, when elsewhere.
    pub decline_url: Option<String>,
    /// Robokassa: the hash under signatures.
    pub hash: Option<SignatureHash>,
    /// Robokassa: the second address (ResultUrl2) of payments that name none.
    pub second_callback_url: Option<String>,
    /// RBS and Stripe: the HMAC secret of callbacks; neither secret nor key: unsigned callbacks.
    pub callback_secret: Option<String>,
    /// RBS: the RSA key (PKCS#8 PEM) that signs callbacks instead; Robokassa: the one of messages to the second address,
    /// the simulator's own when not given.
    pub callback_private_key: Option<String>,
    /// How callbacks are sent.
    pub callback_method: Option<CallbackMethod>,
    /// RBS: whether callbacks carry `amount`.
    pub send_amount: Option<bool>,
    /// The pause between tries of one callback; the bank's own when not given.
    pub retry_interval_ms: Option<u64>,
    /// How long an answer to a callback is awaited, 10 000 when not given.
    pub callback_timeout_ms: Option<u64>,
}

impl BankSettings {
    /// Takes over every setting that `changes` gives.
    pub(crate) fn merge(&mut self, changes: Self) {
        fn take<T>(old: &mut Option<T>, new: Option<T>) {
            if new.is_some() {
                *old = new;
            }
        }
        take(&mut self.user_name, changes.user_name);
        take(&mut self.password, changes.password);
        take(&mut self.second_password, changes.second_password);
        take(&mut self.token, changes.token);
        take(&mut self.merchant_id, changes.merchant_id);
        take(&mut self.private_security_key, changes.private_security_key);
        take(&mut self.shop_id, changes.shop_id);
        take(&mut self.secret_key, changes.secret_key);
        take(&mut self.public_id, changes.public_id);
        take(&mut self.api_secret, changes.api_secret);
        take(&mut self.check_payments, changes.check_payments);
        take(&mut self.callback_url, changes.callback_url);
        take(&mut self.decline_url, changes.decline_url);
        take(&mut self.hash, changes.hash);
        take(&mut self.second_callback_url, changes.second_callback_url);
        take(&mut self.callback_secret, changes.callback_secret);
        take(&mut self.callback_private_key, changes.callback_private_key);
        take(&mut self.callback_method, changes.callback_method);
        take(&mut self.send_amount, changes.send_amount);
        take(&mut self.retry_interval_ms, changes.retry_interval_ms);
        take(&mut self.callback_timeout_ms, changes.callback_timeout_ms);
    }
}

/// How a bank answers calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceMode {
    /// As it should.
    #[default]
    Ok,
    /// HTTP 500, nothing done.
    Error500,
    /// Silence for `hang_ms`, then the connection is closed; nothing done.
    Timeout,
    /// The connection is closed at once; nothing done.
    Down,
    /// The bank's own "system error" in a well-formed answer; nothing done.
    SystemError,
    /// An HTML page with status 200; nothing done.
    Garbage,
    /// HTTP 429 with `Retry-After: 1`; nothing done.
    Busy429,
    /// Operations only: done, then silence for `hang_ms` and a closed connection.
    TimeoutAfter,
    /// Operations only: done, then HTTP 500.
    Error500After,
}

/// The faults of a bank account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BankFaults {
    /// The share of callbacks that never leave.
    pub drop_rate: f64,
    /// The least delay of a callback.
    pub delay_ms_min: u64,
    /// The greatest delay of a callback.
    pub delay_ms_max: u64,
    /// The share of callbacks that come twice.
    pub duplicate_rate: f64,
    /// The share of callbacks that wait for the account's next one to go first.
    pub reorder_rate: f64,
    /// How long a reordered callback waits at most.
    pub reorder_hold_ms: u64,
    /// The share of callbacks that a forged one precedes.
    pub forge_rate: f64,
    /// How status queries are answered.
    pub query_mode: ServiceMode,
    /// How register, refund and the like are answered.
    pub operation_mode: ServiceMode,
    /// After so many status queries `query_mode` is `ok` again.
    pub query_times: Option<u64>,
    /// The share of status queries that fail although `query_mode` is `ok`.
    pub query_fail_rate: f64,
    /// How those fail.
    pub query_fail_mode: ServiceMode,
    /// How long `timeout` holds a request.
    pub hang_ms: u64,
}

impl Default for BankFaults {
    fn default() -> Self {
        Self {
            drop_rate: 0.0,
            delay_ms_min: 0,
            delay_ms_max: 0,
            duplicate_rate: 0.0,
            reorder_rate: 0.0,
            reorder_hold_ms: 3_000,
            forge_rate: 0.0,
            query_mode: ServiceMode::Ok,
            operation_mode: ServiceMode::Ok,
            query_times: None,
            query_fail_rate: 0.0,
            query_fail_mode: ServiceMode::Error500,
            hang_ms: 60_000,
        }
    }
}

/// An account with everything that is set for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BankAccount {
    /// The bank.
    pub bank: Bank,
    /// The account's name.
    pub account: String,
    /// Its settings.
    pub settings: BankSettings,
    /// Its faults.
    pub faults: BankFaults,
}
