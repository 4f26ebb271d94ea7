//! Actions on many attempts at once: the run, and a row for each attempt.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};
use sverka_domain::ids::{AttemptId, BulkRunId};
use sverka_domain::money::Money;

use super::{Actor, AttemptFilter, Page, StoreError, Total};

/// What is done with every attempt.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BulkAction {
    /// Pass it on to the accounting system now.
    Resync,
    /// Ask the bank.
    BankQuery,
}

/// Where a run stands.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BulkState {
    /// Rows wait for their turn.
    Running,
    /// Every row had its turn.
    Done,
    /// A person stopped it; the rows that had no turn get none.
    Stopped,
}

/// What a row came to.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BulkOutcome {
    /// Rehearsal: it would be sent.
    WouldSend,
    /// Rehearsal: its document is there, and would be linked.
    ThereAlready,
    /// Rehearsal: a document that may be it is there, and a person would decide.
    PossibleDuplicate,
    /// Rehearsal: it would not be taken as it is; `detail` says why.
    WouldBeRefused,
    /// Rehearsal: the system did not answer, so that nobody knows.
    Unclear,
    /// There is no payment to pass on.
    NotPaid,
    /// The accounting system has it.
    AlreadySynced,
    /// It was entered by hand.
    PostedByHand,
    /// It is being sent at this moment.
    InProgress,
    /// It is passed on next.
    Queued,
    /// The bank told something new.
    Changed,
    /// The bank told nothing new.
    Unchanged,
    /// The bank did not answer; it is asked again by itself.
    BankSilent,
    /// The bank was not asked: its account is not configured any more.
    NotAsked,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRun {
    /// UUIDv7.
    pub id: BulkRunId,
    /// What is done.
    pub action: BulkAction,
    /// Whether it only asks what would happen.
    pub is_rehearsal: bool,
    /// Where it stands.
    pub state: BulkState,
    /// When it was wanted.
    pub created_at: Timestamp,
    /// Who wants it.
    pub actor: Actor,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// Rows.
    pub total: u64,
    /// Rows that had their turn.
    pub done: u64,
    /// How many rows came to each outcome.
    pub counts: BTreeMap<BulkOutcome, u64>,
    /// Until when a worker goes through it.
    pub lease_until: Option<Timestamp>,
}

/// What the turn of a row came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkResult {
    /// What.
    pub outcome: BulkOutcome,
    /// In the other system's words, or ours.
    pub detail: Option<String>,
    /// The document in question.
    pub document_ref: Option<String>,
}

/// A row, with what people know its attempt by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRow {
    /// Its place.
    pub position: u64,
    /// Its attempt.
    pub attempt_id: AttemptId,
    /// The merchant's number of the order.
    pub order_number: String,
    /// How much.
    pub amount: Money,
    /// Who pays.
    pub client_name: String,
    /// What it came to; `None` before its turn.
    pub result: Option<BulkResult>,
}

/// The repository of runs.
pub trait BulkRuns {
    /// Adds a run.
    fn insert(&mut self, run: &BulkRun) -> Result<(), StoreError>;

    /// Gives a run that has none yet a row for each of these attempts, in their order; attempts that there are not are
    /// left out. Returns how many were added.
    fn add_rows(&mut self, run: BulkRunId, attempts: &[AttemptId]) -> Result<u64, StoreError>;

    /// Gives a run the same attempts as another one has. Returns how many.
    fn copy_rows(&mut self, from: BulkRunId, to: BulkRunId) -> Result<u64, StoreError>;

    /// The attempts that match, oldest first, up to `cap`.
    fn choose(&mut self, filter: &AttemptFilter, cap: u32) -> Result<Vec<AttemptId>, StoreError>;

    /// One run; locked in a transaction that may write.
    fn get(&mut self, id: BulkRunId) -> Result<Option<BulkRun>, StoreError>;

    /// Writes where a run stands.
    fn save(&mut self, run: &BulkRun) -> Result<(), StoreError>;

    /// One page, newest first (`created_at`, then `id`).
    fn list(&mut self, page: Page) -> Result<Vec<BulkRun>, StoreError>;

    /// How many there are, counting to `cap` at most.
    fn count(&mut self, cap: u64) -> Result<Total, StoreError>;

    /// Claims the oldest running run that nobody goes through, until then.
    fn claim(&mut self, now: Timestamp, until: Timestamp) -> Result<Option<BulkRun>, StoreError>;

    /// The next rows whose turn it is.
    fn open_rows(&mut self, run: BulkRunId, limit: u32) -> Result<Vec<(u64, AttemptId)>, StoreError>;

    /// Whether a row had no turn yet.
    fn is_open(&mut self, run: BulkRunId, position: u64) -> Result<bool, StoreError>;

    /// Writes what a row came to; `false` when it had its turn already.
    fn settle(&mut self, run: BulkRunId, position: u64, result: &BulkResult) -> Result<bool, StoreError>;

    /// Rows of a run, of that outcome if one is given, after a position, in their order.
    fn rows(
        &mut self,
        run: BulkRunId,
        outcome: Option<BulkOutcome>,
        after: Option<u64>,
        limit: u32,
    ) -> Result<Vec<BulkRow>, StoreError>;
}
