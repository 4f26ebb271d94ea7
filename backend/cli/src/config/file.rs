//! The shape of the file.

use serde::Deserialize;
use toml::{Spanned, Table, Value};

/// The file as it stands. Unknown keys are refused.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) listen: Option<Spanned<String>>,
    pub(super) public_url: Option<Spanned<String>>,
    pub(super) database_url: Option<Spanned<Value>>,
    /// A streaming replica of the same database, for searches and exports.
    pub(super) database_read_url: Option<Spanned<Value>>,
    pub(super) jwt_secret: Option<Spanned<Value>>,
    pub(super) retention: Option<Spanned<Retention>>,
    /// Threads that answer HTTP.
    pub(super) http_threads: Option<Spanned<usize>>,
    /// Networks of the proxies whose word on their clients is taken.
    #[serde(default)]
    pub(super) trusted_proxies: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) merchants: Vec<Spanned<Merchant>>,
    #[serde(default)]
    pub(super) payment_types: Vec<Spanned<PaymentType>>,
    #[serde(default)]
    pub(super) bank_accounts: Vec<Spanned<Table>>,
    #[serde(default)]
    pub(super) connections: Vec<Spanned<Table>>,
    #[serde(default)]
    pub(super) alarms: Vec<Spanned<Table>>,
}

/// How long things are kept.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Retention {
    /// The raw form of bank notifications.
    pub(super) notifications_days: Option<u32>,
}

/// The club or legal entity that is paid.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Merchant {
    pub(super) code: String,
    pub(super) title: String,
    #[serde(default = "moscow")]
    pub(super) timezone: String,
}

pub(super) fn moscow() -> String {
    "Europe/Moscow".to_owned()
}

/// What is paid for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PaymentType {
    pub(super) code: String,
    pub(super) title: Title,
}

/// A name in both languages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Title {
    pub(super) ru: String,
    pub(super) en: String,
}
