//! How fast it is: a journal made up on purpose, a load driver on loopback, and what to compare with.
//!
//! Nothing here is part of the program. A number is worth something beside its reference from the same run only; see
//! `docs/benchmarks.md`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a bench that cannot go on ends"
)]

pub mod journal;
pub mod psql;
