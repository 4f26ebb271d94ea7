//! Roles, and what each may do.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// A role of a person or of a program.
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
pub enum Role {
    /// Sees everything, changes nothing.
    Viewer,
    /// Finds and mends attempts.
    Operator,
    /// An operator who also answers for the day's result.
    Supervisor,
    /// Everything.
    Admin,
    /// The app's backend: records attempts and follows them.
    Integrator,
}

/// One thing that a caller may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
pub enum Right {
    /// See attempts, their timeline and the bank accounts.
    View,
    /// Record attempts and report what the app learned.
    Record,
    /// Ask the bank, override, resync, mark as posted by hand.
    Mend,
    /// Pause and resume the connections to accounting systems.
    Steer,
}

impl Role {
    /// Whether the role includes the right.
    #[must_use]
    pub fn has(self, right: Right) -> bool {
        match right {
            Right::View => true,
            Right::Record => matches!(self, Self::Integrator | Self::Admin),
            Right::Mend => matches!(self, Self::Operator | Self::Supervisor | Self::Admin),
            Right::Steer => matches!(self, Self::Supervisor | Self::Admin),
        }
    }
}

#[cfg(test)]
#[path = "role_tests.rs"]
mod tests;
