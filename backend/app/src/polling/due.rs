//! Whose turn it is to be asked about.

use jiff::{SignedDuration, Timestamp};
use sverka_domain::ids::AttemptId;

use crate::App;
use crate::ports::bank::AccountKey;
use crate::ports::store::StoreError;

/// A claimed question that was not answered by then is asked again by whoever comes first.
const LEASE: SignedDuration = SignedDuration::from_secs(60);

impl App {
    /// Claims up to `limit` attempts of an account that are due, the longest due first.
    ///
    /// # Errors
    /// The store failed.
    pub async fn claim_due_queries(&self, key: AccountKey, limit: u32) -> Result<Vec<AttemptId>, StoreError> {
        let now = self.now();
        self.store()
            .write(move |tx| {
                let due = tx.attempts().claim_due_queries(&key, now, now + LEASE, limit)?;
                Ok(due.into_iter().map(|due| due.attempt_id).collect())
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
