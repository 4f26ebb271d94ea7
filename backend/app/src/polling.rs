//! Asking the bank what became of the money.

mod apply;
mod ask;
mod due;
mod plan;

pub use ask::{AskError, Asked, Asker};
pub use due::DueQueries;
pub(crate) use plan::next_query;
