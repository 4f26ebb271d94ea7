//! A journal made up on purpose: the same for the same number and seed, row by row, so that a bench knows what is in it
//! without looking.

mod chance;
mod fill;
mod names;
mod payment;
mod postgres;
mod recipe;
mod rows;
mod sqlite;

pub use chance::Chance;
pub use fill::{Filled, fill};
pub use names::{COMMON, UNCOMMON, rare, uncommon};
pub use payment::Payment;
pub use recipe::{ACCOUNTS, Journal, Kind, PAYMENT_TYPES};
