//! The RBS gateway (BPC), which Sber, Alfa-Bank and VTB share.
//!
//! Protocol: BPC "Payment Gateway REST API Reference" and Alfa-Bank "Callback-уведомления".

mod amounts;
mod callback;
mod client;
pub(crate) mod json;
mod list;
pub(crate) mod map;
pub(crate) mod register;
mod self_test;
pub(crate) mod settings;
pub(crate) mod signature;
pub(crate) mod wire;

pub(crate) use client::{Gateway, Profile};
pub use settings::{CallbackDigest, RbsSettings};
