//! Passing payments and refunds on, exactly once.
//!
//! A claimed delivery is taken up, searched for, weighed, and then sent, linked, held or put off. The search only reads,
//! and comes before the intent: a crash in it leaves the delivery as it was.

mod adopt;
mod begin;
mod claim;
mod commit;
mod deliver;
mod flow;
mod foresee;
mod grip;
mod judge;
mod recover;
mod search;
mod settle;
mod sweep;
mod verdict;

pub use claim::Claimed;
pub use deliver::{DeliverError, Delivered};

pub(crate) use foresee::{Foreseen, Outlook};
pub(crate) use settle::plan_sweep;
