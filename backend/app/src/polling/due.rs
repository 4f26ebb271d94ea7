//! Whose turn it is to be asked about.

use jiff::{SignedDuration, Timestamp};

use crate::App;
use crate::ports::bank::AccountKey;
use crate::ports::store::{DueQuery, StoreError};

/// A claimed question that was not answered by then is asked again by whoever comes first.
const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// A claim: never more than fits into memory many times over, however many are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueQueries {
    /// At most so many.
    pub limit: u32,
    /// Of them, up to so many are fresh attempts (in their first hour), the newest due first. The rest are the longest
    /// due of all, so that neither waits for the other: not the client who pays now for a backlog of old ones, not
    /// the backlog for a stream of new ones.
    pub fresh: u32,
}

impl DueQueries {
    /// A batch: three of four for fresh ones, if there are so many.
    #[must_use]
    pub fn batch(limit: u32) -> Self {
        Self {
            limit,
            fresh: limit.saturating_mul(3).div_ceil(4),
        }
    }
}

impl App {
    /// Claims attempts of an account that are due.
    ///
    /// # Errors
    /// The store failed.
    pub async fn claim_due_queries(
        &self,
        key: AccountKey,
        wanted: DueQueries,
    ) -> Result<Vec<DueQuery>, StoreError> {
        let now = self.now();
        self.store()
            .write(move |tx| tx.attempts().claim_due_queries(&key, now, now + LEASE, wanted))
            .await
    }

    /// Gives back claimed questions that were not asked, with the time at which they were due.
    ///
    /// # Errors
    /// The store failed: they come free when their lease runs out.
    pub async fn put_back_queries(&self, claimed: Vec<DueQuery>) -> Result<(), StoreError> {
        if claimed.is_empty() {
            return Ok(());
        }
        self.store()
            .write(move |tx| {
                for due in claimed {
                    let next = Some(due.due_at);
                    tx.attempts().schedule_query(due.attempt_id, next, None)?;
                }
                Ok(())
            })
            .await
    }

    /// When the next attempt of an account is due.
    ///
    /// # Errors
    /// The store failed.
    pub async fn next_due_query(&self, key: AccountKey) -> Result<Option<Timestamp>, StoreError> {
        self.store()
            .read(move |tx| tx.attempts().next_due_query(&key))
            .await
    }
}
