//! Wanting it: which attempts is fixed now, row by row.

use std::collections::{BTreeMap, HashSet};

use sverka_domain::ids::{AttemptId, BulkRunId};

use crate::App;
use crate::attempts::meant;
use crate::auth::Caller;
use crate::ports::store::{AttemptFilter, BulkAction, BulkRun, BulkState, StoreError, Tx};

/// So many attempts by their ids.
pub const MOST_CHOSEN: usize = 10_000;
/// So many by a filter.
pub const MOST_MATCHING: u32 = 100_000;

/// Which attempts.
#[derive(Debug, Clone)]
pub enum Chosen {
    /// These.
    These(Vec<AttemptId>),
    /// Those that match a text and a filter now.
    Matching(Option<String>, Box<AttemptFilter>),
}

/// What is wanted.
#[derive(Debug, Clone)]
pub struct NewBulkRun {
    /// What to do.
    pub action: BulkAction,
    /// Whether only to ask what would happen.
    pub is_rehearsal: bool,
    /// With which attempts.
    pub chosen: Chosen,
}

/// Why a run does not begin.
#[derive(Debug, thiserror::Error)]
pub enum StartBulkError {
    /// Too many attempts.
    #[error("at most {0} attempts at once: narrow the choice")]
    TooLarge(u64),
    /// Some of the chosen attempts do not exist.
    #[error("{0} of the chosen attempts do not exist")]
    UnknownAttempts(u64),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a rehearsal is not run for real.
#[derive(Debug, thiserror::Error)]
pub enum StartForRealError {
    /// There is no such run.
    #[error("bulk run {0} does not exist")]
    NotFound(BulkRunId),
    /// It was no rehearsal.
    #[error("only a rehearsal is run for real")]
    NotARehearsal,
    /// It is not over yet.
    #[error("the rehearsal is still running")]
    Running,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Begins an action on many attempts. A worker goes through them.
    ///
    /// # Errors
    /// [`StartBulkError`].
    pub async fn start_bulk_run(&self, caller: Caller, new: NewBulkRun) -> Result<BulkRun, StartBulkError> {
        let ids = match new.chosen {
            Chosen::These(ids) => distinct(ids)?,
            Chosen::Matching(text, filter) => self.matching(text, *filter).await?,
        };
        let app = self.clone();
        let begun = self
            .store()
            .write(move |tx| {
                let mut run = app.new_run(&caller, new.action, new.is_rehearsal);
                tx.bulk_runs().insert(&run)?;
                let added = tx.bulk_runs().add_rows(run.id, &ids)?;
                let unknown = (ids.len() as u64).saturating_sub(added);
                if unknown > 0 {
                    return Err(StartBulkError::UnknownAttempts(unknown));
                }
                app.begin(tx, &mut run, added)?;
                Ok(run)
            })
            .await?;
        self.nudges().bulk_work();
        Ok(begun)
    }

    /// Runs for real what was rehearsed: with the same attempts, whatever was foretold. The machine looks again at each.
    ///
    /// # Errors
    /// [`StartForRealError`].
    pub async fn start_for_real(&self, caller: Caller, id: BulkRunId) -> Result<BulkRun, StartForRealError> {
        let app = self.clone();
        let begun = self
            .store()
            .write(move |tx| {
                let rehearsed = tx.bulk_runs().get(id)?.ok_or(StartForRealError::NotFound(id))?;
                if !rehearsed.is_rehearsal {
                    return Err(StartForRealError::NotARehearsal);
                }
                if rehearsed.state == BulkState::Running {
                    return Err(StartForRealError::Running);
                }
                let mut run = app.new_run(&caller, rehearsed.action, false);
                tx.bulk_runs().insert(&run)?;
                let added = tx.bulk_runs().copy_rows(id, run.id)?;
                app.begin(tx, &mut run, added)?;
                Ok(run)
            })
            .await?;
        self.nudges().bulk_work();
        Ok(begun)
    }

    async fn matching(
        &self,
        text: Option<String>,
        filter: AttemptFilter,
    ) -> Result<Vec<AttemptId>, StartBulkError> {
        let Some(filter) = meant(text.as_deref(), filter) else {
            return Ok(Vec::new());
        };
        let found = self
            .store()
            .read(move |tx| tx.bulk_runs().choose(&filter, MOST_MATCHING + 1))
            .await?;
        if found.len() > MOST_MATCHING as usize {
            return Err(StartBulkError::TooLarge(u64::from(MOST_MATCHING)));
        }
        Ok(found)
    }

    fn new_run(&self, caller: &Caller, action: BulkAction, is_rehearsal: bool) -> BulkRun {
        let now = self.now();
        BulkRun {
            id: BulkRunId(self.id(now)),
            action,
            is_rehearsal,
            state: BulkState::Running,
            created_at: now,
            actor: caller.actor(),
            finished_at: None,
            total: 0,
            done: 0,
            counts: BTreeMap::new(),
            lease_until: None,
        }
    }

    fn begin(&self, tx: &mut dyn Tx, run: &mut BulkRun, total: u64) -> Result<(), StoreError> {
        run.total = total;
        if total == 0 {
            run.state = BulkState::Done;
            run.finished_at = Some(self.now());
        }
        tx.bulk_runs().save(run)
    }
}

fn distinct(ids: Vec<AttemptId>) -> Result<Vec<AttemptId>, StartBulkError> {
    if ids.len() > MOST_CHOSEN {
        return Err(StartBulkError::TooLarge(MOST_CHOSEN as u64));
    }
    let mut seen = HashSet::with_capacity(ids.len());
    Ok(ids.into_iter().filter(|id| seen.insert(*id)).collect())
}
