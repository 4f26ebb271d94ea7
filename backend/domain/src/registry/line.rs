//! One operation in a bank's books.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use crate::money::Money;

/// What an operation did.
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
pub enum LineKind {
    /// The client paid.
    Payment,
    /// Money went back to the client.
    Refund,
    /// A payment was voided before it was settled, or a hold released.
    Reversal,
    /// Neither: a chargeback, a correction, a bare fee. It counts in the sums and is compared with nothing.
    Other,
}

/// One operation in a bank's list or settlement file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it did.
    pub kind: LineKind,
    /// The bank's order id: the one that the attempt is known by.
    pub bank_order_id: Option<String>,
    /// The merchant's order number.
    pub order_number: Option<String>,
    /// The retrieval reference number of the card network.
    pub rrn: Option<String>,
    /// The sum of this operation, never negative; of [`LineKind::Other`] with a sign, as it changes the payout.
    pub amount: Money,
    /// What the bank kept for itself, in minor units of the same currency; negative when it gave a fee back.
    pub fee: Option<i64>,
    /// When.
    pub at: Timestamp,
}
