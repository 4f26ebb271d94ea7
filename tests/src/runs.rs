//! Runs of the real program against an accounting system while everything between and around them fails.
//!
//! A [`Proxy`] stands before the accounting system and loses, cuts, delays and resets by seed; both sides are killed and
//! the database is taken away, by seed; an operator presses «Синхронизировать с CRM» meanwhile. In the end a
//! [`Tally`] compares what the bank was paid with the other side's own list of documents, by client and by brute force:
//! it knows nothing of keys, references and searches.
//!
//! A system that can be run against is a [`Target`].
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "only tests and runs use it, and a run that cannot go on panics"
)]

mod backlog;
mod chaos;
mod count;
mod fill;
mod journal;
mod notices;
mod operator;
mod plan;
mod programs;
mod proxy;
mod report;
mod run;
mod sink;
mod target;
mod targets;

pub use backlog::{Backlog, drain};
pub use chaos::Done;
pub use count::{Demand, Expected, Finding, Tally, tally};
pub use fill::{Client, Payment};
pub use journal::{Kind, Row};
pub use plan::Plan;
pub use proxy::{Counts, Fate, Proxy, Rates};
pub use report::Report;
pub use run::run;
pub use target::{Document, Target};
pub use targets::{OnecTarget, TrytonTarget, WebhookTarget};
