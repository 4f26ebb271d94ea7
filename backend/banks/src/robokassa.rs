//! Robokassa. Only success is notified, over an address set in the cabinet; holds, over a second one given per payment.
//! The payment page is a signed address, and an order number is a whole number.
//!
//! Protocol: docs.robokassa.ru, "Уведомления и редиректы", "Холдирование" and the XML interface `OpStateExt`.

mod callback;
mod client;
mod hash;
mod jws;
mod map;
mod number;
mod page;
mod self_test;
mod settings;
mod signature;
mod wire;

pub(crate) use client::account;
pub use hash::HashKind;
pub use settings::RobokassaSettings;
