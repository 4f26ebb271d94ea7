//! Attempts in the store.

use jiff::Timestamp;
use sverka_domain::attempt::Attempt;
use sverka_domain::ids::AttemptId;
use sverka_domain::search::Reading;
use sverka_domain::status::{BankStatus, CrmStatus};

use super::StoreError;
use crate::polling::DueQueries;
use crate::ports::bank::AccountKey;

/// What to search for. An empty list means any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttemptFilter {
    /// What the typed text may mean: any one of the readings, all terms of it. Empty: any text.
    pub readings: Vec<Reading>,
    /// Codes of payment types.
    pub payment_types: Vec<String>,
    /// Codes of merchants.
    pub merchants: Vec<String>,
    /// Codes of banks.
    pub banks: Vec<String>,
    /// Names of bank accounts.
    pub bank_accounts: Vec<String>,
    /// Bank statuses.
    pub bank_statuses: Vec<BankStatus>,
    /// CRM statuses.
    pub crm_statuses: Vec<CrmStatus>,
    /// Created at this time or later.
    pub created_from: Option<Timestamp>,
    /// Created before this time.
    pub created_to: Option<Timestamp>,
    /// At least so much, in minor units.
    pub amount_from: Option<i64>,
    /// At most so much, in minor units.
    pub amount_to: Option<i64>,
    /// Whether a person has to look at it.
    pub needs_attention: Option<bool>,
    /// Whether the bank has it as paid and its notification never came.
    pub lost_callback: Option<bool>,
}

/// A place in a list that is ordered by time and id, newest first: what follows is older.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Time of the last row seen.
    pub at: Timestamp,
    /// Id of the last row seen.
    pub id: uuid::Uuid,
}

/// Which part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// After this row; `None`: from the newest.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// How many there are; counting stops at a cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// Exactly so many.
    Exactly(u64),
    /// At least so many: the cap.
    AtLeast(u64),
}

/// An attempt whose bank is to be asked, claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueQuery {
    /// Which attempt.
    pub attempt_id: AttemptId,
    /// Since when it was due.
    pub due_at: Timestamp,
}

/// The repository of attempts.
///
/// An attempt "needs attention" when its state has an [`sverka_domain::attempt::Attention`], its CRM status is
/// `needs_attention`, or one of its deliveries has an attention; the app passes this in `needs_attention`.
pub trait Attempts {
    /// Adds an attempt. `needs_attention` is stored for filtering.
    ///
    /// # Errors
    /// [`StoreError::Taken`] `("order_number")` when the bank account has that order number already,
    /// `("bank_order_id")` when it has that bank order id already.
    fn insert(&mut self, attempt: &Attempt, needs_attention: bool) -> Result<(), StoreError>;

    /// One attempt. In a transaction that may write, its row is locked until the end.
    fn get(&mut self, id: AttemptId) -> Result<Option<Attempt>, StoreError>;

    /// Several attempts, in no order; those that there are not are left out. Never locked.
    fn several(&mut self, ids: &[AttemptId]) -> Result<Vec<Attempt>, StoreError>;

    /// Several attempts, in the order of their ids; those that there are not are left out. Locked like [`Self::get`],
    /// in that order, so that two transactions with some of the same never wait for each other crosswise.
    fn several_locked(&mut self, ids: &[AttemptId]) -> Result<Vec<Attempt>, StoreError> {
        let mut ids = ids.to_vec();
        ids.sort_unstable_by_key(|id| id.0);
        ids.dedup();
        let found = ids.into_iter().map(|id| self.get(id));
        found.filter_map(Result::transpose).collect()
    }

    /// Of several attempts those that nobody else holds, in the order of their ids, locked. Never waits: for who holds
    /// deliveries of them already.
    fn several_unless_held(&mut self, ids: &[AttemptId]) -> Result<Vec<Attempt>, StoreError> {
        self.several_locked(ids)
    }

    /// The attempt with that order number at that account; locked likewise.
    fn by_order_number(
        &mut self,
        account: &AccountKey,
        order_number: &str,
    ) -> Result<Option<Attempt>, StoreError>;

    /// The attempt with that bank order id at that account; locked likewise.
    fn by_bank_order_id(
        &mut self,
        account: &AccountKey,
        bank_order_id: &str,
    ) -> Result<Option<Attempt>, StoreError>;

    /// Writes a changed attempt, whose `version` is that of the row as read, and makes the version one greater.
    /// Returns the new version. The search text is rebuilt from the attempt.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when the row has another version; [`StoreError::Taken`] as with `insert`.
    fn save(&mut self, attempt: &Attempt, needs_attention: bool) -> Result<i64, StoreError>;

    /// One page, newest first (`created_at`, then `id`).
    fn search(&mut self, filter: &AttemptFilter, page: Page) -> Result<Vec<Attempt>, StoreError>;

    /// How many match, counting to `cap` at most. Where counting means to read rows it ends before: that there are more
    /// than so many is told then, too.
    fn count(&mut self, filter: &AttemptFilter, cap: u64) -> Result<Total, StoreError>;

    /// Claims attempts of `account` whose bank is to be asked by `now`, by moving their next query to `lease_until` (so
    /// that a worker that dies loses nothing): first the fresh ones, whose question was due in their first hour, the
    /// last due first; then of all that are due the longest due first. Does not change the version.
    fn claim_due_queries(
        &mut self,
        account: &AccountKey,
        now: Timestamp,
        lease_until: Timestamp,
        wanted: DueQueries,
    ) -> Result<Vec<DueQuery>, StoreError>;

    /// Sets the time of the next query (and of the last one, and why it failed) without changing the version.
    fn schedule_query(
        &mut self,
        id: AttemptId,
        next: Option<Timestamp>,
        asked: Option<(Timestamp, Option<String>)>,
    ) -> Result<(), StoreError>;

    /// The earliest time at which an attempt of `account` is to be asked about, if any.
    fn next_due_query(&mut self, account: &AccountKey) -> Result<Option<Timestamp>, StoreError>;
}
