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
#![allow(clippy::float_arithmetic, reason = "rates and medians are not money")]
#![allow(clippy::print_stdout, reason = "what a bench comes to is printed")]

pub mod benches;
pub mod figures;
pub mod journal;
pub mod load;
pub mod psql;
