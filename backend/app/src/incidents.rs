//! Lost callbacks become incidents, and incidents become alarms.

mod alarm;
mod ask_all;
mod get;
mod learn;
mod list;
mod missing;
mod resend;
mod seen;
mod span;
mod support;
mod watch;
mod words;

pub use alarm::Alarmed;
pub use get::GetIncidentError;
pub use list::{IncidentQuery, ListIncidentsError};
pub use missing::MissingError;
pub use resend::IncidentResendError;
pub use seen::IncidentSeen;
pub use support::SupportText;
pub use watch::Watched;
