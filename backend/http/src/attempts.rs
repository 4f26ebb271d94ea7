//! Operations on attempts: one endpoint a file.

pub(crate) mod bank_query;
pub(crate) mod checkout;
pub(crate) mod decision;
pub(crate) mod events;
pub(crate) mod export;
pub(crate) mod get;
pub(crate) mod mark_posted;
pub(crate) mod override_status;
pub(crate) mod record;
pub(crate) mod report;
pub(crate) mod resync;
pub(crate) mod search;
mod timeline_view;
mod view;

pub(crate) use view::{AttemptView, HoldView};
