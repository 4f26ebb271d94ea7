//! MoySklad over its JSON API 1.2.
//!
//! A document that is created again under the same `syncId` is answered with the one made before, so that repeating a
//! request is harmless. Facts: the vendor's documentation (`moysklad/api-remap-1.2-doc`).

mod check;
mod clients;
mod look;
mod map;
mod office;
mod parcel;
mod post;
mod service;
mod settings;
mod wire;

pub(crate) use service::MoySklad;
pub use settings::MoySkladSettings;
