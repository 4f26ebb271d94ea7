//! Going through the rows of a run, by lease.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::SignedDuration;
use sverka_domain::ids::{AttemptId, BulkRunId};

use super::turn::turn;
use crate::App;
use crate::auth::Caller;
use crate::polling::{AskError, Asker};
use crate::ports::store::{BulkAction, BulkOutcome, BulkResult, BulkRun, BulkState, StoreError, Tx};

/// Longer than the turn of a row may take: a run whose worker died is taken up by another one after it.
pub(super) const LEASE: SignedDuration = SignedDuration::from_mins(10);
/// So many searches in a row that were not answered, and a connection is not asked any more for the rest of the batch.
const MOST_UNANSWERED: u32 = 3;

/// The next rows of a run that was claimed.
#[derive(Debug, Clone)]
pub struct BulkWork {
    /// The run.
    pub run: BulkRun,
    /// Rows whose turn it is: position and attempt.
    pub rows: Vec<(u64, AttemptId)>,
}

/// Which connections do not answer, as far as one batch has seen.
#[derive(Debug, Default)]
pub struct Silence(Mutex<HashMap<String, (u32, String)>>);

impl Silence {
    /// Why a connection is not asked any more.
    pub(super) fn of(&self, connection: &str) -> Option<String> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (times, why) = known.get(connection)?;
        (*times >= MOST_UNANSWERED).then(|| why.clone())
    }

    /// It did not answer.
    pub(super) fn add(&self, connection: &str, why: &str) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (times, last) = known.entry(connection.to_owned()).or_default();
        *times += 1;
        why.clone_into(last);
    }

    /// It answered.
    pub(super) fn end(&self, connection: &str) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.remove(connection);
    }
}

impl App {
    /// Claims the oldest run that nobody goes through, with its next rows. `None` when there is none.
    ///
    /// # Errors
    /// The store failed.
    pub async fn claim_bulk_work(&self, limit: u32) -> Result<Option<BulkWork>, StoreError> {
        let app = self.clone();
        self.store()
            .write(move |tx| {
                let now = app.now();
                let Some(mut run) = tx.bulk_runs().claim(now, now + LEASE)? else {
                    return Ok(None);
                };
                let rows = tx.bulk_runs().open_rows(run.id, limit)?;
                if rows.is_empty() {
                    run.state = BulkState::Done;
                    run.finished_at = Some(now);
                    run.lease_until = None;
                    tx.bulk_runs().save(&run)?;
                }
                Ok(Some(BulkWork { run, rows }))
            })
            .await
    }

    /// Gives a claimed run back, so that anybody may go on with it at once.
    ///
    /// # Errors
    /// The store failed: its lease runs out.
    pub async fn release_bulk_work(&self, id: BulkRunId) -> Result<(), StoreError> {
        self.store()
            .write(move |tx| {
                let Some(mut run) = tx.bulk_runs().get(id)? else {
                    return Ok(());
                };
                run.lease_until = None;
                tx.bulk_runs().save(&run)
            })
            .await
    }

    /// The turn of one row. Returns whether the run goes on.
    ///
    /// # Errors
    /// The store failed.
    pub async fn do_bulk_row(
        &self,
        run: &BulkRun,
        row: (u64, AttemptId),
        silence: &Silence,
    ) -> Result<bool, StoreError> {
        match (run.action, run.is_rehearsal) {
            (BulkAction::Resync, false) => self.resync_row(run, row).await,
            (BulkAction::Resync, true) => {
                let result = self.rehearse(row.1, silence).await?;
                self.settle_row(run.id, row.0, result).await
            }
            (BulkAction::BankQuery, _) => {
                let result = self.ask_row(run, row.1).await?;
                self.settle_row(run.id, row.0, result).await
            }
        }
    }

    /// The effect and the row's outcome are one transaction: a row never has two turns.
    async fn resync_row(&self, run: &BulkRun, row: (u64, AttemptId)) -> Result<bool, StoreError> {
        let (app, run) = (self.clone(), run.clone());
        let goes_on = self.store().write(move |tx| turn(&app, tx, &run, row)).await?;
        self.nudges().deliver();
        Ok(goes_on)
    }

    async fn ask_row(&self, run: &BulkRun, id: AttemptId) -> Result<BulkResult, StoreError> {
        let asker = Asker::Caller(Caller::of(&run.actor));
        let (outcome, detail) = match self.ask_bank(id, asker).await {
            Ok(asked) if asked.changed => (BulkOutcome::Changed, None),
            Ok(_) => (BulkOutcome::Unchanged, None),
            Err(AskError::Bank(error)) => (BulkOutcome::BankSilent, Some(error.to_string())),
            Err(error @ (AskError::UnknownAccount(_) | AskError::NotFound(_))) => {
                (BulkOutcome::NotAsked, Some(error.to_string()))
            }
            Err(AskError::Store(error)) => return Err(error),
        };
        Ok(BulkResult {
            outcome,
            detail,
            document_ref: None,
        })
    }

    async fn settle_row(&self, id: BulkRunId, position: u64, result: BulkResult) -> Result<bool, StoreError> {
        let app = self.clone();
        self.store()
            .write(move |tx| {
                let Some(mut run) = tx.bulk_runs().get(id)? else {
                    return Ok(false);
                };
                settle(&app, tx, &mut run, position, &result)?;
                Ok(run.state == BulkState::Running)
            })
            .await
    }
}

/// Writes down what a row came to, and where the run stands with it.
pub(super) fn settle(
    app: &App,
    tx: &mut dyn Tx,
    run: &mut BulkRun,
    position: u64,
    result: &BulkResult,
) -> Result<(), StoreError> {
    if !tx.bulk_runs().settle(run.id, position, result)? {
        return Ok(());
    }
    let now = app.now();
    run.done += 1;
    *run.counts.entry(result.outcome).or_default() += 1;
    if run.state == BulkState::Running {
        run.lease_until = Some(now + LEASE);
        if run.done >= run.total {
            run.state = BulkState::Done;
            run.finished_at = Some(now);
            run.lease_until = None;
        }
    }
    tx.bulk_runs().save(run)
}
