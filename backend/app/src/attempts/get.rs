//! One attempt.

use sverka_domain::ids::AttemptId;

use super::Seen;
use crate::App;
use crate::ports::store::StoreError;

/// Why an attempt is not shown.
#[derive(Debug, thiserror::Error)]
pub enum GetError {
    /// There is none.
    #[error("payment attempt {0} does not exist")]
    NotFound(AttemptId),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// The attempt with its diagnosis.
    ///
    /// # Errors
    /// [`GetError`].
    pub async fn attempt(&self, id: AttemptId) -> Result<Seen, GetError> {
        let now = self.now();
        self.store()
            .read(move |tx| {
                let attempt = tx.attempts().get(id)?.ok_or(GetError::NotFound(id))?;
                Ok(Seen::load(tx, attempt, now)?)
            })
            .await
    }
}
