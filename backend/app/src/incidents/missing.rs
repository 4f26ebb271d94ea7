//! What an incident is about: paid without a notification, or not known yet.

use sverka_domain::attempt::Attempt;
use sverka_domain::ids::IncidentId;

use super::GetIncidentError;
use super::get::find;
use super::span::span;
use crate::App;
use crate::attempts::{Pauses, Seen};
use crate::paging::{BadCursor, COUNT_CAP, Listed, cut, decode, one_more};
use crate::ports::store::Cursor;

/// Why they are not listed.
#[derive(Debug, thiserror::Error)]
pub enum MissingError {
    /// There is no such incident, or the store failed.
    #[error(transparent)]
    Get(#[from] GetIncidentError),
    /// The cursor is made up.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] crate::ports::store::StoreError),
}

impl App {
    /// One page of the attempts of an incident's time that are paid without a notification, or wait for an answer.
    ///
    /// # Errors
    /// [`MissingError`].
    pub async fn incident_attempts(
        &self,
        id: IncidentId,
        cursor: Option<String>,
        limit: u32,
    ) -> Result<Listed<Seen>, MissingError> {
        let after = cursor.as_deref().map(decode).transpose()?;
        let now = self.now();
        self.store()
            .read(move |tx| {
                let its = span(&find(tx, id)?, now);
                let mut attempts = tx.pace().missing(&its, one_more(after, limit))?;
                let next_cursor = cut(&mut attempts, limit, place);
                let total = tx.pace().count_missing(&its, COUNT_CAP)?;
                let ids: Vec<_> = attempts.iter().map(|attempt| attempt.id).collect();
                let deliveries = tx.deliveries().of_attempts(&ids)?;
                let pauses = Pauses::load(tx, now)?;
                let see = |attempt: Attempt| {
                    let own: Vec<_> = deliveries
                        .iter()
                        .filter(|d| d.attempt_id == attempt.id)
                        .cloned()
                        .collect();
                    Seen::new(attempt, &own, &pauses)
                };
                Ok(Listed {
                    items: attempts.into_iter().map(see).collect(),
                    next_cursor,
                    total,
                })
            })
            .await
    }
}

fn place(attempt: &Attempt) -> Cursor {
    Cursor {
        at: attempt.created_at,
        id: attempt.id.0,
    }
}
