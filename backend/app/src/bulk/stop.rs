//! Stopping a run: rows that had no turn get none.

use sverka_domain::ids::BulkRunId;

use crate::App;
use crate::ports::store::{BulkRun, BulkState, StoreError};

/// Why a run is not stopped.
#[derive(Debug, thiserror::Error)]
pub enum StopBulkError {
    /// There is no such run.
    #[error("bulk run {0} does not exist")]
    NotFound(BulkRunId),
    /// It is over.
    #[error("the run is over already")]
    Over,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Stops a run. The row whose turn it is comes to its end.
    ///
    /// # Errors
    /// [`StopBulkError`].
    pub async fn stop_bulk_run(&self, id: BulkRunId) -> Result<BulkRun, StopBulkError> {
        let now = self.now();
        self.store()
            .write(move |tx| {
                let mut run = tx.bulk_runs().get(id)?.ok_or(StopBulkError::NotFound(id))?;
                if run.state != BulkState::Running {
                    return Err(StopBulkError::Over);
                }
                run.state = BulkState::Stopped;
                run.finished_at = Some(now);
                run.lease_until = None;
                tx.bulk_runs().save(&run)?;
                Ok(run)
            })
            .await
    }
}
