//! Adapters meet the simulator over HTTP. The two are written by different people from the same document, so what one of
//! them misread shows here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod onec;
mod onec_http;
mod onec_look;
mod onec_steps;
mod order;
