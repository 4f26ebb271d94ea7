//! Incidents.

use jiff::Timestamp;
use sverka_domain::ids::IncidentId;
use sverka_domain::incident::{Counts, Evidence, IncidentKind, IncidentState};

use super::{Page, StoreError, Total};
use crate::ports::bank::AccountKey;

/// A time in which an account's notifications did not come, or too few of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// UUIDv7.
    pub id: IncidentId,
    /// Whose notifications.
    pub account: AccountKey,
    /// What is wrong with them.
    pub kind: IncidentKind,
    /// Since when: the first payment whose notification is missing.
    pub since: Timestamp,
    /// When it was noticed.
    pub opened_at: Timestamp,
    /// When they were back.
    pub closed_at: Option<Timestamp>,
    /// Why it was opened.
    pub evidence: Evidence,
    /// The share of losses that it was opened with: it is over when fewer are lost.
    pub share: f64,
    /// How many attempts it is about, counted at `counted_at`.
    pub counts: Counts,
    /// When they were counted.
    pub counted_at: Timestamp,
}

impl Incident {
    /// Whether it is over.
    #[must_use]
    pub fn state(&self) -> IncidentState {
        if self.closed_at.is_some() {
            IncidentState::Closed
        } else {
            IncidentState::Open
        }
    }
}

/// What to list. An empty list means any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IncidentFilter {
    /// Only these.
    pub state: Option<IncidentState>,
    /// Codes of banks.
    pub banks: Vec<String>,
    /// Names of bank accounts.
    pub bank_accounts: Vec<String>,
}

/// The repository of incidents.
pub trait Incidents {
    /// Adds an incident; `false` when the account has an open one already.
    fn open(&mut self, incident: &Incident) -> Result<bool, StoreError>;

    /// Writes the counts of an incident and whether it is over; `false` when it was over already.
    fn update(&mut self, incident: &Incident) -> Result<bool, StoreError>;

    /// One incident.
    fn get(&mut self, id: IncidentId) -> Result<Option<Incident>, StoreError>;

    /// The open incident of an account.
    fn open_of(&mut self, account: &AccountKey) -> Result<Option<Incident>, StoreError>;

    /// All open incidents.
    fn all_open(&mut self) -> Result<Vec<Incident>, StoreError>;

    /// The incidents of an account that were not over at `from`.
    fn since(&mut self, account: &AccountKey, from: Timestamp) -> Result<Vec<Incident>, StoreError>;

    /// One page, newest first (`opened_at`, then `id`).
    fn list(&mut self, filter: &IncidentFilter, page: Page) -> Result<Vec<Incident>, StoreError>;

    /// How many match, counting to `cap` at most.
    fn count(&mut self, filter: &IncidentFilter, cap: u64) -> Result<Total, StoreError>;
}
