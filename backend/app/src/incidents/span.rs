//! The time that an incident is about.

use jiff::Timestamp;

use crate::ports::store::{Incident, Span};

/// From its beginning to its end, or to now.
pub(super) fn span(incident: &Incident, now: Timestamp) -> Span {
    Span {
        account: incident.account.clone(),
        from: incident.since,
        to: incident.closed_at.unwrap_or(now),
        now,
    }
}
