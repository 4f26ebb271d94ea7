//! How the columns of a bank's own table are read, as somebody set it up.

use serde::{Deserialize, Serialize};

/// How the columns of a table are read. A column is named by its heading, or `#3`: the third one, for a table without
/// headings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mapping {
    /// Its name.
    pub name: String,
    /// Code of the bank whose files look so; none: any.
    #[serde(default)]
    pub bank: Option<String>,
    /// Which column holds what.
    pub columns: Columns,
    /// Which words stand for which kind of operation.
    #[serde(default)]
    pub kinds: Kinds,
    /// How dates are written, in the letters of `strftime`: `%d.%m.%Y %H:%M:%S`. With a `time` column it describes both,
    /// joined by a space.
    #[cfg_attr(feature = "openapi", schema(example = "%d.%m.%Y %H:%M:%S"))]
    pub date_format: String,
    /// How sums are written.
    pub decimal: Decimal,
    /// The time zone of the dates, by its IANA name.
    #[cfg_attr(feature = "openapi", schema(example = "Europe/Moscow"))]
    pub timezone: String,
}

/// Which column holds what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Columns {
    /// The merchant's order number.
    #[serde(default)]
    pub order_number: Option<String>,
    /// The bank's order id.
    #[serde(default)]
    pub bank_order_id: Option<String>,
    /// The card network's number.
    #[serde(default)]
    pub rrn: Option<String>,
    /// The sum.
    pub amount: String,
    /// What the bank kept.
    #[serde(default)]
    pub fee: Option<String>,
    /// What the operation did. Without this column a negative sum is a refund, any other one a payment.
    #[serde(default)]
    pub kind: Option<String>,
    /// The day, or the day and the time.
    pub date: String,
    /// The time, where it stands apart.
    #[serde(default)]
    pub time: Option<String>,
    /// The currency; without this column it is the rouble.
    #[serde(default)]
    pub currency: Option<String>,
    /// What the bank pays out of it.
    #[serde(default)]
    pub payout: Option<String>,
}

/// Which words stand for which kind of operation. Letter case does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kinds {
    /// Payments.
    #[serde(default)]
    pub payment: Vec<String>,
    /// Refunds.
    #[serde(default)]
    pub refund: Vec<String>,
    /// Reversals.
    #[serde(default)]
    pub reversal: Vec<String>,
    /// What only counts in the sums.
    #[serde(default)]
    pub other: Vec<String>,
}

/// How sums are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Decimal {
    /// `4 500,00`
    #[serde(rename = ",")]
    Comma,
    /// `4,500.00`
    #[serde(rename = ".")]
    Point,
    /// `450000`: minor units
    #[serde(rename = "minor")]
    Minor,
}
