//! The channels through their port, over real connections.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod mail;
mod notice;
mod server;
mod settings;
mod web;
