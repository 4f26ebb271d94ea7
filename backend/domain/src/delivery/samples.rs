//! Deliveries for the tests, each brought where it stands by events.

use jiff::Timestamp;
use uuid::Uuid;

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
        next_try_at: at(0),
        lease: None,
        document_ref: None,
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
        at: at(second),
    }
}

pub(crate) fn ended(verdict: Verdict) -> DeliveryEvent {
    DeliveryEvent::Ended { verdict, at: at(20) }
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

/// A delivery where each state is reached the usual way.
pub(crate) fn standing_at(state: DeliveryState) -> Delivery {
    let delivery = match state {
        DeliveryState::Queued => queued(),
        DeliveryState::Retrying => after([started(10), ended(not_applied())]),
        DeliveryState::Sending => after([started(10)]),
        DeliveryState::InDoubt => after([started(10), ended(unknown())]),
        DeliveryState::Synced => after([started(10), ended(applied())]),
        DeliveryState::NeedsAttention => after([started(10), ended(refused())]),
        DeliveryState::PostedByHand => after([by_hand()]),
        DeliveryState::Withdrawn => after([DeliveryEvent::Withdraw { at: at(10) }]),
    };
    assert_eq!(delivery.state, state);
    delivery
}
