//! What the deliveries of one attempt come to.

use super::record::{Delivery, DeliveryKind};
use super::state::DeliveryState;
use crate::status::CrmStatus;

/// The CRM status and the document of an attempt, from its deliveries in the order they were queued.
/// The first one that is not done decides: a refund after a synced payment shows as queued.
#[must_use]
pub fn crm_status(deliveries: &[Delivery]) -> (CrmStatus, Option<String>) {
    let payment = deliveries
        .iter()
        .rfind(|d| d.kind == DeliveryKind::Payment && d.state != DeliveryState::Withdrawn);
    let document = payment.and_then(|delivery| delivery.document_ref.clone());
    let live = || deliveries.iter().filter(|d| d.state != DeliveryState::Withdrawn);
    let waiting = live().find(|d| !matches!(d.state, DeliveryState::Synced | DeliveryState::PostedByHand));
    let status = match waiting.map(|d| (d.state, d.tries, d.doubts)) {
        Some((DeliveryState::Queued, ..)) => CrmStatus::Queued,
        Some((DeliveryState::Retrying, ..)) => CrmStatus::Retrying,
        Some((DeliveryState::InDoubt, ..)) => CrmStatus::InDoubt,
        Some((DeliveryState::NeedsAttention | DeliveryState::Held, ..)) => CrmStatus::NeedsAttention,
        // Under way: the person sees what it was before this try.
        Some((DeliveryState::Sending, _, 1..)) => CrmStatus::InDoubt,
        Some((DeliveryState::Sending, 2.., 0)) => CrmStatus::Retrying,
        Some((DeliveryState::Sending, ..)) => CrmStatus::Queued,
        Some((DeliveryState::Synced | DeliveryState::PostedByHand | DeliveryState::Withdrawn, ..)) | None => {
            match payment.map(|d| d.state) {
                Some(DeliveryState::PostedByHand) => CrmStatus::PostedByHand,
                Some(_) => CrmStatus::Synced,
                None => CrmStatus::NotDue,
            }
        }
    };
    (status, document)
}

#[cfg(test)]
#[path = "summary_tests.rs"]
mod tests;
