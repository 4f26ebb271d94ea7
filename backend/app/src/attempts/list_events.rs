//! The timeline of an attempt.

use sverka_domain::ids::AttemptId;

use crate::App;
use crate::paging::{BadCursor, COUNT_CAP, Listed, cut, decode, one_more};
use crate::ports::store::{Cursor, StoreError, TimelineEntry};

/// Why a timeline is not shown.
#[derive(Debug, thiserror::Error)]
pub enum TimelineError {
    /// There is no such attempt.
    #[error("payment attempt {0} does not exist")]
    NotFound(AttemptId),
    /// The cursor is made up.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// One page of an attempt's timeline, newest first.
    ///
    /// # Errors
    /// [`TimelineError`].
    pub async fn timeline(
        &self,
        id: AttemptId,
        cursor: Option<String>,
        limit: u32,
    ) -> Result<Listed<TimelineEntry>, TimelineError> {
        let after = cursor.as_deref().map(decode).transpose()?;
        self.store()
            .read(move |tx| {
                tx.attempts().get(id)?.ok_or(TimelineError::NotFound(id))?;
                let mut items = tx.events().list(id, one_more(after, limit))?;
                let next_cursor = cut(&mut items, limit, |(event, ..)| Cursor {
                    at: event.at,
                    id: event.id.0,
                });
                let total = tx.events().count(id, COUNT_CAP)?;
                Ok(Listed {
                    items,
                    next_cursor,
                    total,
                })
            })
            .await
    }
}
