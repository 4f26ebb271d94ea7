//! Deliveries for the tests, each brought where it stands by events.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::found::{FoundDocument, MatchRule};
use super::hold::{Decision, Hold, HoldReason};
use super::record::{Delivery, DeliveryKind};
use super::state::{DeliveryState, Verdict};
use super::transition::{DeliveryEvent, Step, apply};
use crate::ids::{AttemptId, DeliveryId};
use crate::money::{Currency, Money};

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

pub(crate) fn queued() -> Delivery {
    Delivery {
        id: DeliveryId(Uuid::from_u128(0)),
        attempt_id: AttemptId(Uuid::from_u128(1)),
        kind: DeliveryKind::Payment,
        after: None,
        connection: Some("crm".to_owned()),
        amount: Money::new(450_000, Currency::RUB),
        body: None,
        state: DeliveryState::Queued,
        attention: None,
        tries: 0,
        doubts: 0,
        look_ups: 0,
        slow_tries: 0,
        is_cleared: false,
        next_try_at: at(0),
        lease: None,
        document_ref: None,
        document_key: None,
        linked_by: None,
        client_key: None,
        ruled_out: Vec::new(),
        hold: None,
        sweep_at: None,
        sweeps: 0,
        last_error: None,
        created_at: at(0),
        updated_at: at(0),
        version: 1,
    }
}

pub(crate) fn after(events: impl IntoIterator<Item = DeliveryEvent>) -> Delivery {
    events.into_iter().fold(queued(), |delivery, event| {
        match apply(&delivery, event.clone()) {
            Ok(Step::Moved(next)) => *next,
            Ok(Step::Unchanged) => delivery,
            Err(refusal) => panic!("{event:?} on {:?}: {refusal}", delivery.state),
        }
    })
}

pub(crate) fn started(second: i64) -> DeliveryEvent {
    DeliveryEvent::Started {
        body: format!("composed at {second}").into_bytes(),
        client_key: None,
        at: at(second),
    }
}

pub(crate) fn ended(verdict: Verdict) -> DeliveryEvent {
    DeliveryEvent::Ended {
        verdict,
        document_key: None,
        settling: SignedDuration::ZERO,
        at: at(20),
    }
}

pub(crate) fn by_hand() -> DeliveryEvent {
    DeliveryEvent::PostByHand {
        document_ref: Some("by hand 7".to_owned()),
        at: at(20),
    }
}

pub(crate) fn applied() -> Verdict {
    Verdict::Applied {
        document_ref: Some("000042".to_owned()),
    }
}

pub(crate) fn already_there() -> Verdict {
    Verdict::AlreadyThere {
        document_ref: Some("000042".to_owned()),
    }
}

pub(crate) fn not_applied() -> Verdict {
    Verdict::NotApplied {
        reason: "connection refused".to_owned(),
        retry_after: None,
    }
}

pub(crate) fn refused() -> Verdict {
    Verdict::Refused {
        reason: "the period is closed".to_owned(),
    }
}

pub(crate) fn unknown() -> Verdict {
    Verdict::Unknown {
        reason: "no answer in time".to_owned(),
    }
}

pub(crate) fn unposted() -> Verdict {
    Verdict::Unposted {
        document_ref: Some("000042".to_owned()),
        reason: "the period is closed".to_owned(),
    }
}

pub(crate) fn likely_refused() -> Verdict {
    Verdict::LikelyRefused {
        reason: "no licence is free".to_owned(),
    }
}

pub(crate) fn busy() -> Verdict {
    Verdict::Busy {
        reason: "the first one is still under way".to_owned(),
    }
}

pub(crate) fn differs() -> Verdict {
    Verdict::Held {
        hold: HoldReason::DocumentDiffers,
        documents: vec![document("doc-1", MatchRule::OurKey)],
        reason: "another amount stands under this number".to_owned(),
    }
}

pub(crate) fn lost(second: i64) -> DeliveryEvent {
    DeliveryEvent::Lost {
        settling: SignedDuration::ZERO,
        at: at(second),
    }
}

pub(crate) fn unchecked(verdict: Verdict) -> DeliveryEvent {
    DeliveryEvent::Unchecked { verdict, at: at(30) }
}

pub(crate) fn looked() -> DeliveryEvent {
    DeliveryEvent::Looked {
        again_at: at(210),
        at: at(30),
    }
}

pub(crate) fn linked() -> DeliveryEvent {
    DeliveryEvent::Linked {
        document: document("doc-1", MatchRule::BankNumbers),
        at: at(30),
    }
}

pub(crate) fn decided(decision: Decision) -> DeliveryEvent {
    DeliveryEvent::Decided { decision, at: at(30) }
}

pub(crate) fn swept() -> DeliveryEvent {
    DeliveryEvent::Swept {
        doubles: vec![document("doc-2", MatchRule::ClientAmountDate)],
        at: at(30),
    }
}

/// A document that may be the payment, entered by a person.
pub(crate) fn document(key: &str, rule: MatchRule) -> FoundDocument {
    FoundDocument {
        key: key.to_owned(),
        number: Some(format!("number of {key}")),
        rule,
        amount: Some(queued().amount),
        date: None,
        is_posted: true,
        is_deleted: false,
        is_ours: rule == MatchRule::OurKey,
        author: Some("Петрова".to_owned()),
        client: None,
        is_same_client: None,
        comment: None,
        url: None,
    }
}

pub(crate) fn held(reason: HoldReason) -> DeliveryEvent {
    DeliveryEvent::Held {
        hold: Hold {
            reason,
            since: at(15),
            documents: vec![document("doc-1", MatchRule::ClientAmountDate)],
            clients: Vec::new(),
        },
        at: at(15),
    }
}

/// A delivery where each state is reached the usual way.
pub(crate) fn standing_at(state: DeliveryState) -> Delivery {
    let delivery = match state {
        DeliveryState::Queued => queued(),
        DeliveryState::Retrying => after([started(10), ended(not_applied())]),
        DeliveryState::Sending => after([started(10)]),
        DeliveryState::InDoubt => after([started(10), ended(unknown())]),
        DeliveryState::Synced => after([started(10), ended(applied())]),
        DeliveryState::NeedsAttention => after([started(10), ended(refused())]),
        DeliveryState::Held => after([held(HoldReason::PossibleDuplicate)]),
        DeliveryState::PostedByHand => after([by_hand()]),
        DeliveryState::Withdrawn => after([DeliveryEvent::Withdraw { at: at(10) }]),
    };
    assert_eq!(delivery.state, state);
    delivery
}
