//! What a search of the accounting system does to a delivery: before it is sent, in doubt, and after.

use jiff::Timestamp;

use super::backoff::{slow_pause, sweep_pause};
use super::ending::refuse_slowly;
use super::found::{FoundDocument, MatchRule};
use super::hold::{Hold, HoldReason};
use super::record::Delivery;
use super::state::{Attention, DeliveryState, Verdict};
use super::transition::Refusal;

/// Only what waits to be sent is searched for.
fn is_waiting(delivery: &Delivery) -> Result<(), Refusal> {
    match delivery.state {
        DeliveryState::Queued | DeliveryState::Retrying | DeliveryState::InDoubt => Ok(()),
        DeliveryState::Sending => Err(Refusal::InProgress),
        DeliveryState::NeedsAttention | DeliveryState::Held => Err(Refusal::NotStarted),
        DeliveryState::Synced => Err(Refusal::AlreadySynced),
        DeliveryState::PostedByHand => Err(Refusal::PostedByHand),
        DeliveryState::Withdrawn => Err(Refusal::Withdrawn),
    }
}

pub(super) fn uncheck(delivery: &mut Delivery, verdict: &Verdict, at: Timestamp) -> Result<(), Refusal> {
    is_waiting(delivery)?;
    delivery.lease = None;
    delivery.last_error = verdict.reason().map(str::to_owned);
    match verdict {
        // The search itself is wrong: a mapping, a right.
        Verdict::Refused { .. } => delivery.state = DeliveryState::NeedsAttention,
        Verdict::LikelyRefused { .. } => refuse_slowly(delivery, at),
        // The connection waits, not the delivery.
        Verdict::NotApplied { .. } | Verdict::Unknown { .. } | Verdict::ConnectionRefused { .. } => {
            retry(delivery, at);
        }
        // No answer to a search; it must not be asked for without a pause all the same.
        Verdict::Applied { .. }
        | Verdict::AlreadyThere { .. }
        | Verdict::Unposted { .. }
        | Verdict::Busy { .. }
        | Verdict::Held { .. } => retry(delivery, slow_pause(1, at, delivery.id.0.as_u128())),
    }
    Ok(())
}

/// Nothing was sent: it waits where it waited.
fn retry(delivery: &mut Delivery, at: Timestamp) {
    delivery.state = delivery.waiting(DeliveryState::Retrying);
    delivery.next_try_at = delivery.next_try_at.max(at);
}

pub(super) fn look(delivery: &mut Delivery, again_at: Timestamp) -> Result<(), Refusal> {
    is_waiting(delivery)?;
    delivery.lease = None;
    delivery.look_ups += 1;
    delivery.next_try_at = again_at;
    Ok(())
}

pub(super) fn link(delivery: &mut Delivery, document: &FoundDocument) -> Result<(), Refusal> {
    is_waiting(delivery)?;
    attach(delivery, document);
    Ok(())
}

/// The delivery is this document.
pub(super) fn attach(delivery: &mut Delivery, document: &FoundDocument) {
    delivery.state = DeliveryState::Synced;
    delivery.lease = None;
    delivery.hold = None;
    delivery.last_error = None;
    delivery.document_key = Some(document.key.clone());
    delivery.document_ref = document.number.clone().or_else(|| Some(document.key.clone()));
    delivery.linked_by = Some(document.rule);
    delivery.doubts = 0;
}

pub(super) fn hold_for(delivery: &mut Delivery, hold: Hold) -> Result<(), Refusal> {
    is_waiting(delivery)?;
    delivery.state = DeliveryState::Held;
    delivery.lease = None;
    delivery.hold = Some(hold);
    Ok(())
}

pub(super) fn sweep(
    delivery: &mut Delivery,
    doubles: Vec<FoundDocument>,
    at: Timestamp,
) -> Result<(), Refusal> {
    if delivery.state != DeliveryState::Synced {
        return Err(Refusal::NotStarted);
    }
    delivery.sweeps += 1;
    delivery.sweep_at = sweep_pause(delivery.sweeps, at, delivery.id.0.as_u128());
    let news: Vec<FoundDocument> = doubles
        .into_iter()
        .filter(|double| {
            !delivery.ruled_out.contains(&double.key) && double.rule <= MatchRule::ClientAmountDate
        })
        .collect();
    if !news.is_empty() {
        delivery.attention = Some(Attention::ProbableDouble);
        delivery.hold = Some(Hold {
            reason: HoldReason::PossibleDuplicate,
            since: delivery.hold.as_ref().map_or(at, |known| known.since),
            documents: news,
            clients: Vec::new(),
        });
    } else if delivery.attention == Some(Attention::ProbableDouble) {
        // It was dealt with over there.
        delivery.attention = None;
        delivery.hold = None;
    }
    Ok(())
}
