//! What to do with a delivery, after what was found in the accounting system. Pure: the engine does it.

use jiff::{SignedDuration, Timestamp};

use super::found::{FoundDocument, MatchRule};
use super::hold::{Hold, HoldReason};
use super::record::Delivery;

/// So many look-ups, each a settling time apart, have to find nothing before anything is sent again.
const LOOK_UPS: u32 = 2;
/// So many sends of unknown end, and a person decides.
const SENDS: u32 = 3;

/// What the target allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The system refuses a second document under our key: a repeat is harmless.
    pub is_key_enforced: bool,
    /// Documents can be looked for.
    pub looks_up: bool,
    /// A document of the same sum and day of another or unknown client is reason enough to ask a person.
    pub is_strict: bool,
    /// How long a request that we gave up on may still live on their side.
    pub settling: SignedDuration,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Send it.
    Send,
    /// A document of ours is there, not posted: do what is missing.
    Finish {
        /// Its key.
        document_key: String,
    },
    /// It is there: no document is made.
    Link(Box<FoundDocument>),
    /// A person decides.
    Hold(Box<Hold>),
    /// Nothing was found, which is no proof yet: look again then.
    LookAgain {
        /// When.
        at: Timestamp,
    },
}

/// Whether the system has to be searched before this delivery is sent.
#[must_use]
pub fn needs_look(delivery: &Delivery, rules: &Rules) -> bool {
    let is_known = delivery.document_key.is_some();
    // Where the key is enforced, a repeat is itself the check.
    let is_in_question = delivery.doubts == 0 || !rules.is_key_enforced;
    rules.looks_up && !is_known && is_in_question
}

/// What to do with `delivery`, with `found` in the system: documents that are linked to other deliveries left out.
#[must_use]
pub fn weigh(delivery: &Delivery, rules: &Rules, found: &[FoundDocument], now: Timestamp) -> Next {
    if let Some(document_key) = &delivery.document_key {
        return Next::Finish {
            document_key: document_key.clone(),
        };
    }
    let open: Vec<&FoundDocument> = found
        .iter()
        .filter(|document| !delivery.ruled_out.contains(&document.key))
        .collect();
    let by = |rule| -> Vec<&FoundDocument> { open.iter().copied().filter(|d| d.rule == rule).collect() };
    let hold = |reason, documents: &[&FoundDocument]| {
        Next::Hold(Box::new(Hold {
            reason,
            since: now,
            documents: documents.iter().map(|document| (*document).clone()).collect(),
            clients: Vec::new(),
        }))
    };
    match by(MatchRule::OurKey).as_slice() {
        [] => {}
        [ours] => return own(delivery, ours, &hold),
        several => return hold(HoldReason::PossibleDuplicate, several),
    }
    // A document that we made without our key on it belongs to another payment.
    let foreign = |rule| -> Vec<&FoundDocument> { by(rule).into_iter().filter(|d| !d.is_ours).collect() };
    match foreign(MatchRule::BankNumbers).as_slice() {
        [] => {}
        [one] if is_plain(delivery, one) => return Next::Link(Box::new((*one).clone())),
        several => return hold(HoldReason::PossibleDuplicate, several),
    }
    let mut alike = foreign(MatchRule::ClientAmountDate);
    if rules.is_strict {
        alike.extend(foreign(MatchRule::AmountDate));
    }
    // Who marked a document for deletion said that it is not this payment.
    alike.retain(|document| !document.is_deleted);
    if !alike.is_empty() {
        return hold(HoldReason::PossibleDuplicate, &alike);
    }
    nothing(delivery, rules, now, &hold)
}

/// A document under our own key.
fn own(
    delivery: &Delivery,
    ours: &FoundDocument,
    hold: &dyn Fn(HoldReason, &[&FoundDocument]) -> Next,
) -> Next {
    if ours.is_deleted {
        hold(HoldReason::DocumentDeleted, &[ours])
    } else if !agrees(delivery, ours) {
        hold(HoldReason::DocumentDiffers, &[ours])
    } else if ours.is_posted {
        Next::Link(Box::new(ours.clone()))
    } else {
        Next::Finish {
            document_key: ours.key.clone(),
        }
    }
}

fn nothing(
    delivery: &Delivery,
    rules: &Rules,
    now: Timestamp,
    hold: &dyn Fn(HoldReason, &[&FoundDocument]) -> Next,
) -> Next {
    if rules.is_key_enforced || delivery.doubts == 0 || delivery.is_cleared {
        return Next::Send;
    }
    if delivery.look_ups + 1 < LOOK_UPS {
        return Next::LookAgain {
            at: now + rules.settling,
        };
    }
    if delivery.doubts >= SENDS {
        return hold(HoldReason::Unclear, &[]);
    }
    Next::Send
}

fn agrees(delivery: &Delivery, document: &FoundDocument) -> bool {
    document.amount.is_none_or(|amount| amount == delivery.amount) && document.is_same_client != Some(false)
}

fn is_plain(delivery: &Delivery, document: &FoundDocument) -> bool {
    document.amount.is_some() && agrees(delivery, document) && document.is_posted && !document.is_deleted
}

#[cfg(test)]
#[path = "weigh_tests.rs"]
mod tests;
