//! Bitrix24 over its REST API and an inbound webhook.
//!
//! Nothing in it is unique by our key: a payment can only be looked for, and a person decides what stays unclear.
//! Facts: the vendor's own REST documentation (`bitrix-tools/b24-rest-docs`).

mod check;
mod clients;
mod deals;
mod look;
mod map;
mod parcel;
mod pay_deal;
mod pay_order;
mod portal;
mod refund;
mod service;
mod settings;
mod wire;

pub(crate) use service::Bitrix24;
pub use settings::{Bitrix24Settings, DealRule, PaymentRoad, RefundRoad};
