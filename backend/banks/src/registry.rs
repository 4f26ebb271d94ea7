//! From settings to bank accounts. Adding a bank takes its folder and its line here.

use std::sync::Arc;

use serde::Deserialize;
use sverka_app::ports::bank::BankPort;

use crate::alfa::{self, AlfaSettings};
use crate::cloudpayments::{self, CloudPaymentsSettings};
use crate::payonline::{self, PayOnlineSettings};
use crate::robokassa::{self, RobokassaSettings};
use crate::sber::{self, SberSettings};
use crate::sber_ecom::{self, SberEcomSettings};
use crate::settings::SettingsError;
use crate::stripe::{self, StripeSettings};
use crate::tbank::{self, TBankSettings};
use crate::vtb::{self, VtbSettings};
use crate::yookassa::{self, YooKassaSettings};

/// A bank that Sverka can talk to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BankInfo {
    /// Its code in the configuration and in addresses.
    pub code: &'static str,
    /// Its name in Russian.
    pub title_ru: &'static str,
    /// Its name in English.
    pub title_en: &'static str,
}

/// Settings, how an account is made of them, the bank's code, and its name in Russian and in English.
macro_rules! banks {
    ($($name:ident($settings:ty) => $account:path, $code:literal, $ru:literal, $en:literal;)+) => {
        /// All banks, in the order in which they are shown.
        pub const BANKS: &[BankInfo] = &[$(BankInfo { code: $code, title_ru: $ru, title_en: $en }),+];

        /// Settings of one bank account. Deserialises from a table with the bank's code under `bank`, once
        /// secrets are plain strings; keys that are not the adapter's own (`name`, `merchant`) must be taken out.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(tag = "bank")]
        pub enum BankSettings {
            $(
                #[doc = $en]
                #[serde(rename = $code)]
                $name($settings),
            )+
        }

        impl BankSettings {
            /// The bank's code.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => $code,)+
                }
            }
        }

        /// A bank account that can be talked to.
        ///
        /// # Errors
        /// [`SettingsError`] that names the setting and the remedy.
        pub fn build(settings: BankSettings) -> Result<Arc<dyn BankPort>, SettingsError> {
            Ok(match settings {
                $(BankSettings::$name(settings) => Arc::new($account(settings)?),)+
            })
        }
    };
}

banks! {
    Sber(SberSettings) => sber::account, "sber", "Сбербанк", "Sber";
    SberEcom(SberEcomSettings) => sber_ecom::account, "sber_ecom", "Сбербанк (новый шлюз)", "Sber (new gateway)";
    Alfa(AlfaSettings) => alfa::account, "alfa", "Альфа-Банк", "Alfa-Bank";
    Vtb(VtbSettings) => vtb::account, "vtb", "ВТБ", "VTB";
    PayOnline(PayOnlineSettings) => payonline::account, "payonline", "PayOnline", "PayOnline";
    TBank(TBankSettings) => tbank::account, "tbank", "Т-Банк", "T-Bank";
    YooKassa(YooKassaSettings) => yookassa::account, "yookassa", "ЮKassa", "YooKassa";
    CloudPayments(CloudPaymentsSettings) => cloudpayments::account, "cloudpayments", "CloudPayments", "CloudPayments";
    Robokassa(RobokassaSettings) => robokassa::account, "robokassa", "Robokassa", "Robokassa";
    Stripe(StripeSettings) => stripe::account, "stripe", "Stripe", "Stripe";
}
