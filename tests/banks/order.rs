//! One order of the run.

use jiff::Timestamp;
use sverka_domain::ids::AttemptId;
use sverka_domain::status::BankStatus;
use sverka_simulator::api::OrderState;

use crate::story::Step;

/// An order.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    /// Code of the bank.
    pub(crate) bank: String,
    /// Name of the account.
    pub(crate) account: String,
    /// The merchant's number.
    pub(crate) number: String,
    /// Minor units.
    pub(crate) amount: i64,
    /// When the client presses the button.
    pub(crate) begins_at: Timestamp,
    /// What becomes of it.
    pub(crate) story: Vec<Step>,
    /// Once it stands in the journal.
    pub(crate) attempt: Option<AttemptId>,
    /// What was true from when on, at the bank.
    pub(crate) truth: Vec<(Timestamp, BankStatus)>,
}

/// The status that the bank's truth is, in the journal's words.
pub(crate) fn status(state: OrderState) -> BankStatus {
    match state {
        OrderState::Registered => BankStatus::Created,
        OrderState::Acs => BankStatus::Pending,
        OrderState::Held => BankStatus::Authorized,
        OrderState::Paid => BankStatus::Paid,
        OrderState::Reversed => BankStatus::Reversed,
        OrderState::Refunded => BankStatus::Refunded,
        OrderState::PartiallyRefunded => BankStatus::PartiallyRefunded,
        OrderState::Declined => BankStatus::Declined,
        OrderState::Expired => BankStatus::Expired,
    }
}

/// Whether the journal's status is what the bank's truth means. No money is no money: not every bank tells why there is
/// none, or that there is an order at all before somebody pays.
pub(crate) fn agree(bank: &str, truth: BankStatus, seen: BankStatus) -> bool {
    let is_unpaid = |status| {
        matches!(
            status,
            BankStatus::Created | BankStatus::Pending | BankStatus::Declined | BankStatus::Expired
        )
    };
    let is_waiting = |status| matches!(status, BankStatus::Created | BankStatus::Pending);
    match bank {
        // A hold that was given up is told like an order that nobody paid.
        "robokassa" if truth == BankStatus::Reversed => truth == seen || is_unpaid(seen),
        // Their answers know of successful payments only, or not why there is none.
        "payonline" | "robokassa" => truth == seen || (is_unpaid(truth) && is_unpaid(seen)),
        _ => truth == seen || (is_waiting(truth) && is_waiting(seen)),
    }
}
