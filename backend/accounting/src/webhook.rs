//! A receiver of signed webhooks, by Standard Webhooks 1.0.0. If it keys on `webhook-id`, sending the same request
//! again is always safe and is itself the question whether it has arrived; if it does not, it has to be able to say
//! what it has.

mod check;
mod client;
mod look;
pub(crate) mod map;
mod settings;
mod signature;
pub(crate) mod wire;

pub(crate) use client::Webhook;
pub use settings::{Secrets, WebhookSettings};
pub(crate) use signature::Keys;
