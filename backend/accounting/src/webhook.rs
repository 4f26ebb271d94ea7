//! A receiver of signed webhooks, by Standard Webhooks 1.0.0: it keys on `webhook-id`, so that sending the
//! same request again is always safe and is itself the question whether it has arrived.

mod client;
pub(crate) mod map;
mod settings;
mod signature;
pub(crate) mod wire;

pub(crate) use client::Webhook;
pub use settings::{Secrets, WebhookSettings};
pub(crate) use signature::Keys;
