//! A delivery with its identity and its times.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use super::state::{Attention, DeliveryState};
use crate::ids::{AttemptId, DeliveryId, LeaseId};
use crate::money::Money;

/// What is passed on.
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
pub enum DeliveryKind {
    /// A payment.
    Payment,
    /// Money that went back.
    Refund,
}

/// One payment or refund to pass on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Also the key by which the accounting system knows a repeat.
    pub id: DeliveryId,
    /// The attempt that it belongs to.
    pub attempt_id: AttemptId,
    /// Payment or refund.
    pub kind: DeliveryKind,
    /// The payment's delivery, for a refund: it goes first.
    pub after: Option<DeliveryId>,
    /// Name of the connection that it goes through; `None` until one is configured.
    pub connection: Option<String>,
    /// How much.
    pub amount: Money,
    /// The very bytes to send, fixed at the first try; the same for every repeat.
    pub body: Option<Vec<u8>>,
    /// Where it stands.
    pub state: DeliveryState,
    /// Something to look at though it ended.
    pub attention: Option<Attention>,
    /// How many tries were begun.
    pub tries: u32,
    /// How many of them ended unknown. Only certainty that it is there makes it zero again: a refusal at the
    /// door says nothing of an earlier try that may have been applied.
    pub doubts: u32,
    /// Not before this time.
    pub next_try_at: Timestamp,
    /// Who holds it, and until when.
    pub lease: Option<(LeaseId, Timestamp)>,
    /// The document in the accounting system.
    pub document_ref: Option<String>,
    /// The last reason why it did not work, in the other system's words.
    pub last_error: Option<String>,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Grows by one with each change.
    pub version: i64,
}
