//! Runs, and the rows of one.

use sverka_domain::ids::BulkRunId;

use crate::App;
use crate::paging::{BadCursor, COUNT_CAP, Listed, cut, decode, decode_position, encode_position, one_more};
use crate::ports::store::{BulkOutcome, BulkRow, BulkRun, Cursor, StoreError, Total};

/// Why runs are not listed.
#[derive(Debug, thiserror::Error)]
pub enum ListBulkRunsError {
    /// The cursor is made up.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a run or its rows are not shown.
#[derive(Debug, thiserror::Error)]
pub enum BulkRunError {
    /// There is none.
    #[error("bulk run {0} does not exist")]
    NotFound(BulkRunId),
    /// The cursor is made up.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Which rows.
#[derive(Debug, Clone, Default)]
pub struct BulkRowsQuery {
    /// That came to this.
    pub outcome: Option<BulkOutcome>,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// Rows of the page.
    pub limit: u32,
}

/// One page of rows.
pub type BulkRowsListed = Listed<BulkRow>;

impl App {
    /// One page of runs, newest first.
    ///
    /// # Errors
    /// [`ListBulkRunsError`].
    pub async fn list_bulk_runs(
        &self,
        cursor: Option<String>,
        limit: u32,
    ) -> Result<Listed<BulkRun>, ListBulkRunsError> {
        let after = cursor.as_deref().map(decode).transpose()?;
        self.store()
            .read(move |tx| {
                let mut rows = tx.bulk_runs().list(one_more(after, limit))?;
                let total = tx.bulk_runs().count(COUNT_CAP)?;
                let next_cursor = cut(&mut rows, limit, |run: &BulkRun| Cursor {
                    at: run.created_at,
                    id: run.id.0,
                });
                Ok(Listed {
                    items: rows,
                    next_cursor,
                    total,
                })
            })
            .await
    }

    /// One run.
    ///
    /// # Errors
    /// [`BulkRunError`].
    pub async fn bulk_run(&self, id: BulkRunId) -> Result<BulkRun, BulkRunError> {
        self.store()
            .read(move |tx| tx.bulk_runs().get(id)?.ok_or(BulkRunError::NotFound(id)))
            .await
    }

    /// One page of a run's rows, in their order.
    ///
    /// # Errors
    /// [`BulkRunError`].
    pub async fn bulk_rows(
        &self,
        id: BulkRunId,
        query: BulkRowsQuery,
    ) -> Result<BulkRowsListed, BulkRunError> {
        let after = query.cursor.as_deref().map(decode_position).transpose()?;
        let (outcome, limit) = (query.outcome, query.limit);
        self.store()
            .read(move |tx| {
                let run = tx.bulk_runs().get(id)?.ok_or(BulkRunError::NotFound(id))?;
                let mut rows = tx.bulk_runs().rows(id, outcome, after, limit + 1)?;
                let more = rows.len() > limit as usize;
                rows.truncate(limit as usize);
                let last = rows.last().filter(|_| more);
                let total = match outcome {
                    Some(outcome) => run.counts.get(&outcome).copied().unwrap_or_default(),
                    None => run.total,
                };
                Ok(Listed {
                    next_cursor: last.map(|row| encode_position(row.position)),
                    total: Total::Exactly(total),
                    items: rows,
                })
            })
            .await
    }
}
