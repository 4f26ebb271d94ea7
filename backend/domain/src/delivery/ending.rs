//! How a try ends: well, in vain, refused, or unknown.

use jiff::{SignedDuration, Timestamp};

use super::backoff::{SLOW_TRIES, busy_pause, doubt_pause, slow_pause};
use super::hold::{Hold, HoldReason};
use super::record::Delivery;
use super::state::{Attention, DeliveryState, Verdict};
use super::transition::Refusal;

pub(super) fn end(
    delivery: &mut Delivery,
    verdict: Verdict,
    document_key: Option<String>,
    (settling, at): (SignedDuration, Timestamp),
) -> Result<(), Refusal> {
    let has_it = matches!(verdict, Verdict::Applied { .. } | Verdict::AlreadyThere { .. });
    match delivery.state {
        DeliveryState::Sending | DeliveryState::InDoubt => {}
        // A verdict on an earlier try that came after another worker's refusal: it is there after all.
        DeliveryState::NeedsAttention | DeliveryState::Held if has_it => delivery.hold = None,
        // Marked while the bytes were under way: the person's word stands, and they are told.
        DeliveryState::PostedByHand if is_ours(&verdict, delivery.doubts) => {
            delivery.attention = Some(Attention::PostedTwice);
            return Ok(());
        }
        DeliveryState::PostedByHand | DeliveryState::Withdrawn | DeliveryState::Synced => return Ok(()),
        DeliveryState::Queued
        | DeliveryState::Retrying
        | DeliveryState::NeedsAttention
        | DeliveryState::Held => {
            return Err(Refusal::NotStarted);
        }
    }
    delivery.lease = None;
    if document_key.is_some() {
        delivery.document_key = document_key;
    }
    if !matches!(verdict, Verdict::LikelyRefused { .. }) {
        delivery.slow_tries = 0;
    }
    delivery.last_error = verdict.reason().map(str::to_owned);
    match verdict {
        Verdict::Applied { document_ref } | Verdict::AlreadyThere { document_ref } => {
            delivery.state = DeliveryState::Synced;
            delivery.document_ref = document_ref;
            delivery.doubts = 0;
        }
        // The connection waits, not the delivery: it goes as soon as the connection is well.
        Verdict::NotApplied { .. } | Verdict::ConnectionRefused { .. } => {
            // A refusal at the door now says nothing of an earlier try that may have been applied.
            delivery.state = delivery.waiting(DeliveryState::Retrying);
            delivery.next_try_at = at;
        }
        Verdict::Refused { .. } => delivery.state = DeliveryState::NeedsAttention,
        Verdict::Unposted { document_ref, .. } => {
            delivery.state = DeliveryState::NeedsAttention;
            delivery.document_ref = document_ref;
        }
        Verdict::LikelyRefused { .. } => refuse_slowly(delivery, at),
        Verdict::Unknown { .. } => doubt(delivery, settling, at),
        Verdict::Busy { .. } => {
            doubt(delivery, settling, at);
            delivery.next_try_at = busy_pause(delivery.doubts, at, delivery.id.0.as_u128());
        }
        Verdict::Held { hold, documents, .. } => {
            delivery.state = DeliveryState::Held;
            delivery.hold = Some(Hold {
                reason: hold,
                since: at,
                documents,
                clients: Vec::new(),
            });
        }
    }
    Ok(())
}

/// The accounting system has what we sent, besides what a person entered. What was there before our first
/// try is theirs; what is there after a try that ended unknown is that try.
fn is_ours(verdict: &Verdict, doubts: u32) -> bool {
    match verdict {
        Verdict::Applied { .. } => true,
        Verdict::AlreadyThere { .. } => doubts > 0,
        Verdict::NotApplied { .. }
        | Verdict::Refused { .. }
        | Verdict::Unknown { .. }
        | Verdict::Unposted { .. }
        | Verdict::LikelyRefused { .. }
        | Verdict::Busy { .. }
        | Verdict::Held { .. }
        | Verdict::ConnectionRefused { .. } => false,
    }
}

pub(super) fn lose(delivery: &mut Delivery, settling: SignedDuration, at: Timestamp) -> Result<(), Refusal> {
    if delivery.state != DeliveryState::Sending {
        return Err(Refusal::NotStarted);
    }
    delivery.lease = None;
    delivery.last_error = Some("the answer was not seen: the program was stopped while sending".to_owned());
    doubt(delivery, settling, at);
    Ok(())
}

fn doubt(delivery: &mut Delivery, settling: SignedDuration, at: Timestamp) {
    delivery.state = DeliveryState::InDoubt;
    delivery.doubts += 1;
    delivery.look_ups = 0;
    let pause = doubt_pause(delivery.doubts, at, delivery.id.0.as_u128());
    delivery.next_try_at = pause.max(at + settling);
}

/// The system's own handler refused: tried again a few times, slowly, then a person looks.
pub(super) fn refuse_slowly(delivery: &mut Delivery, at: Timestamp) {
    delivery.slow_tries += 1;
    if delivery.slow_tries > SLOW_TRIES {
        delivery.state = DeliveryState::Held;
        delivery.hold = Some(Hold {
            reason: HoldReason::RefusedRepeatedly,
            since: at,
            documents: Vec::new(),
            clients: Vec::new(),
        });
        return;
    }
    delivery.state = delivery.waiting(DeliveryState::Retrying);
    delivery.next_try_at = slow_pause(delivery.slow_tries, at, delivery.id.0.as_u128());
}
