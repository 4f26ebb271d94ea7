//! The timeline: what happened to an attempt, who did it, and why. Entries are only ever added.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};
use sverka_domain::ids::{AttemptId, DeliveryId, EventId, NotificationId};
use sverka_domain::status::{BankStatus, CrmStatus};

use super::attempts::{Page, Total};
use super::{StoreError, Try};
use crate::ports::store::Notification;

/// What kind of entry.
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
pub enum EventKind {
    /// The attempt was recorded.
    Recorded,
    /// The app told what it learned.
    ReportedByApp,
    /// A genuine notification was taken in.
    CallbackAccepted,
    /// A notification without a good signature came.
    CallbackRejected,
    /// A genuine notification of another sum or currency came.
    CallbackMismatch,
    /// A person had a kept notification processed again.
    CallbackReprocessed,
    /// The bank answered.
    BankQueried,
    /// The bank did not answer.
    BankQueryFailed,
    /// The order is about to be registered at the bank.
    CheckoutStarted,
    /// The order is registered: there is a payment page.
    CheckoutOpened,
    /// The order could not be registered, or whether it was is not known.
    CheckoutFailed,
    /// A person set the bank status.
    Overridden,
    /// The bank contradicted the person.
    OverrideConflict,
    /// A payment or refund was queued for the accounting system.
    DeliveryQueued,
    /// A try to pass it on ended.
    DeliverySent,
    /// The accounting system was searched before sending: nothing was found yet, or the search failed.
    DeliveryChecked,
    /// Something was found that a person has to decide about.
    DeliveryHeld,
    /// The payment was there already, and is linked.
    DeliveryLinked,
    /// A queued payment was taken back.
    DeliveryWithdrawn,
    /// After it was passed on, a document was found that is probably the same payment once more.
    DoubleFound,
    /// That document is there no more.
    DoubleGone,
    /// A registry of the bank lists an operation that was not known.
    ListedInRegistry,
    /// A person wants it passed on now.
    ResyncRequested,
    /// A person says that it was entered by hand.
    PostedByHand,
    /// A person decided about what was found.
    Decision,
}

/// Where an entry comes from.
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
pub enum EventSource {
    /// The app's backend.
    App,
    /// A notification.
    Callback,
    /// The bank's answer.
    BankQuery,
    /// A settlement file.
    Registry,
    /// A person.
    Operator,
    /// The delivery to the accounting system.
    Delivery,
    /// Sverka itself.
    System,
}

/// What kind of actor.
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
pub enum ActorKind {
    /// A person.
    User,
    /// A program with an API key.
    ApiKey,
    /// The bank.
    Bank,
    /// The accounting system.
    Accounting,
    /// Sverka itself.
    System,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// What kind.
    pub kind: ActorKind,
    /// Id of the user or key; code of the bank; name of the connection.
    pub id: Option<String>,
    /// Name at that time.
    pub name: Option<String>,
}

/// One entry of a timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// UUIDv7.
    pub id: EventId,
    /// Whose timeline.
    pub attempt_id: AttemptId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
    /// From where.
    pub source: EventSource,
    /// By whom.
    pub actor: Actor,
    /// The bank status before and after, if it changed.
    pub bank_status: Option<(BankStatus, BankStatus)>,
    /// The CRM status before and after, if it changed.
    pub crm_status: Option<(CrmStatus, CrmStatus)>,
    /// A person's reason.
    pub reason: Option<String>,
    /// A document in the accounting system.
    pub document_ref: Option<String>,
    /// The notification behind it.
    pub notification_id: Option<NotificationId>,
    /// The delivery behind it, and the number of the try.
    pub delivery: Option<(DeliveryId, u32)>,
    /// Whatever else is worth keeping. Never a secret.
    pub details: Map<String, Value>,
}

/// An entry with the raw notification and the try behind it.
pub type TimelineEntry = (Event, Option<Notification>, Option<Try>);

/// The repository of timelines. It can add and read; nothing else, on purpose.
pub trait Events {
    /// Adds an entry.
    fn append(&mut self, event: &Event) -> Result<(), StoreError>;

    /// One page of an attempt's timeline, newest first (`at`, then `id`), each entry with the raw notification and
    /// the try behind it.
    fn list(&mut self, attempt_id: AttemptId, page: Page) -> Result<Vec<TimelineEntry>, StoreError>;

    /// How many entries the timeline has, counting to `cap` at most.
    fn count(&mut self, attempt_id: AttemptId, cap: u64) -> Result<Total, StoreError>;
}
