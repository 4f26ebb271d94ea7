//! Passing payments and refunds on, exactly once.

mod claim;
mod deliver;
mod recover;
mod verdict;

pub use claim::Claimed;
pub use deliver::{DeliverError, Delivered};
