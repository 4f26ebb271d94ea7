//! An HTTP service of the customer's 1C (`/hs/…`): our webhook, with 1C's own authentication before it, and a small JSON
//! answer. One handler serves this kind and the plain webhook; `docs/onec` has a sample of it.

mod client;
mod map;
mod settings;

pub(crate) use client::OnecHttp;
pub use settings::OnecHttpSettings;
