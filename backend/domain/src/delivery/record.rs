//! A delivery with its identity and its times.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use super::found::MatchRule;
use super::hold::Hold;
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
    /// How many look-ups found nothing since the last try of unknown end.
    pub look_ups: u32,
    /// How many times in a row the system's own handler refused, perhaps only because of a lock.
    pub slow_tries: u32,
    /// A person decided to send once more though nobody knows: the next try needs no further look-up.
    pub is_cleared: bool,
    /// Not before this time.
    pub next_try_at: Timestamp,
    /// Who holds it, and until when.
    pub lease: Option<(LeaseId, Timestamp)>,
    /// The document in the accounting system, as people know it.
    pub document_ref: Option<String>,
    /// The system's own key of the document, known as soon as there is one, posted or not.
    pub document_key: Option<String>,
    /// By what the document was found, where it was not made by us now.
    pub linked_by: Option<MatchRule>,
    /// The system's key of the client: found, or chosen by a person.
    pub client_key: Option<String>,
    /// Documents that a person said are other payments.
    pub ruled_out: Vec<String>,
    /// What a person has to decide, where something is to decide.
    pub hold: Option<Hold>,
    /// When the system is searched for a double the next time.
    pub sweep_at: Option<Timestamp>,
    /// How many times it was.
    pub sweeps: u32,
    /// The last reason why it did not work, in the other system's words.
    pub last_error: Option<String>,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Grows by one with each change.
    pub version: i64,
}

impl Delivery {
    /// Where it waits: in doubt while an earlier try may have been applied, else `otherwise`.
    pub(super) fn waiting(&self, otherwise: DeliveryState) -> DeliveryState {
        if self.doubts > 0 {
            DeliveryState::InDoubt
        } else {
            otherwise
        }
    }
}
