//! What was found in the accounting system: documents that may be this payment, and clients that may be this client.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use crate::money::Money;

/// By what a document was found, the strongest first.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
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
pub enum MatchRule {
    /// It carries our own key or reference: it is ours.
    OurKey,
    /// It names the bank's number of the payment, its RRN or its receipt.
    BankNumbers,
    /// The same client, the same amount, a date close to that of the payment. Never decides by itself: a client does
    /// buy two equal visits in one day.
    ClientAmountDate,
    /// The same amount and date in the same till, whoever paid. Only a note.
    AmountDate,
}

/// A document of the accounting system that may be this payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundDocument {
    /// The system's own identifier of it (a GUID, a record's number). Linked once only.
    pub key: String,
    /// The number that people know it by.
    pub number: Option<String>,
    /// By what it was found.
    pub rule: MatchRule,
    /// Its sum; `None` where the system does not say.
    pub amount: Option<Money>,
    /// Its date, in the system's own zone.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub date: Option<Date>,
    /// Whether it counts in the ledger; a draft does not.
    pub is_posted: bool,
    /// Whether it is marked for deletion or cancelled.
    pub is_deleted: bool,
    /// Whether the user that Sverka works as made it.
    pub is_ours: bool,
    /// Who made it, as the system says.
    pub author: Option<String>,
    /// The client on it, as the system says.
    pub client: Option<String>,
    /// Whether the client on it is the payment's client; `None` where it cannot be known.
    pub is_same_client: Option<bool>,
    /// Its purpose or comment.
    pub comment: Option<String>,
    /// Where a person can open it.
    pub url: Option<String>,
}

/// A client of the accounting system that may be the payment's client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundClient {
    /// The system's own identifier.
    pub key: String,
    /// Name.
    pub name: String,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
}
