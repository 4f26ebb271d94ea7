//! The only place where a delivery changes.

use jiff::{SignedDuration, Timestamp};

use super::decide::decide;
use super::ending::{end, lose};
use super::found::FoundDocument;
use super::hold::{Decision, Hold};
use super::looking::{hold_for, link, look, sweep, uncheck};
use super::record::Delivery;
use super::state::{DeliveryState, Verdict};

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
        /// The system's key of the client that they are for, if it was looked for.
        client_key: Option<String>,
        /// When.
        at: Timestamp,
    },
    /// A try ended.
    Ended {
        /// With what.
        verdict: Verdict,
        /// The system's key of the document, if there is one, posted or not.
        document_key: Option<String>,
        /// How long a request that we gave up on may still live on their side: nothing is asked before.
        settling: SignedDuration,
        /// When.
        at: Timestamp,
    },
    /// The lease of a worker ran out between intent and verdict: nobody knows.
    Lost {
        /// How long the request may still live on their side: nothing is asked before.
        settling: SignedDuration,
        /// When this was noticed.
        at: Timestamp,
    },
    /// The system was searched before sending, and did not answer, or refused: nothing was sent.
    Unchecked {
        /// What the search came to; never a good verdict.
        verdict: Verdict,
        /// When.
        at: Timestamp,
    },
    /// The system was searched, and nothing was found, which is no proof yet.
    Looked {
        /// When to look again.
        again_at: Timestamp,
        /// When.
        at: Timestamp,
    },
    /// The payment is there already: linked without a person.
    Linked {
        /// The document.
        document: FoundDocument,
        /// When.
        at: Timestamp,
    },
    /// A person has to decide.
    Held {
        /// What.
        hold: Hold,
        /// When.
        at: Timestamp,
    },
    /// A person decided.
    Decided {
        /// What.
        decision: Decision,
        /// When.
        at: Timestamp,
    },
    /// After it was synced the system was searched for doubles.
    Swept {
        /// Documents that somebody else made and that may be the same payment.
        doubles: Vec<FoundDocument>,
        /// When.
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
    /// Nothing waits for a decision.
    #[error("nothing waits for a decision")]
    NotHeld,
    /// The document or client is not among those found.
    #[error("it is not among those found")]
    NotAmongFound,
    /// The decision does not fit why it is held.
    #[error("that decision does not fit the reason why it is held")]
    UnfitDecision,
}

/// What `event` does to `delivery`.
///
/// # Errors
/// [`Refusal`] when the event is not allowed where the delivery stands.
pub fn apply(delivery: &Delivery, event: DeliveryEvent) -> Result<Step, Refusal> {
    let mut next = delivery.clone();
    let at = match event {
        DeliveryEvent::Started { body, client_key, at } => {
            start(&mut next, body, client_key)?;
            at
        }
        DeliveryEvent::Ended {
            verdict,
            document_key,
            settling,
            at,
        } => {
            end(&mut next, verdict, document_key, (settling, at))?;
            at
        }
        DeliveryEvent::Lost { settling, at } => {
            lose(&mut next, settling, at)?;
            at
        }
        DeliveryEvent::Unchecked { verdict, at } => {
            uncheck(&mut next, &verdict, at)?;
            at
        }
        DeliveryEvent::Looked { again_at, at } => {
            look(&mut next, again_at)?;
            at
        }
        DeliveryEvent::Linked { document, at } => {
            link(&mut next, &document)?;
            at
        }
        DeliveryEvent::Held { hold, at } => {
            hold_for(&mut next, hold)?;
            at
        }
        DeliveryEvent::Decided { decision, at } => {
            decide(&mut next, decision, at)?;
            at
        }
        DeliveryEvent::Swept { doubles, at } => {
            sweep(&mut next, doubles, at)?;
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

fn start(delivery: &mut Delivery, body: Vec<u8>, client_key: Option<String>) -> Result<(), Refusal> {
    match delivery.state {
        DeliveryState::Queued | DeliveryState::Retrying | DeliveryState::InDoubt => {}
        DeliveryState::Sending => return Err(Refusal::InProgress),
        DeliveryState::NeedsAttention | DeliveryState::Held => return Err(Refusal::NotStarted),
        DeliveryState::Synced => return Err(Refusal::AlreadySynced),
        DeliveryState::PostedByHand => return Err(Refusal::PostedByHand),
        DeliveryState::Withdrawn => return Err(Refusal::Withdrawn),
    }
    // The key and the bytes of the first try are those of every repeat.
    delivery.body.get_or_insert(body);
    delivery.client_key = delivery.client_key.take().or(client_key);
    delivery.state = DeliveryState::Sending;
    delivery.is_cleared = false;
    delivery.tries += 1;
    Ok(())
}

fn resync(delivery: &mut Delivery, at: Timestamp) -> Result<(), Refusal> {
    match delivery.state {
        // Looked for, not found, and that proves nothing before the first request can no longer be running: nobody's
        // hurry shortens that.
        DeliveryState::InDoubt if delivery.look_ups > 0 => return Ok(()),
        DeliveryState::Queued | DeliveryState::Retrying | DeliveryState::InDoubt => {}
        DeliveryState::NeedsAttention | DeliveryState::Held => {
            // Refused or held before: a person mended the cause over there, so it is looked at anew and the same
            // bytes go. An earlier try of unknown end keeps it in doubt.
            delivery.state = delivery.waiting(DeliveryState::Queued);
            delivery.hold = None;
            delivery.slow_tries = 0;
            delivery.next_try_at = at;
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
        | DeliveryState::NeedsAttention
        | DeliveryState::Held => {}
        DeliveryState::Synced => return Err(Refusal::AlreadySynced),
        DeliveryState::PostedByHand => return Err(Refusal::PostedByHand),
        DeliveryState::Withdrawn => return Err(Refusal::Withdrawn),
    }
    delivery.state = DeliveryState::PostedByHand;
    delivery.lease = None;
    delivery.hold = None;
    delivery.document_ref = document_ref;
    Ok(())
}

fn withdraw(delivery: &mut Delivery) -> Result<(), Refusal> {
    match delivery.state {
        // Refused in the end, but an earlier try may have been applied.
        DeliveryState::NeedsAttention | DeliveryState::Held if delivery.doubts > 0 => {
            return Err(Refusal::InProgress);
        }
        // A draft of ours is over there.
        DeliveryState::Queued
        | DeliveryState::Retrying
        | DeliveryState::NeedsAttention
        | DeliveryState::Held
            if delivery.document_key.is_some() =>
        {
            return Err(Refusal::InProgress);
        }
        DeliveryState::Queued
        | DeliveryState::Retrying
        | DeliveryState::NeedsAttention
        | DeliveryState::Held => {}
        DeliveryState::Withdrawn => return Ok(()),
        DeliveryState::Sending | DeliveryState::InDoubt => return Err(Refusal::InProgress),
        DeliveryState::Synced => return Err(Refusal::AlreadySynced),
        DeliveryState::PostedByHand => return Err(Refusal::PostedByHand),
    }
    delivery.state = DeliveryState::Withdrawn;
    delivery.lease = None;
    delivery.hold = None;
    Ok(())
}

#[cfg(test)]
#[path = "transition_tests.rs"]
mod tests;
