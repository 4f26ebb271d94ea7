//! T-Bank's internet acquiring (T-Kassa).
//!
//! Protocol: the bank's OpenAPI 1.80 ("T-Kassa API"), and for what it leaves open the older manual of the
//! same gateway. Production `https://securepay.tinkoff.ru/v2/`.

mod callback;
mod client;
mod init;
mod map;
mod reasons;
mod self_test;
mod settings;
mod token;
mod wire;

pub(crate) use client::account;
pub use settings::TBankSettings;
