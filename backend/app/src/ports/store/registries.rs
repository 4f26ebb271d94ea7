//! Registries in the store: what banks list, and how it stands with the journal.
//!
//! A registry is written in several transactions and is seen only when it is complete; what a load left behind is
//! discarded.

use jiff::Timestamp;
use sverka_domain::ids::{AttemptId, RegistryId};
use sverka_domain::money::Currency;
use sverka_domain::registry::{Candidate, Declared, Line, LineResult, Mapping, Problem, Sums};

use super::{Actor, Page, StoreError, Total};
use crate::ports::bank::AccountKey;

/// Where a registry comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegistrySource {
    /// A file.
    File {
        /// The name that it was uploaded under.
        name: Option<String>,
        /// SHA-256 of its bytes: the same file is loaded once.
        digest: [u8; 32],
    },
    /// The bank's list call.
    Bank,
}

/// How many lines came to each result.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineCounts {
    /// Matched.
    pub matched: u64,
    /// Healed.
    pub healed: u64,
    /// Different.
    pub differs: u64,
    /// Without an attempt.
    pub no_attempt: u64,
    /// Attempts that are not listed.
    pub missing: u64,
    /// Only counted in the sums.
    pub noted: u64,
}

/// A registry without its lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Registry {
    /// UUIDv7.
    pub id: RegistryId,
    /// Of which account.
    pub account: AccountKey,
    /// From where.
    pub source: RegistrySource,
    /// How it was read.
    pub layout: String,
    /// The time that it covers; `None`: it lists nothing.
    pub period: Option<(Timestamp, Timestamp)>,
    /// When it was loaded.
    pub loaded_at: Timestamp,
    /// Who loaded it.
    pub loaded_by: Actor,
    /// How many lines it has.
    pub lines: u64,
    /// What they came to.
    pub counts: LineCounts,
    /// The currency of the sums.
    pub currency: Currency,
    /// What the lines in that currency come to.
    pub sums: Sums,
    /// What the registry says of itself.
    pub declared: Declared,
    /// Whether the two are the same.
    pub adds_up: Option<bool>,
}

/// A line of a registry, compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryLine {
    /// Its place in the list: file lines first, then what is missing.
    pub position: u64,
    /// Its line in the file; `None`: it is missing there.
    pub number: Option<u64>,
    /// What it says; of a missing one, what the attempt says.
    pub line: Line,
    /// What comparing came to.
    pub result: LineResult,
    /// The attempt that it is about.
    pub attempt_id: Option<AttemptId>,
    /// What is wrong.
    pub problem: Option<Problem>,
}

/// Which lines of a registry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineFilter {
    /// Of these results; empty: any.
    pub results: Vec<LineResult>,
    /// Behind this position.
    pub after: Option<u64>,
    /// At most so many.
    pub limit: u32,
}

/// Refunds of an attempt that other registries list: a sum in minor units on a day since 1970 (UTC).
pub type RefundElsewhere = (AttemptId, i64, i64);

/// The repository of registries.
pub trait Registries {
    /// Begins a load. The registry is not seen until [`Registries::complete`].
    fn begin(&mut self, registry: &Registry) -> Result<(), StoreError>;

    /// Adds lines to a load, and notes at `now` that it is alive.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when the load was discarded meanwhile.
    fn add_lines(&mut self, id: RegistryId, lines: &[RegistryLine], now: Timestamp)
    -> Result<(), StoreError>;

    /// Adds a line for each attempt of the account that was paid in the period and that no payment of the load is
    /// about, behind `position`. Returns how many.
    fn add_missing(
        &mut self,
        registry: &Registry,
        period: (Timestamp, Timestamp),
        position: u64,
    ) -> Result<u64, StoreError>;

    /// Ends a load: from now on the registry is seen.
    ///
    /// # Errors
    /// [`StoreError::Taken`] `("registry")` when the same file was completed by another load;
    /// [`StoreError::Stale`] when the load was discarded meanwhile.
    fn complete(&mut self, registry: &Registry) -> Result<(), StoreError>;

    /// Removes up to `limit` lines of a load that is not complete, and the load itself when none is left.
    /// Returns whether it is gone.
    fn discard(&mut self, id: RegistryId, limit: u32) -> Result<bool, StoreError>;

    /// Loads that were not alive since `before`.
    fn abandoned(&mut self, before: Timestamp) -> Result<Vec<RegistryId>, StoreError>;

    /// The complete registry of this very file.
    fn of_file(&mut self, account: &AccountKey, digest: &[u8; 32]) -> Result<Option<Registry>, StoreError>;

    /// A complete registry; locked until the end of a transaction that may write.
    fn get(&mut self, id: RegistryId) -> Result<Option<Registry>, StoreError>;

    /// Complete registries, newest first (`loaded_at`, then id).
    fn list(
        &mut self,
        bank: Option<&str>,
        bank_account: Option<&str>,
        page: Page,
    ) -> Result<Vec<Registry>, StoreError>;

    /// How many there are, counting to `cap` at most.
    fn count(
        &mut self,
        bank: Option<&str>,
        bank_account: Option<&str>,
        cap: u64,
    ) -> Result<Total, StoreError>;

    /// Writes the counts of a complete registry.
    fn save_counts(&mut self, id: RegistryId, counts: &LineCounts) -> Result<(), StoreError>;
}

/// The repository of the lines of registries, and of what they are compared with.
pub trait RegistryLines {
    /// The attempts of an account that any of these lines may be about.
    fn candidates(&mut self, account: &AccountKey, lines: &[Line]) -> Result<Vec<Candidate>, StoreError>;

    /// The refunds of these attempts that complete registries list, each sum once a day.
    fn refunds_elsewhere(&mut self, attempts: &[AttemptId]) -> Result<Vec<RefundElsewhere>, StoreError>;

    /// Lines in the order of their positions.
    fn list(&mut self, id: RegistryId, filter: &LineFilter) -> Result<Vec<RegistryLine>, StoreError>;

    /// The line of that number in the file.
    fn numbered(&mut self, id: RegistryId, number: u64) -> Result<Option<RegistryLine>, StoreError>;

    /// The line about an attempt that is missing in the file.
    fn missing(&mut self, id: RegistryId, attempt: AttemptId) -> Result<Option<RegistryLine>, StoreError>;

    /// Writes what comparing a line came to anew.
    fn settle(&mut self, id: RegistryId, line: &RegistryLine) -> Result<(), StoreError>;
}

/// The repository of saved mappings.
pub trait RegistryMappings {
    /// All of them, by name.
    fn list(&mut self) -> Result<Vec<Mapping>, StoreError>;

    /// One.
    fn get(&mut self, name: &str) -> Result<Option<Mapping>, StoreError>;

    /// Adds it, or puts it in the place of the one with its name.
    fn put(&mut self, mapping: &Mapping, now: Timestamp) -> Result<(), StoreError>;

    /// Removes it. Returns whether there was one.
    fn remove(&mut self, name: &str) -> Result<bool, StoreError>;
}
