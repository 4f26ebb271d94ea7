//! Opening a payment page: the attempt's order is registered at the bank, once.
//!
//! The intent is a row before the bank is called, what it answered a row after, and the call itself is outside any
//! transaction. Whoever finds an intent without an answer asks the bank for the order first: it may exist. Within a
//! process those who want the same page wait for one another; between processes a lease keeps them apart.

mod begin;
mod call;
mod look_up;
mod open;
mod page;
mod record;
mod settle;
mod turns;

pub use open::{CheckoutError, CheckoutRequest};
pub(crate) use turns::Turns;
