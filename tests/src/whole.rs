//! Sverka within the test's own process: the real HTTP server, store and adapters, over a clock that can be moved.
//! The banks and the accounting system are the simulator's, over the wire.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod adapters;
mod answer;
mod app;
mod attempt;
mod bank;
mod client;
mod clock;
mod contract;
mod detour;
mod engine;
mod gate;
mod people;
mod run;

pub use adapters::{API_USER, CALLBACK_SECRET, PAYONLINE_KEY, WEBHOOK_SECRET};
pub use answer::{Answer, Seen};
pub use app::{Setup, TestApp};
pub use attempt::{AttemptBuilder, Given, attempt};
pub use bank::sber_callback;
pub use client::{Client, Request};
pub use clock::MovedClock;
pub use detour::Way;
pub use engine::Engine;
pub use gate::Held;
pub use people::{PASSWORD, Who, email};
pub use run::run;
