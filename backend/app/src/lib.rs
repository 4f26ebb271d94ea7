//! What Sverka does, one verb a file, over ports that the adapters implement.
//!
//! Each use case loads, decides by the domain, saves and queues inside one synchronous closure
//! ([`ports::store::Store::write`]), and only then, or before, talks to anybody.

mod app;
pub mod attempts;
pub mod auth;
pub mod bank_accounts;
pub mod bulk;
pub mod callbacks;
pub mod catalog;
pub mod checkout;
pub mod connections;
pub mod deliveries;
pub mod housekeeping;
pub mod incidents;
mod nudge;
pub mod paging;
pub mod polling;
pub mod ports;
pub mod registries;
mod words;

pub use app::{App, Parts};
pub use nudge::Nudges;
