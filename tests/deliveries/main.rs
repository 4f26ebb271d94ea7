//! The delivery engine over a scripted accounting system of either class, in virtual time, on the real store.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod backlog;
mod bulk;
mod connections;
mod crashes;
mod decisions;
mod finds;
mod flow;
mod refunds;
mod stage;
mod sweeps;
mod system;
mod table;
mod table_answers;
mod words;
