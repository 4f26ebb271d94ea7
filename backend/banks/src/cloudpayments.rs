//! CloudPayments. The unit is a transaction: a payer's every try is one, and so is every refund.
//!
//! Protocol: CloudPayments' developer manual, "Уведомления" and "API".

mod callback;
mod client;
mod fields;
mod list;
mod map;
mod reasons;
mod register;
mod self_test;
mod settings;
mod signature;
mod wire;

pub(crate) use client::account;
pub use settings::CloudPaymentsSettings;
