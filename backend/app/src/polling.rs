//! Asking the bank what became of the money.

mod apply;
mod ask;
mod due;
mod health;
mod plan;

pub use ask::{AskError, Asked, Asker};
pub use due::DueQueries;
pub use health::Outset;
pub(crate) use plan::next_query;
