//! The real program, in processes that can be killed.
//!
//! A [`Stand`] has a database of its own, the simulator in the test's own process, so that it survives every kill and
//! holds the truth, and starts `sverka` over a generated configuration. Everything is on 127.0.0.1 and ends with the
//! test: a [`Program`] is killed when it is dropped.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "only tests use it, and a test that cannot go on panics"
)]

mod api;
mod callback;
mod command;
mod config;
mod database;
mod environment;
mod ledger;
mod port;
mod program;
mod stand;
mod standby;
mod wait;

pub use api::{Api, NewPayment};
pub use callback::{Answer, Callback, Caller};
pub use command::{Outcome, run};
pub use config::Setup;
pub use database::{Database, Engine, crash_server};
pub use environment::{seed, told};
pub use ledger::{posted, posted_once};
pub use program::Program;
pub use stand::Stand;
pub use standby::Standby;
pub use wait::{until, within};

pub(crate) use config::receiver;
pub(crate) use port::free as free_port;
