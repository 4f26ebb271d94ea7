//! Actions on many attempts at once: one endpoint a file.

mod body;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod query_banks;
pub(crate) mod resync;
pub(crate) mod rows;
pub(crate) mod start;
pub(crate) mod stop;
mod view;

pub(crate) use view::BulkRunView;
