//! A time in which an account's notifications did not come, or too few of them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// What is wrong with the notifications.
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
pub enum IncidentKind {
    /// None comes.
    Silent,
    /// Far more than usual are lost.
    Losing,
}

/// Whether it is over.
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
pub enum IncidentState {
    /// It goes on.
    Open,
    /// The notifications came back.
    Closed,
}

/// How many attempts it is about, from its beginning to its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Known to be paid, from whatever source.
    pub paid: u64,
    /// Of these, those whose notification came.
    pub heard: u64,
    /// Of these, those that were found by asking (or in a registry), without a notification.
    pub healed: u64,
    /// Not known to be paid, and still asked about: the client did not pay, or the answer is yet to come.
    pub waiting: u64,
}

/// Why it was opened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// Silent: how many notifications were to be expected. Losing: how many were to be lost as usual.
    pub expected: f64,
    /// Silent: how many came. Losing: how many were lost.
    pub observed: u64,
    /// How probable that is while all is as usual.
    pub probability: f64,
}

/// What the watch found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finding {
    /// What is wrong.
    pub kind: IncidentKind,
    /// Since when: the first payment (or attempt) whose notification is missing.
    pub since: Timestamp,
    /// Why that is no accident.
    pub evidence: Evidence,
    /// The share of payments whose notification is lost while it goes on.
    pub share: f64,
}
