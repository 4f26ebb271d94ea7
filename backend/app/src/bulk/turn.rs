//! The turn of one row of a resync: what it would come to by itself, or the resync.

use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::{Delivery, DeliveryState, Refusal};
use sverka_domain::ids::AttemptId;
use sverka_domain::status::CrmStatus;

use super::work::settle;
use crate::App;
use crate::attempts::{ResyncError, hurry};
use crate::auth::Caller;
use crate::ports::store::{BulkOutcome, BulkResult, BulkRun, BulkState, StoreError, Tx};

/// Resyncs an attempt, and writes down what came of it. Returns whether the run goes on.
pub(super) fn turn(
    app: &App,
    tx: &mut dyn Tx,
    run: &BulkRun,
    (position, id): (u64, AttemptId),
) -> Result<bool, StoreError> {
    // The attempt first, as everywhere.
    let attempt = tx.attempts().get(id)?;
    let Some(mut run) = tx.bulk_runs().get(run.id)? else {
        return Ok(false);
    };
    if run.state != BulkState::Running {
        return Ok(false);
    }
    if !tx.bulk_runs().is_open(run.id, position)? {
        return Ok(true);
    }
    let outcome = match attempt {
        Some(attempt) => resync(app, tx, attempt, &run)?,
        None => BulkOutcome::NotPaid,
    };
    let result = BulkResult {
        outcome,
        detail: None,
        document_ref: None,
    };
    settle(app, tx, &mut run, position, &result)?;
    Ok(run.state == BulkState::Running)
}

fn resync(app: &App, tx: &mut dyn Tx, attempt: Attempt, run: &BulkRun) -> Result<BulkOutcome, StoreError> {
    let deliveries = tx.deliveries().of_attempt(attempt.id)?;
    if let Some(outcome) = settled(&attempt, &deliveries) {
        return Ok(outcome);
    }
    // The connections are woken once, not by each row.
    let wakes = run.done == 0;
    match hurry(app, tx, attempt, &Caller::of(&run.actor), (wakes, app.now())) {
        Ok(_) => Ok(BulkOutcome::Queued),
        Err(ResyncError::NotPaid | ResyncError::NotFound(_)) => Ok(BulkOutcome::NotPaid),
        Err(ResyncError::Refused(refusal)) => Ok(refused(refusal)),
        // Its version is not asked for here.
        Err(ResyncError::Stale { .. }) => Err(StoreError::Stale),
        Err(ResyncError::Store(error)) => Err(error),
    }
}

/// What a row comes to without anything being done; `None` where there is something to do.
pub(super) fn settled(attempt: &Attempt, deliveries: &[Delivery]) -> Option<BulkOutcome> {
    match attempt.state.crm_status {
        CrmStatus::NotDue => return Some(BulkOutcome::NotPaid),
        CrmStatus::Synced => return Some(BulkOutcome::AlreadySynced),
        CrmStatus::PostedByHand => return Some(BulkOutcome::PostedByHand),
        CrmStatus::Queued | CrmStatus::Retrying | CrmStatus::InDoubt | CrmStatus::NeedsAttention => {}
    }
    let is_under_way = deliveries
        .iter()
        .any(|delivery| delivery.state == DeliveryState::Sending);
    is_under_way.then_some(BulkOutcome::InProgress)
}

fn refused(refusal: Refusal) -> BulkOutcome {
    match refusal {
        Refusal::AlreadySynced => BulkOutcome::AlreadySynced,
        Refusal::PostedByHand => BulkOutcome::PostedByHand,
        Refusal::Withdrawn => BulkOutcome::NotPaid,
        Refusal::InProgress
        | Refusal::NotStarted
        | Refusal::NotHeld
        | Refusal::NotAmongFound
        | Refusal::UnfitDecision => BulkOutcome::InProgress,
    }
}
