//! What became of a line, and what a person can do about it.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use super::line::LineKind;

/// What comparing a line with the journal came to.
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
pub enum LineResult {
    /// The journal has it so already.
    Matched,
    /// The journal did not know; now it does, with the registry as evidence.
    Healed,
    /// The journal has it otherwise.
    Differs,
    /// Money of which the journal has no attempt.
    NoAttempt,
    /// An attempt paid in the registry's period that the registry does not list.
    Missing,
    /// Not a payment, refund or reversal: only counted in the sums.
    Noted,
}

/// What is wrong with a line.
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
pub enum ProblemCode {
    /// Another sum.
    AmountDiffers,
    /// Another currency.
    CurrencyDiffers,
    /// The attempt is in a status that the line cannot be true with.
    StatusDiffers,
    /// The registry lists the same operation twice.
    Duplicate,
    /// Several attempts fit the line.
    Ambiguous,
}

/// What is wrong with a line, with what the journal and the registry say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub code: ProblemCode,
    /// What the journal says.
    pub expected: Option<String>,
    /// What the registry says.
    pub found: Option<String>,
}

/// What a person can do about a line.
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
pub enum Mend {
    /// Ask the bank about the attempt now, and compare the line again.
    AskBank,
    /// Record an attempt for the money, paid by the registry's word.
    RecordAttempt,
}

/// What can be done about a line with this result. Nothing of it destroys anything.
#[must_use]
pub fn mends(result: LineResult, kind: LineKind, has_attempt: bool) -> &'static [Mend] {
    match result {
        LineResult::Differs | LineResult::Missing if has_attempt => &[Mend::AskBank],
        LineResult::NoAttempt if kind == LineKind::Payment => &[Mend::RecordAttempt],
        LineResult::Matched
        | LineResult::Healed
        | LineResult::Differs
        | LineResult::NoAttempt
        | LineResult::Missing
        | LineResult::Noted => &[],
    }
}
