//! Self-tests of callback addresses: the intent is a row before anything is sent.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};
use sverka_domain::ids::{NotificationId, SelfTestId};

use super::StoreError;
use crate::ports::bank::AccountKey;

/// What a self-test came to.
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
pub enum SelfTestCode {
    /// It stands in the journal, and our own answer came back.
    Arrived,
    /// It stands in the journal, but what was signed with the account's secret was not found genuine there.
    Refused,
    /// There was an answer, but it does not stand in the journal: somebody else answered.
    NotArrived,
    /// It stands in the journal, but the answer that came back is not ours: a bank would repeat for ever.
    WrongAnswer,
    /// There was no answer, and it does not stand in the journal.
    Unreachable,
}

/// How a self-test ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelfTestResult {
    /// In a word.
    pub code: SelfTestCode,
    /// In plain words.
    pub detail: Option<String>,
    /// The answer's HTTP status, if there was one.
    pub http_status: Option<u16>,
    /// How long the answer took, in milliseconds.
    pub took_ms: u64,
}

/// One self-test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelfTest {
    /// UUIDv7.
    pub id: SelfTestId,
    /// Whose address was tried.
    pub account: AccountKey,
    /// The order number in the notification; unique, and not to be guessed.
    pub order_number: String,
    /// When it was begun.
    pub at: Timestamp,
    /// Id of the user or API key that asked for it.
    pub asked_by: String,
    /// The address that it was sent to.
    pub sent_to: String,
    /// Whether it was signed as the bank signs.
    pub signed: bool,
    /// The notification that arrived.
    pub notification_id: Option<NotificationId>,
    /// Whether that one was found genuine.
    pub genuine: bool,
    /// How it ended; `None`: it is under way, or its program was stopped.
    pub result: Option<SelfTestResult>,
}

/// The repository of self-tests.
pub trait SelfTests {
    /// Adds one.
    fn insert(&mut self, test: &SelfTest) -> Result<(), StoreError>;

    /// Whether a self-test of that order number was sent to that account.
    fn is_known(&mut self, account: &AccountKey, order_number: &str) -> Result<bool, StoreError>;

    /// Writes down that the notification of that order number arrived; the first one stays. Returns whether there is
    /// such a self-test at all.
    fn arrived(
        &mut self,
        account: &AccountKey,
        order_number: &str,
        notification_id: NotificationId,
        genuine: bool,
    ) -> Result<bool, StoreError>;

    /// One self-test.
    fn get(&mut self, id: SelfTestId) -> Result<Option<SelfTest>, StoreError>;

    /// Writes down how it ended.
    fn finish(&mut self, id: SelfTestId, result: &SelfTestResult) -> Result<(), StoreError>;

    /// The newest one of an account that ended.
    fn last(&mut self, account: &AccountKey) -> Result<Option<SelfTest>, StoreError>;
}
