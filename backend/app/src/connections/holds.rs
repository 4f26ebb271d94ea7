//! What waits for a person's decision.

use super::DeliverySeen;
use super::deliveries::with_attempts;
use crate::App;
use crate::paging::{BadCursor, COUNT_CAP, Listed, cut, decode, one_more};
use crate::ports::store::{Cursor, HoldFilter, StoreError};

/// What a caller looks for.
#[derive(Debug, Clone, Default)]
pub struct HoldQuery {
    /// Which.
    pub filter: HoldFilter,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// Rows of the page.
    pub limit: u32,
}

/// Why they are not listed.
#[derive(Debug, thiserror::Error)]
pub enum ListHoldsError {
    /// The cursor is made up.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// One page of what waits for a decision, the longest first.
    ///
    /// # Errors
    /// [`ListHoldsError`].
    pub async fn list_holds(&self, query: HoldQuery) -> Result<Listed<DeliverySeen>, ListHoldsError> {
        let after = query.cursor.as_deref().map(decode).transpose()?;
        let (now, limit, filter) = (self.now(), query.limit, query.filter);
        self.store()
            .read(move |tx| {
                let mut rows = tx.backlogs().holds(&filter, one_more(after, limit))?;
                let next_cursor = cut(&mut rows, limit, |delivery| Cursor {
                    at: delivery.updated_at,
                    id: delivery.id.0,
                });
                let total = tx.backlogs().count_holds(&filter, COUNT_CAP)?;
                let items = with_attempts(tx, rows, now)?.into_iter();
                let items = items.map(|(delivery, seen)| DeliverySeen {
                    since: delivery.updated_at,
                    delivery,
                    seen,
                });
                Ok(Listed {
                    items: items.collect(),
                    next_cursor,
                    total,
                })
            })
            .await
    }
}
