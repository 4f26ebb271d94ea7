//! The only place where a delivery changes.

use jiff::Timestamp;

use super::backoff::doubt_pause;
use super::record::Delivery;
use super::state::{Attention, DeliveryState, Verdict};

/// What can happen to a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    test,
    derive(strum::EnumDiscriminants),
    strum_discriminants(
        name(DeliveryEventKind),
        vis(pub(super)),
        derive(Hash, strum::VariantArray),
        doc = "The kinds, for the tests that have to meet all of them."
    )
)]
pub enum DeliveryEvent {
    /// A worker that holds it is about to send: committed before the first byte.
    Started {
        /// The bytes to send, if this is the first try.
        body: Vec<u8>,
        /// When.
        at: Timestamp,
    },
    /// A try ended.
    Ended {
        /// With what.
        verdict: Verdict,
        /// When.
        at: Timestamp,
    },
    /// The lease of a worker ran out between intent and verdict: nobody knows.
    Lost {
        /// When this was noticed.
        at: Timestamp,
    },
    /// A person wants it passed on now.
    Resync {
        /// When.
        at: Timestamp,
    },
    /// A person says that it was entered by hand.
    PostByHand {
        /// The document's number.
        document_ref: Option<String>,
        /// When.
        at: Timestamp,
    },
    /// The claim behind it was taken back.
    Withdraw {
        /// When.
        at: Timestamp,
    },
}

/// What an event did to a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It changed.
    Moved(Box<Delivery>),
    /// It was so already.
    Unchanged,
}

/// Why an event is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The accounting system has it.
    #[error("the accounting system has it already")]
    AlreadySynced,
    /// It was entered by hand and is never sent.
    #[error("it was entered by hand and is never sent")]
    PostedByHand,
    /// Bytes may be under way at this moment, or an earlier try may have been applied.
    #[error("it is being sent at this moment, or was sent and may have been applied")]
    InProgress,
    /// It was taken back.
    #[error("it was taken back")]
    Withdrawn,
    /// There is no try that could end.
    #[error("no try is under way")]
    NotStarted,
}

/// What `event` does to `delivery`.
///
/// # Errors
/// [`Refusal`] when the event is not allowed where the delivery stands.
pub fn apply(delivery: &Delivery, event: DeliveryEvent) -> Result<Step, Refusal> {
    let mut next = delivery.clone();
    let at = match event {
        DeliveryEvent::Started { body, at } => {
            start(&mut next, body)?;
            at
        }
        DeliveryEvent::Ended { verdict, at } => {
            end(&mut next, verdict, at)?;
            at
        }
        DeliveryEvent::Lost { at } => {
            lose(&mut next, at)?;
            at
        }
        DeliveryEvent::Resync { at } => {
            resync(&mut next, at)?;
            at
        }
        DeliveryEvent::PostByHand { document_ref, at } => {
            post_by_hand(&mut next, document_ref)?;
            at
        }
        DeliveryEvent::Withdraw { at } => {
            withdraw(&mut next)?;
            at
        }
    };
    if next == *delivery {
        return Ok(Step::Unchanged);
    }
    next.updated_at = at;
    Ok(Step::Moved(Box::new(next)))
}

fn start(delivery: &mut Delivery, body: Vec<u8>) -> Result<(), Refusal> {
    match delivery.state {
        DeliveryState::Queued | DeliveryState::Retrying | DeliveryState::InDoubt => {}
        DeliveryState::Sending => return Err(Refusal::InProgress),
        DeliveryState::NeedsAttention => return Err(Refusal::NotStarted),
        DeliveryState::Synced => return Err(Refusal::AlreadySynced),
        DeliveryState::PostedByHand => return Err(Refusal::PostedByHand),
        DeliveryState::Withdrawn => return Err(Refusal::Withdrawn),
    }
    // The key and the bytes of the first try are those of every repeat.
    delivery.body.get_or_insert(body);
    delivery.state = DeliveryState::Sending;
    delivery.tries += 1;
    Ok(())
}

fn end(delivery: &mut Delivery, verdict: Verdict, at: Timestamp) -> Result<(), Refusal> {
    let has_it = matches!(verdict, Verdict::Applied { .. } | Verdict::AlreadyThere { .. });
    match delivery.state {
        DeliveryState::Sending | DeliveryState::InDoubt => {}
        // A verdict on an earlier try that came after another worker's refusal: it is there after all.
        DeliveryState::NeedsAttention if has_it => {}
        // Marked while the bytes were under way: the person's word stands, and they are told.
        DeliveryState::PostedByHand if is_ours(&verdict, delivery.doubts) => {
            delivery.attention = Some(Attention::PostedTwice);
            return Ok(());
        }
        DeliveryState::PostedByHand | DeliveryState::Withdrawn | DeliveryState::Synced => return Ok(()),
        DeliveryState::Queued | DeliveryState::Retrying | DeliveryState::NeedsAttention => {
            return Err(Refusal::NotStarted);
        }
    }
    delivery.lease = None;
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
            delivery.state = if delivery.doubts > 0 {
                DeliveryState::InDoubt
            } else {
                DeliveryState::Retrying
            };
            delivery.next_try_at = at;
        }
        Verdict::Refused { .. } => delivery.state = DeliveryState::NeedsAttention,
        Verdict::Unknown { .. } => doubt(delivery, at),
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
        | Verdict::ConnectionRefused { .. } => false,
    }
}

fn lose(delivery: &mut Delivery, at: Timestamp) -> Result<(), Refusal> {
    if delivery.state != DeliveryState::Sending {
        return Err(Refusal::NotStarted);
    }
    delivery.lease = None;
    delivery.last_error = Some("the answer was not seen: the program was stopped while sending".to_owned());
    doubt(delivery, at);
    Ok(())
}

fn doubt(delivery: &mut Delivery, at: Timestamp) {
    delivery.state = DeliveryState::InDoubt;
    delivery.doubts += 1;
    delivery.next_try_at = doubt_pause(delivery.doubts, at, delivery.id.0.as_u128());
}

fn resync(delivery: &mut Delivery, at: Timestamp) -> Result<(), Refusal> {
    match delivery.state {
        DeliveryState::Queued | DeliveryState::Retrying | DeliveryState::InDoubt => {}
        DeliveryState::NeedsAttention => {
            // Refused before: a person mended the cause over there, so the same bytes go again. An earlier
            // try of unknown end keeps it in doubt.
            delivery.state = if delivery.doubts > 0 {
                DeliveryState::InDoubt
            } else {
                DeliveryState::Queued
            };
        }
        DeliveryState::Sending => return Err(Refusal::InProgress),
        DeliveryState::Synced => return Err(Refusal::AlreadySynced),
        DeliveryState::PostedByHand => return Err(Refusal::PostedByHand),
        DeliveryState::Withdrawn => return Err(Refusal::Withdrawn),
    }
    delivery.next_try_at = delivery.next_try_at.min(at);
    Ok(())
}

fn post_by_hand(delivery: &mut Delivery, document_ref: Option<String>) -> Result<(), Refusal> {
    match delivery.state {
        DeliveryState::Queued
        | DeliveryState::Retrying
        | DeliveryState::Sending
        | DeliveryState::InDoubt
        | DeliveryState::NeedsAttention => {}
        DeliveryState::Synced => return Err(Refusal::AlreadySynced),
        DeliveryState::PostedByHand => return Err(Refusal::PostedByHand),
        DeliveryState::Withdrawn => return Err(Refusal::Withdrawn),
    }
    delivery.state = DeliveryState::PostedByHand;
    delivery.lease = None;
    delivery.document_ref = document_ref;
    Ok(())
}

fn withdraw(delivery: &mut Delivery) -> Result<(), Refusal> {
    match delivery.state {
        // Refused in the end, but an earlier try may have been applied.
        DeliveryState::NeedsAttention if delivery.doubts > 0 => return Err(Refusal::InProgress),
        DeliveryState::Queued | DeliveryState::Retrying | DeliveryState::NeedsAttention => {}
        DeliveryState::Withdrawn => return Ok(()),
        DeliveryState::Sending | DeliveryState::InDoubt => return Err(Refusal::InProgress),
        DeliveryState::Synced => return Err(Refusal::AlreadySynced),
        DeliveryState::PostedByHand => return Err(Refusal::PostedByHand),
    }
    delivery.state = DeliveryState::Withdrawn;
    delivery.lease = None;
    Ok(())
}

#[cfg(test)]
#[path = "transition_tests.rs"]
mod tests;
