//! YooKassa.
//!
//! Protocol: yookassa.ru/developers (API v3) and the bank's own SDKs. Notifications carry no signature: they count
//! by the sender's address, and only as a reason to read the payment again.

mod amounts;
mod callback;
mod client;
mod create;
mod lines;
mod map;
mod networks;
mod reasons;
mod self_test;
mod settings;
mod wire;

pub(crate) use client::account;
pub use settings::YooKassaSettings;
