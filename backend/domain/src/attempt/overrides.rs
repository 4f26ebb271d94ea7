//! Which bank statuses a person may set.

use super::conclude::{Conclusion, conclude};
use super::facts::Facts;
use super::transition::{AttemptState, Rejected};
use crate::status::{BankStatus, CrmStatus};

/// The statuses that a person may set now.
#[must_use]
pub fn override_options(state: &AttemptState) -> Vec<BankStatus> {
    use BankStatus::{Declined, Expired, Paid, PartiallyRefunded, Refunded, Reversed};
    [Paid, Declined, Expired, Reversed, Refunded, PartiallyRefunded]
        .into_iter()
        .filter(|status| allow_override(state, *status).is_ok())
        .collect()
}

pub(super) fn allow_override(state: &AttemptState, status: BankStatus) -> Result<(), Rejected> {
    use BankStatus::{Abandoned, Authorized, Created, Declined, Expired, PartiallyRefunded, Pending};
    let now = state.bank_status;
    match status {
        Created | Pending | Authorized | Abandoned => Err(Rejected::NotForPeople(status)),
        _ if status == now && state.attention.is_none() && !awaits_certainty(state) => {
            Err(Rejected::AlreadySo(now))
        }
        // Saying the same again is how a person answers a bank that contradicts them.
        _ if status == now => Ok(()),
        PartiallyRefunded => Err(Rejected::NotForPeople(status)),
        BankStatus::Paid if now == BankStatus::Reversed || state.refunded > 0 => {
            Err(Rejected::BankHasIt(now))
        }
        BankStatus::Paid => Ok(()),
        BankStatus::Refunded if now.was_paid() => Ok(()),
        BankStatus::Reversed if matches!(now, BankStatus::Paid | Authorized) => Ok(()),
        BankStatus::Refunded | BankStatus::Reversed => Err(Rejected::NothingToReturn(now)),
        Declined | Expired => allow_denial(state),
    }
}

/// A notification says that the payment was voided, and the bank has not confirmed it yet: a person may,
/// and then it is passed on.
fn awaits_certainty(state: &AttemptState) -> bool {
    let passed_on = state.passed_on;
    state.bank_status == BankStatus::Reversed && passed_on.payment && passed_on.refunded < state.amount.amount
}

/// Only a person's own word can be taken back, and only until it is passed on.
fn allow_denial(state: &AttemptState) -> Result<(), Rejected> {
    let without_claim = Facts {
        claim: None,
        ..state.facts.clone()
    };
    let Conclusion { status, .. } = conclude(state.amount, &without_claim);
    if status.was_paid() || matches!(status, BankStatus::Authorized | BankStatus::Reversed) {
        return Err(Rejected::BankHasIt(status));
    }
    match state.crm_status {
        CrmStatus::NotDue | CrmStatus::Queued | CrmStatus::Retrying | CrmStatus::NeedsAttention => Ok(()),
        CrmStatus::InDoubt | CrmStatus::Synced | CrmStatus::PostedByHand => Err(Rejected::PassedOnAlready),
    }
}

#[cfg(test)]
#[path = "overrides_tests.rs"]
mod tests;
