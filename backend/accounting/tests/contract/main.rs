//! The webhook through its port, against a receiver that answers well, badly or not at all.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod body;
mod headers;
mod network;
mod server;
mod settings;
mod verdicts;
