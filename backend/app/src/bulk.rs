//! Actions on many attempts at once. Every row is there before anything is done; a worker goes through them, and whoever
//! starts next goes on where it died.

mod list;
mod rehearse;
mod start;
mod stop;
mod turn;
mod work;

pub use list::{BulkRowsListed, BulkRowsQuery, BulkRunError, ListBulkRunsError};
pub use start::{Chosen, MOST_CHOSEN, MOST_MATCHING, NewBulkRun, StartBulkError, StartForRealError};
pub use stop::StopBulkError;
pub use work::{BulkWork, Silence};
