//! The incidents, the newest first.

use super::IncidentSeen;
use super::seen::see;
use crate::App;
use crate::paging::{BadCursor, COUNT_CAP, Listed, cut, decode, one_more};
use crate::ports::store::{Cursor, Incident, IncidentFilter, StoreError};

/// What a caller looks for.
#[derive(Debug, Clone, Default)]
pub struct IncidentQuery {
    /// Which.
    pub filter: IncidentFilter,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// Rows of the page.
    pub limit: u32,
}

/// Why incidents are not listed.
#[derive(Debug, thiserror::Error)]
pub enum ListIncidentsError {
    /// The cursor is made up.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// One page of incidents, newest first.
    ///
    /// # Errors
    /// [`ListIncidentsError`].
    pub async fn list_incidents(
        &self,
        query: IncidentQuery,
    ) -> Result<Listed<IncidentSeen>, ListIncidentsError> {
        let after = query.cursor.as_deref().map(decode).transpose()?;
        let app = self.clone();
        self.store()
            .read(move |tx| {
                let mut incidents = tx.incidents().list(&query.filter, one_more(after, query.limit))?;
                let next_cursor = cut(&mut incidents, query.limit, place);
                let total = tx.incidents().count(&query.filter, COUNT_CAP)?;
                Ok(Listed {
                    items: see(&app, tx, incidents)?,
                    next_cursor,
                    total,
                })
            })
            .await
    }
}

fn place(incident: &Incident) -> Cursor {
    Cursor {
        at: incident.opened_at,
        id: incident.id.0,
    }
}
