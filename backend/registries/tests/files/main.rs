//! Files as banks send them, read to their end.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by a panic"
)]

mod client_bank;
mod common;
mod mapped;
mod sverka;
mod tbank;
mod xlsx;
mod yookassa;
