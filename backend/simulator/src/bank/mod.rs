//! The bank's own books: accounts, orders and what may happen to an order. No protocol here.

mod account;
mod fault;
mod kept;
mod moves;
mod order;

pub(crate) use account::Account;
pub(crate) use kept::Repeat;
pub(crate) use moves::{Notice, Refused, apply, withdraw};
pub(crate) use order::{BankOrder, Former};
