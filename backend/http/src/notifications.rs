//! Notifications of the banks, as they came.

pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod process;
mod view;

pub(crate) use view::NotificationView;
