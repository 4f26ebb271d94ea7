//! From settings to bank accounts. Adding a bank takes its folder and its lines here.

use std::sync::Arc;

use serde::Deserialize;
use sverka_app::ports::bank::BankPort;

use crate::payonline::{PayOnline, PayOnlineSettings};
use crate::sber::{self, SberSettings};
use crate::settings::SettingsError;

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

/// All banks, in the order in which they are shown.
pub const BANKS: &[BankInfo] = &[
    BankInfo {
        code: "sber",
        title_ru: "Сбербанк",
        title_en: "Sber",
    },
    BankInfo {
        code: "payonline",
        title_ru: "PayOnline",
        title_en: "PayOnline",
    },
];

/// Settings of one bank account. Deserialises from a table with the bank's code under `bank`, once
/// secrets are plain strings; keys that are not the adapter's own (`name`, `merchant`) must be taken out.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "bank", rename_all = "lowercase")]
pub enum BankSettings {
    /// Sber, the old (RBS) gateway.
    Sber(SberSettings),
    /// PayOnline.
    PayOnline(PayOnlineSettings),
}

impl BankSettings {
    /// The bank's code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Sber(_) => "sber",
            Self::PayOnline(_) => "payonline",
        }
    }
}

/// A bank account that can be talked to.
///
/// # Errors
/// [`SettingsError`] that names the setting and the remedy.
pub fn build(settings: BankSettings) -> Result<Arc<dyn BankPort>, SettingsError> {
    Ok(match settings {
        BankSettings::Sber(settings) => Arc::new(sber::account(settings)?),
        BankSettings::PayOnline(settings) => Arc::new(PayOnline::new(settings)?),
    })
}
