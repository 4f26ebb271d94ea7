//! Incidents: times in which an account's notifications did not come.

pub(crate) mod bank_query;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod missing;
pub(crate) mod resend;
mod view;

pub(crate) use view::IncidentView;
