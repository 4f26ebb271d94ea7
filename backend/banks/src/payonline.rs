//! PayOnline. Its notifications do not sign their result, so they are only ever a reason to ask.
//!
//! Protocol: PayOnline's own manual of the API (methods Search and List, the payment page, `SecurityKey`).

mod books;
mod callback;
mod client;
mod list;
mod map;
mod page;
mod period;
mod self_test;
mod settings;
mod signature;
mod wire;

pub(crate) use client::account;
pub use settings::PayOnlineSettings;
