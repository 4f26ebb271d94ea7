//! The adapters through their port, against a system that answers well, badly or not at all.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod bitrix24;
mod body;
mod headers;
mod look;
mod moysklad;
mod network;
mod onec;
mod onec_http;
mod onec_look;
mod onec_people;
mod onec_self_test;
mod onec_send;
mod onec_settings;
mod onec_steps;
mod server;
mod settings;
mod tryton;
mod verdicts;
