//! A delivery that waits for a person: why, and what the person has to choose between.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use super::found::{FoundClient, FoundDocument};

/// Why a person has to decide.
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
pub enum HoldReason {
    /// A document that may be this payment is there already.
    PossibleDuplicate,
    /// It was sent more than once, nothing was found, and the system does not refuse a second one.
    Unclear,
    /// The system does not know the client.
    ClientNotFound,
    /// Several clients of the system answer to this one's phone or e-mail.
    SeveralClients,
    /// A document under our key has another amount or another client.
    DocumentDiffers,
    /// A document under our key is marked for deletion or cancelled.
    DocumentDeleted,
    /// The system's own handler refused several times, with words of its own.
    RefusedRepeatedly,
}

/// What a person decided about a held delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// «Это она — связать»: this document is the payment.
    Link {
        /// The document's key, one of the hold's.
        document_key: String,
    },
    /// «Другая оплата — провести»: none of the found documents is it; send.
    Send,
    /// This client of the system is the payment's client; send.
    ChooseClient {
        /// The client's key.
        client_key: String,
    },
    /// «Отложить»: look again then.
    Postpone {
        /// Not before this time.
        until: Timestamp,
    },
    /// The probable double is none, or was dealt with over there.
    Dismiss,
}

/// What waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Why.
    pub reason: HoldReason,
    /// Since when.
    pub since: Timestamp,
    /// The documents in question.
    pub documents: Vec<FoundDocument>,
    /// The clients in question.
    pub clients: Vec<FoundClient>,
}
