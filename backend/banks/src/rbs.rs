//! The RBS gateway (BPC), which Sber, Alfa-Bank and VTB share.
//!
//! Protocol: BPC "Payment Gateway REST API Reference" and Alfa-Bank "Callback-уведомления".

mod amounts;
mod callback;
mod client;
mod map;
mod register;
mod self_test;
mod settings;
mod signature;
mod wire;

pub(crate) use client::Gateway;
pub use settings::{CallbackDigest, RbsSettings};
