//! The two statuses that the operator sees, and where a bank status came from.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// What the bank says became of the money.
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
pub enum BankStatus {
    /// Recorded; the client has not begun to pay, as far as we know.
    Created,
    /// The client is paying.
    Pending,
    /// The money is held, not taken.
    Authorized,
    /// The money is taken.
    Paid,
    /// The bank refused. A later success is still possible within the order's life.
    Declined,
    /// The order's life at the bank ended unpaid.
    Expired,
    /// The app says that the client gave up.
    Abandoned,
    /// A hold was released or a payment voided.
    Reversed,
    /// All of the money went back.
    Refunded,
    /// A part of the money went back.
    PartiallyRefunded,
}

impl BankStatus {
    /// The money was taken at some time, so the accounting system has to know of the payment.
    #[must_use]
    pub fn was_paid(self) -> bool {
        matches!(self, Self::Paid | Self::Refunded | Self::PartiallyRefunded)
    }
}

/// Who said what the bank status is.
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
pub enum StatusSource {
    /// The app's backend.
    App,
    /// The bank, by a signed notification.
    Callback,
    /// The bank, when asked.
    BankQuery,
    /// The bank's settlement file.
    Registry,
    /// A person.
    Operator,
}

/// What became of passing the payment on to the accounting system.
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
pub enum CrmStatus {
    /// Nothing to pass on.
    NotDue,
    /// Waits for its first try.
    Queued,
    /// Tried, surely not applied, will be tried again.
    Retrying,
    /// Sent; the answer is unknown. Made certain before anything else.
    InDoubt,
    /// The accounting system has it.
    Synced,
    /// Refused for good, or given up: a person has to look.
    NeedsAttention,
    /// Somebody entered it by hand; it is never sent.
    PostedByHand,
}
