//! Bank notifications: kept first, then read, then answered.

mod orphans;
mod process;
mod receive;
mod repeat;

pub(crate) use orphans::match_orphans;
pub(crate) use process::process;
pub use receive::ReceiveError;
