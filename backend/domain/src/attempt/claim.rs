//! What a person claims about an attempt.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::status::BankStatus;

/// What a person claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The status they set.
    pub status: BankStatus,
    /// When.
    pub at: Timestamp,
    /// Since when a person says that the money was taken; kept when they add that it went back.
    pub paid_at: Option<Timestamp>,
    /// They set the status that the attempt had, knowing what spoke against it: that settles what they knew of.
    #[serde(default)]
    pub insists: bool,
}

impl Claim {
    /// The claim after a person set `status` at `at`, over what they claimed before.
    #[must_use]
    pub fn renewed(before: Option<Self>, status: BankStatus, at: Timestamp) -> Self {
        let known = before.and_then(|claim| claim.paid_at);
        let paid_at = match status {
            BankStatus::Paid | BankStatus::Refunded | BankStatus::PartiallyRefunded => known.or(Some(at)),
            BankStatus::Reversed => known,
            BankStatus::Created
            | BankStatus::Pending
            | BankStatus::Authorized
            | BankStatus::Declined
            | BankStatus::Expired
            | BankStatus::Abandoned => None,
        };
        Self {
            status,
            at,
            paid_at,
            insists: false,
        }
    }
}
