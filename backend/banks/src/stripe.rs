//! Stripe. Orders are checkout sessions; their money is in payment intents, and what went back, in the charge.
//!
//! A notification's age cannot be judged where it is read, since reading has no clock and may be done again later. An old
//! notification sent once more is harmless for other reasons: the same bytes are the same notification, facts only grow,
//! and the bank's own answer outweighs them. So the tolerance of Stripe's libraries (300 s) has no counterpart here.
//!
//! Protocol: Stripe's API reference (payment intents, checkout sessions, charges, refunds) and "Webhooks".

mod callback;
mod client;
mod errors;
mod list;
mod map;
mod money;
mod register;
mod self_test;
mod settings;
mod signature;

pub(crate) use client::account;
pub use settings::StripeSettings;
