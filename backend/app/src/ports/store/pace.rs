//! How many payments and notifications an account has, by the hour and in an incident's time.

use jiff::Timestamp;
use sverka_domain::attempt::Attempt;
use sverka_domain::incident::Counts;
use sverka_domain::pace::{Doubts, Hour, Payment};

use super::{Page, StoreError, Total};
use crate::ports::bank::AccountKey;

/// The time of an incident, to find what it is about.
///
/// *Missing* are the attempts paid in it without a notification, and those recorded in it (within the last day, and
/// longer than a notification is waited for) that are neither paid nor otherwise ended and still asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Of which account.
    pub account: AccountKey,
    /// Its beginning.
    pub from: Timestamp,
    /// Its end; now while it goes on.
    pub to: Timestamp,
    /// Now.
    pub now: Timestamp,
}

/// The repository of counts.
pub trait Pace {
    /// When the first attempt of an account was recorded.
    fn first_recorded(&mut self, account: &AccountKey) -> Result<Option<Timestamp>, StoreError>;

    /// Counts the hour of an account that begins at `at`.
    fn count_hour(&mut self, account: &AccountKey, at: Timestamp) -> Result<Hour, StoreError>;

    /// Keeps the counts of an hour; those that are kept already stay.
    fn keep_hour(&mut self, account: &AccountKey, hour: &Hour) -> Result<(), StoreError>;

    /// When the last kept hour of an account began.
    fn last_hour(&mut self, account: &AccountKey) -> Result<Option<Timestamp>, StoreError>;

    /// The kept hours of an account from `from` on, in order.
    fn hours(&mut self, account: &AccountKey, from: Timestamp) -> Result<Vec<Hour>, StoreError>;

    /// Removes hours that began before `before`.
    fn forget_hours(&mut self, before: Timestamp) -> Result<u64, StoreError>;

    /// The newest payments of an account since `from` that the bank confirms, the newest first.
    fn newest_payments(
        &mut self,
        account: &AccountKey,
        from: Timestamp,
        limit: u32,
    ) -> Result<Vec<Payment>, StoreError>;

    /// The attempts recorded from `from` to `to` (exclusive) of which neither a notification nor the bank's answer
    /// says anything.
    fn doubts(&mut self, account: &AccountKey, from: Timestamp, to: Timestamp) -> Result<Doubts, StoreError>;

    /// How many attempts an incident is about.
    fn counts(&mut self, span: &Span) -> Result<Counts, StoreError>;

    /// One page of what is missing, newest first (`created_at`, then `id`).
    fn missing(&mut self, span: &Span, page: Page) -> Result<Vec<Attempt>, StoreError>;

    /// How many are missing, counting to `cap` at most.
    fn count_missing(&mut self, span: &Span, cap: u64) -> Result<Total, StoreError>;

    /// Makes up to `limit` of what is missing and not known to be paid due to be asked about now; how many.
    fn ask_about_missing(&mut self, span: &Span, limit: u32) -> Result<u64, StoreError>;
}
