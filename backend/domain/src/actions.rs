//! Which actions are allowed on an attempt now, and why the others are not. The interface only draws them.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use crate::attempt::{Attempt, override_options};
use crate::delivery::{Delivery, DeliveryState};
use crate::status::CrmStatus;

/// What a person can do with an attempt.
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
pub enum Action {
    /// Ask the bank now.
    BankQuery,
    /// Set the bank status by hand.
    StatusOverride,
    /// Pass it on now.
    Resync,
    /// Say that it was entered by hand.
    PostedByHand,
}

/// Why an action is not allowed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Display, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Obstacle {
    /// There is no payment to pass on.
    NotPaid,
    /// The accounting system has it.
    AlreadySynced,
    /// It was entered by hand.
    PostedByHand,
    /// It is being sent at this moment.
    DeliveryInProgress,
    /// No status can be set by hand now.
    OverrideRefused,
}

/// Why `action` is not allowed on `attempt` now; `None` when it is.
#[must_use]
pub fn obstacle(action: Action, attempt: &Attempt, deliveries: &[Delivery]) -> Option<Obstacle> {
    match action {
        Action::BankQuery => None,
        Action::StatusOverride => override_options(&attempt.state)
            .is_empty()
            .then_some(Obstacle::OverrideRefused),
        Action::Resync => resync(attempt, deliveries),
        Action::PostedByHand => posted_by_hand(attempt),
    }
}

fn resync(attempt: &Attempt, deliveries: &[Delivery]) -> Option<Obstacle> {
    if deliveries.iter().any(|d| d.state == DeliveryState::Sending) {
        return Some(Obstacle::DeliveryInProgress);
    }
    posted_by_hand(attempt)
}

fn posted_by_hand(attempt: &Attempt) -> Option<Obstacle> {
    match attempt.state.crm_status {
        CrmStatus::NotDue => Some(Obstacle::NotPaid),
        CrmStatus::Synced => Some(Obstacle::AlreadySynced),
        CrmStatus::PostedByHand => Some(Obstacle::PostedByHand),
        CrmStatus::Queued | CrmStatus::Retrying | CrmStatus::InDoubt | CrmStatus::NeedsAttention => None,
    }
}

#[cfg(test)]
#[path = "actions_tests.rs"]
mod tests;
