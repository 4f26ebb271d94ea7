//! Bank notifications: kept first, then read, then answered.

mod check;
mod orphans;
mod process;
mod process_again;
mod receive;
mod repeat;
mod run_self_test;
mod search;
mod self_test;
mod show;

pub use check::{CallbackCheck, CheckError};
pub(crate) use orphans::match_orphans;
pub(crate) use process::process;
pub use process_again::{ProcessAgainError, ProcessedAgain};
pub use receive::ReceiveError;
pub use search::{ListError, NotificationQuery};
pub use show::{ReadAgain, ShowError};
