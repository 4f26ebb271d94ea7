//! Runs and their rows as the API shows them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use sverka_app::ports::store::{BulkAction, BulkOutcome, BulkRow, BulkRun, BulkState};
use sverka_domain::ids::{AttemptId, BulkRunId};
use sverka_domain::money::Money;
use utoipa::ToSchema;

/// An action on many attempts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BulkRunView {
    id: BulkRunId,
    action: BulkAction,
    /// It only asks what would happen.
    rehearsal: bool,
    state: BulkState,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Who wanted it, by name.
    #[schema(required = true)]
    created_by: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    finished_at: Option<Timestamp>,
    /// Rows.
    #[schema(example = 1200)]
    total: u64,
    /// Rows that had their turn.
    #[schema(example = 350)]
    done: u64,
    /// How many rows came to each outcome; one that no row came to is left out.
    #[schema(value_type = BTreeMap<String, u64>)]
    counts: BTreeMap<BulkOutcome, u64>,
}

/// One attempt of a run.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BulkRowView {
    attempt_id: AttemptId,
    order_number: String,
    amount: Money,
    client_name: String,
    /// What it came to; null before its turn.
    #[schema(required = true)]
    outcome: Option<BulkOutcome>,
    /// In the other system's words, or ours.
    #[schema(required = true)]
    detail: Option<String>,
    /// The document in question.
    #[schema(required = true)]
    document_ref: Option<String>,
}

impl From<BulkRun> for BulkRunView {
    fn from(run: BulkRun) -> Self {
        Self {
            id: run.id,
            action: run.action,
            rehearsal: run.is_rehearsal,
            state: run.state,
            created_at: run.created_at,
            created_by: run.actor.name,
            finished_at: run.finished_at,
            total: run.total,
            done: run.done,
            counts: run.counts,
        }
    }
}

impl From<BulkRow> for BulkRowView {
    fn from(row: BulkRow) -> Self {
        let (outcome, detail, document_ref) = match row.result {
            Some(result) => (Some(result.outcome), result.detail, result.document_ref),
            None => (None, None, None),
        };
        Self {
            attempt_id: row.attempt_id,
            order_number: row.order_number,
            amount: row.amount,
            client_name: row.client_name,
            outcome,
            detail,
            document_ref,
        }
    }
}
