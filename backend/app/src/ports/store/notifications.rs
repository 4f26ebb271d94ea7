//! Bank notifications, kept as they came.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};
use sverka_domain::ids::{AttemptId, NotificationId};

use super::{Cursor, Page, StoreError, Total};
use crate::ports::bank::{AccountKey, RawCallback};

/// What became of a notification.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
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
pub enum NotificationVerdict {
    /// Kept; not processed yet, or the processing failed.
    Received,
    /// Genuine, and taken in.
    Accepted,
    /// Without a good signature: it changed nothing.
    Rejected,
    /// Genuine, for an order that nobody recorded so far.
    Orphan,
    /// Genuine, but not about a payment.
    Ignored,
    /// Genuine, of another sum or currency.
    Mismatch,
    /// Our own, sent to see whether one would arrive: it is about no payment and counts nowhere.
    SelfTest,
}

/// One notification.
#[derive(Clone, PartialEq, Eq)]
pub struct Notification {
    /// UUIDv7.
    pub id: NotificationId,
    /// The bank account whose address it came to.
    pub account: AccountKey,
    /// The attempt that it belongs to, once known.
    pub attempt_id: Option<AttemptId>,
    /// The order number in it, to match an orphan later.
    pub order_number: Option<String>,
    /// The bank order id in it, for the same.
    pub bank_order_id: Option<String>,
    /// When it came (first).
    pub received_at: Timestamp,
    /// As it came.
    pub raw: RawCallback,
    /// What became of it.
    pub verdict: NotificationVerdict,
    /// How many times the very same came again.
    pub repeats: u32,
    /// When its raw form was dropped, all but the method: `raw` is empty then.
    pub raw_dropped_at: Option<Timestamp>,
}

/// What a look at old notifications came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dropped {
    /// So many raw forms were dropped.
    pub count: usize,
    /// The last notification that was looked at; `None`: there was none.
    pub last: Option<Cursor>,
}

/// What notifications to list. An empty list means any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NotificationFilter {
    /// Exactly this order number or bank order id.
    pub number: Option<String>,
    /// Codes of banks.
    pub banks: Vec<String>,
    /// Names of bank accounts.
    pub bank_accounts: Vec<String>,
    /// What became of it.
    pub verdicts: Vec<NotificationVerdict>,
    /// Came at this time or later.
    pub received_from: Option<Timestamp>,
    /// Came before this time.
    pub received_to: Option<Timestamp>,
}

/// Whether a notification is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// Kept now.
    New,
    /// The very same was kept before; it was counted as a repeat.
    Repeat {
        /// The one kept before.
        id: NotificationId,
        /// What became of that one.
        verdict: NotificationVerdict,
    },
}

/// How the notifications of an account are doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AccountHealth {
    /// Any notification.
    pub last_notification_at: Option<Timestamp>,
    /// A genuine one (accepted or mismatch or ignored).
    pub last_good_at: Option<Timestamp>,
    /// One without a good signature.
    pub last_rejected_at: Option<Timestamp>,
    /// One for an unknown order.
    pub last_orphan_at: Option<Timestamp>,
    /// Rejected since `since`.
    pub rejected: u64,
    /// Orphans since `since`, still unmatched.
    pub orphans: u64,
    /// Attempts paid since `since` whose notification never came.
    pub lost: u64,
    /// Attempts paid since `since`.
    pub paid: u64,
}

/// The repository of notifications.
pub trait Notifications {
    /// Keeps a notification, or counts a repeat. The same account, method-independent content (query and body)
    /// is the same notification: `dedupe_key` is a digest of that, unique in the account.
    fn receive(&mut self, notification: &Notification, dedupe_key: &[u8; 32])
    -> Result<Received, StoreError>;

    /// Sets what became of a notification and whose it is.
    fn settle(
        &mut self,
        id: NotificationId,
        verdict: NotificationVerdict,
        attempt_id: Option<AttemptId>,
    ) -> Result<(), StoreError>;

    /// Sets the numbers of a notification, when they are read out of it anew.
    fn name(
        &mut self,
        id: NotificationId,
        order_number: Option<&str>,
        bank_order_id: Option<&str>,
    ) -> Result<(), StoreError>;

    /// One notification. In a transaction that may write, its row is locked until the end.
    fn get(&mut self, id: NotificationId) -> Result<Option<Notification>, StoreError>;

    /// The orphans (and unprocessed ones) of an account that name this order number or bank order id, oldest first.
    fn orphans(
        &mut self,
        account: &AccountKey,
        order_number: &str,
        bank_order_id: Option<&str>,
    ) -> Result<Vec<Notification>, StoreError>;

    /// How many rejected notifications an account keeps since `since`.
    fn count_rejected(&mut self, account: &AccountKey, since: Timestamp) -> Result<u64, StoreError>;

    /// How the notifications of an account are doing; counts are since `since`.
    fn health(&mut self, account: &AccountKey, since: Timestamp) -> Result<AccountHealth, StoreError>;

    /// The newest notification of an account with that verdict.
    fn last(
        &mut self,
        account: &AccountKey,
        verdict: NotificationVerdict,
    ) -> Result<Option<Notification>, StoreError>;

    /// One page, newest first (`received_at`, then `id`).
    fn list(&mut self, filter: &NotificationFilter, page: Page) -> Result<Vec<Notification>, StoreError>;

    /// How many match, counting to `cap` at most.
    fn count(&mut self, filter: &NotificationFilter, cap: u64) -> Result<Total, StoreError>;

    /// Looks at `limit` notifications that came before `before`, the oldest first, after `after`, and drops the raw form of
    /// those that nobody needs any more: that are processed and belong to no attempt that a person has to look at.
    /// An orphan may still find its attempt.
    fn drop_raw(
        &mut self,
        before: Timestamp,
        after: Option<Cursor>,
        limit: u32,
        now: Timestamp,
    ) -> Result<Dropped, StoreError>;

    /// Notifications that were kept and not processed (verdict `received`), oldest first, received before `before`.
    fn unprocessed(&mut self, before: Timestamp, limit: u32) -> Result<Vec<Notification>, StoreError>;
}
