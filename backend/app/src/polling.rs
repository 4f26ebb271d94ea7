//! Asking the bank what became of the money.

mod apply;
mod ask;
mod due;

pub use ask::{AskError, Asked, Asker};
