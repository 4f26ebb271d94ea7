//! What a person does about a line: ask the bank, or record the attempt that is not there. Nothing destroys anything.

use std::collections::HashMap;

use sverka_domain::attempt::Attempt;
use sverka_domain::ids::{AttemptId, RegistryId};
use sverka_domain::registry::{
    Candidate, Candidates, Comparison, Found, Line, LineKind, LineResult, Mend, Problem, ProblemCode,
    compare, mends,
};

use super::compare::{Taking, ambiguous, unexpected};
use super::record::record;
use super::tally::{Tally, place};
use crate::App;
use crate::attempts::{Change, ChangeError};
use crate::auth::Caller;
use crate::polling::{AskError, Asker};
use crate::ports::bank::BankError;
use crate::ports::store::{Registry, RegistryLine, StoreError, Tx};

/// What to do about which line.
#[derive(Debug, Clone)]
pub struct MendLine {
    /// Its number in the file; `None`: it is missing there, and the attempt says which.
    pub number: Option<u64>,
    /// The attempt that is missing.
    pub attempt: Option<AttemptId>,
    /// What to do.
    pub action: Mend,
    /// Of an attempt to record: what was paid for.
    pub payment_type: Option<String>,
    /// Of an attempt to record: who paid.
    pub client_name: Option<String>,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum MendError {
    /// There is no such registry or line.
    #[error("this registry has no such line")]
    NotFound,
    /// That is of no use here.
    #[error("{0} does not mend this line")]
    NotPossible(Mend),
    /// The bank did not answer.
    #[error(transparent)]
    Bank(#[from] BankError),
    /// Its bank account is not configured any more.
    #[error("the bank account of this registry is not configured any more")]
    UnknownAccount,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ChangeError> for MendError {
    fn from(error: ChangeError) -> Self {
        Self::Store(unexpected(error))
    }
}

impl App {
    /// Mends a line. Returns it as it stands then.
    ///
    /// # Errors
    /// [`MendError`].
    pub async fn mend_registry_line(
        &self,
        caller: Caller,
        id: RegistryId,
        mend: MendLine,
    ) -> Result<RegistryLine, MendError> {
        let wanted = mend.clone();
        let line = self.store().read(move |tx| line_of(tx, id, &wanted)).await?;
        if !mends(line.result, line.line.kind, line.attempt_id.is_some()).contains(&mend.action) {
            return Err(MendError::NotPossible(mend.action));
        }
        if let (Mend::AskBank, Some(attempt)) = (mend.action, line.attempt_id) {
            self.ask_about(attempt, caller.clone()).await?;
        }
        let app = self.clone();
        let line = self
            .store()
            .write(move |tx| {
                // The registry's row first: two people may mend the same line.
                let registry = tx.registries().get(id)?.ok_or(MendError::NotFound)?;
                let line = line_of(tx, id, &mend)?;
                settle_anew(&app, tx, registry, line, &mend, &caller)
            })
            .await?;
        self.nudges().deliver();
        self.nudges().ask_banks();
        Ok(line)
    }

    async fn ask_about(&self, attempt: AttemptId, caller: Caller) -> Result<(), MendError> {
        match self.ask_bank(attempt, Asker::Caller(caller)).await {
            Ok(_) => Ok(()),
            Err(AskError::Bank(error)) => Err(error.into()),
            Err(AskError::NotFound(_)) => Err(MendError::NotFound),
            Err(AskError::UnknownAccount(_)) => Err(MendError::UnknownAccount),
            Err(AskError::Store(error)) => Err(error.into()),
        }
    }
}

fn line_of(tx: &mut dyn Tx, id: RegistryId, mend: &MendLine) -> Result<RegistryLine, MendError> {
    let found = match (mend.number, mend.attempt) {
        (Some(number), _) => tx.registry_lines().numbered(id, number)?,
        (None, Some(attempt)) => tx.registry_lines().missing(id, attempt)?,
        (None, None) => None,
    };
    found.ok_or(MendError::NotFound)
}

/// Compares a line again, after what was done about it, and counts it anew.
fn settle_anew(
    app: &App,
    tx: &mut dyn Tx,
    registry: Registry,
    before: RegistryLine,
    mend: &MendLine,
    caller: &Caller,
) -> Result<RegistryLine, MendError> {
    let after = if before.result == LineResult::Missing {
        before.clone()
    } else {
        compare_anew(app, tx, &registry, before.clone(), mend, caller)?
    };
    if after == before {
        return Ok(after);
    }
    tx.registry_lines().settle(registry.id, &after)?;
    if after.result != before.result {
        let mut counts = registry.counts;
        let less = place(&mut counts, before.result);
        *less = less.saturating_sub(1);
        *place(&mut counts, after.result) += 1;
        tx.registries().save_counts(registry.id, &counts)?;
    }
    Ok(after)
}

fn compare_anew(
    app: &App,
    tx: &mut dyn Tx,
    registry: &Registry,
    mut line: RegistryLine,
    mend: &MendLine,
    caller: &Caller,
) -> Result<RegistryLine, MendError> {
    let one = std::slice::from_ref(&line.line);
    let candidates = Candidates::new(tx.registry_lines().candidates(&registry.account, one)?);
    let known = match candidates.find(&line.line) {
        Found::Several => {
            line.problem = Some(ambiguous());
            return Ok(line);
        }
        Found::One(known) => known.clone(),
        Found::Nothing if mend.action == Mend::RecordAttempt => {
            let attempt = record(app, tx, registry, &line, mend, caller)?;
            candidate(&attempt)
        }
        Found::Nothing => return Ok(line),
    };
    let listed_before = duplicate(line.problem.as_ref());
    let gone_back = gone_back(tx, &known, &line.line)?;
    let comparison = compare(&line.line, &known, gone_back, listed_before);
    let mut attempts = HashMap::new();
    if comparison != Comparison::Known
        && let Some(attempt) = tx.attempts().get(known.id)?
    {
        attempts.insert(known.id, attempt);
    }
    let now = app.now();
    let mut taking = Taking {
        change: Change { app, tx, now },
        registry,
        attempts: &mut attempts,
    };
    let number = line.number.unwrap_or(0);
    let settled = taking.take_in(number, &line.line, &known, comparison, gone_back)?;
    (line.result, line.attempt_id, line.problem) = settled;
    Ok(line)
}

fn duplicate(problem: Option<&Problem>) -> bool {
    problem.is_some_and(|problem| problem.code == ProblemCode::Duplicate)
}

/// All that complete registries, this one among them, list as gone back.
fn gone_back(tx: &mut dyn Tx, known: &Candidate, line: &Line) -> Result<i64, StoreError> {
    if line.kind != LineKind::Refund {
        return Ok(0);
    }
    let mut tally = Tally::default();
    tally.note(known.id, line);
    let elsewhere = tx.registry_lines().refunds_elsewhere(&[known.id])?;
    tally.hear_elsewhere(elsewhere);
    Ok(tally.gone_back(known.id))
}

fn candidate(attempt: &Attempt) -> Candidate {
    let state = &attempt.state;
    Candidate {
        id: attempt.id,
        order_number: attempt.order_number.clone(),
        bank_order_id: attempt.bank_order_id.clone(),
        rrn: attempt.rrn.clone(),
        amount: state.amount,
        bank_status: state.bank_status,
        source: state.bank_status_source,
        refunded: state.refunded,
        paid_at: state.paid_at,
        created_at: attempt.created_at,
    }
}
