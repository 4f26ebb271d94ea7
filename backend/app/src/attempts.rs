//! What is done with attempts.

mod change;
mod decide;
mod export;
mod get;
mod list_events;
mod mark_posted;
mod override_status;
mod record;
mod report;
mod resync;
mod search;
mod seen;

pub(crate) use change::{Change, ChangeError, Entry, settle_by};
pub use decide::{Decide, DecideError};
pub use export::Export;
pub use get::GetError;
pub use list_events::TimelineError;
pub use mark_posted::{MarkPosted, MarkPostedError};
pub use override_status::{OverrideError, OverrideStatus};
pub use record::{IdempotencyKey, NewAttempt, RecordError, Recorded};
pub use report::{Report, ReportError};
pub use resync::ResyncError;
pub(crate) use resync::hurry;
pub(crate) use search::meant;
pub use search::{SearchError, SearchQuery};
pub use seen::{Allowed, Seen};
pub(crate) use seen::{Pauses, needs_attention};
