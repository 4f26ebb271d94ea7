//! One incident, counted now, with the letter to the bank.

use sverka_domain::ids::IncidentId;

use super::seen::see;
use super::span::span;
use super::support::LISTED;
use super::{IncidentSeen, SupportText};
use crate::App;
use crate::ports::store::{Incident, Page, StoreError, Tx};

/// Why an incident is not shown.
#[derive(Debug, thiserror::Error)]
pub enum GetIncidentError {
    /// There is no such incident.
    #[error("incident {0} does not exist")]
    NotFound(IncidentId),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// One incident.
    ///
    /// # Errors
    /// [`GetIncidentError`].
    pub async fn incident(&self, id: IncidentId) -> Result<(IncidentSeen, SupportText), GetIncidentError> {
        let app = self.clone();
        let now = self.now();
        self.store()
            .read(move |tx| {
                let mut incident = find(tx, id)?;
                let its = span(&incident, now);
                if incident.closed_at.is_none() {
                    incident.counts = tx.pace().counts(&its)?;
                    incident.counted_at = now;
                }
                let page = Page {
                    after: None,
                    limit: LISTED,
                };
                let mut lost = tx.pace().missing(&its, page)?;
                lost.retain(|attempt| attempt.state.facts.lost_callback());
                let seen = see(&app, tx, vec![incident])?;
                let seen = seen.into_iter().next().ok_or(GetIncidentError::NotFound(id))?;
                let text = app.support_text(&seen.incident, &lost, seen.last_notification_at);
                Ok((seen, text))
            })
            .await
    }
}

pub(super) fn find(tx: &mut dyn Tx, id: IncidentId) -> Result<Incident, GetIncidentError> {
    tx.incidents().get(id)?.ok_or(GetIncidentError::NotFound(id))
}
