//! After the search: what was found is weighed, and what follows is committed. An intent to send with the bytes, or
//! that it is there already, that a person decides, that it is looked for again.

use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::{
    self, Delivery, DeliveryEvent, FoundDocument, Hold, Next, Refusal, Step, weigh,
};

use super::Claimed;
use super::grip::{Grip, grip, order};
use super::judge::{answered, is_as_it_was, judge_reading};
use super::search::{Findings, rules, unlinked};
use super::settle::{heard, keep, tell};
use crate::attempts::{Change, Entry};
use crate::ports::accounting::{Connection, Outgoing, Sent};
use crate::ports::store::{EventKind, StoreError, Try};

/// What was committed.
pub(super) enum Committed {
    /// Nothing: somebody else decided first.
    Overtaken,
    /// Nothing: the connection is paused.
    Waits,
    /// Nothing is sent.
    Settled,
    /// The intent to send.
    Intended(Box<Intent>),
}

/// A try that is about to be made.
pub(super) struct Intent {
    pub(super) number: u32,
    pub(super) outgoing: Outgoing,
    /// The document that is there, and not posted.
    pub(super) finishes: Option<String>,
}

/// What a delivery is, in a transaction that holds it.
struct Held<'a> {
    attempt: Attempt,
    delivery: Delivery,
    connection: &'a Connection,
}

/// Commits what follows where nothing has to be asked: mostly the intent. The delivery is held.
pub(super) fn commit_unasked(
    change: &mut Change<'_>,
    (attempt, delivery): (Attempt, Delivery),
    connection: &Connection,
) -> Result<Committed, StoreError> {
    let held = Held {
        attempt,
        delivery,
        connection,
    };
    follow(change, held, None, &[])
}

/// Commits what follows from the findings.
pub(super) fn commit(
    change: &mut Change<'_>,
    claimed: &Claimed,
    connection: &Connection,
    findings: &Findings,
) -> Result<Committed, StoreError> {
    let (attempt, delivery) = match grip(change.app, change.tx, claimed, change.now)? {
        Grip::Lost => return Ok(Committed::Overtaken),
        Grip::Waits => return Ok(Committed::Waits),
        Grip::Firm(firm) => *firm,
    };
    let held = Held {
        attempt,
        delivery,
        connection,
    };
    match findings {
        Findings::Unasked => follow(change, held, None, &[]),
        Findings::Found {
            client_key,
            documents,
        } => {
            let id = held.delivery.id;
            let open = unlinked(change.tx, &connection.name, id, documents.clone())?;
            follow(change, held, client_key.clone(), &open)
        }
        Findings::WhichClient(reason, clients) => {
            let hold = Hold {
                reason: *reason,
                since: change.now,
                documents: Vec::new(),
                clients: clients.clone(),
            };
            stop_for_person(change, held, hold)
        }
        Findings::Failed(sent) => fail(change, held, sent),
    }
}

fn follow(
    change: &mut Change<'_>,
    held: Held<'_>,
    client_key: Option<String>,
    found: &[FoundDocument],
) -> Result<Committed, StoreError> {
    let rules = rules(&held.connection.port.profile());
    match weigh(&held.delivery, &rules, found, change.now) {
        Next::Send => intend(change, held, client_key, None),
        Next::Finish { document_key } => intend(change, held, client_key, Some(document_key)),
        Next::Link(document) => link(change, held, *document),
        Next::Hold(hold) => stop_for_person(change, held, *hold),
        Next::LookAgain { at } => {
            let event = DeliveryEvent::Looked {
                again_at: at,
                at: change.now,
            };
            settle(change, held, event, |delivery| {
                heard(EventKind::DeliveryChecked, delivery)
            })
        }
    }
}

fn link(change: &mut Change<'_>, held: Held<'_>, document: FoundDocument) -> Result<Committed, StoreError> {
    is_well(change, held.connection)?;
    let rule = document.rule;
    let event = DeliveryEvent::Linked {
        document,
        at: change.now,
    };
    settle(change, held, event, |delivery| {
        let mut entry = heard(EventKind::DeliveryLinked, delivery);
        entry.details.insert("rule".into(), rule.to_string().into());
        entry
    })
}

fn stop_for_person(change: &mut Change<'_>, held: Held<'_>, hold: Hold) -> Result<Committed, StoreError> {
    is_well(change, held.connection)?;
    let (reason, found) = (hold.reason, hold.documents.len() + hold.clients.len());
    let event = DeliveryEvent::Held { hold, at: change.now };
    settle(change, held, event, |delivery| {
        let mut entry = heard(EventKind::DeliveryHeld, delivery);
        entry.details.insert("hold".into(), reason.to_string().into());
        entry.details.insert("found".into(), found.into());
        entry
    })
}

fn fail(change: &mut Change<'_>, held: Held<'_>, sent: &Sent) -> Result<Committed, StoreError> {
    let key = held.delivery.id.0.as_u128();
    let name = held.connection.name.clone();
    let event = DeliveryEvent::Unchecked {
        verdict: sent.verdict.clone(),
        at: change.now,
    };
    let committed = settle(change, held, event, |delivery| {
        let mut entry = heard(EventKind::DeliveryChecked, delivery);
        entry.reason = sent.verdict.reason().map(str::to_owned);
        entry
    })?;
    let mut state = change.tx.deliveries().connection(&name)?;
    judge_reading(&mut state, sent, change.now, key);
    change.tx.deliveries().save_connection(&state)?;
    Ok(committed)
}

/// The search ended this delivery's turn, and was answered.
fn is_well(change: &mut Change<'_>, connection: &Connection) -> Result<(), StoreError> {
    let seen = change.tx.deliveries().look_at_connection(&connection.name)?;
    let mut after = seen.clone();
    answered(&mut after, change.now);
    if is_as_it_was(&seen, &after) {
        return Ok(());
    }
    let mut state = change.tx.deliveries().connection(&connection.name)?;
    answered(&mut state, change.now);
    change.tx.deliveries().save_connection(&state)
}

fn settle(
    change: &mut Change<'_>,
    held: Held<'_>,
    event: DeliveryEvent,
    entry: impl FnOnce(&Delivery) -> Entry,
) -> Result<Committed, StoreError> {
    let Some(mut next) = applied(&held.delivery, event) else {
        return Ok(Committed::Overtaken);
    };
    keep(change, &mut next)?;
    let entry = entry(&next);
    tell(change, held.attempt, (&held.delivery, &next), entry)?;
    Ok(Committed::Settled)
}

/// Commits that a try is about to be made, with the bytes it will send.
fn intend(
    change: &mut Change<'_>,
    held: Held<'_>,
    client_key: Option<String>,
    finishes: Option<String>,
) -> Result<Committed, StoreError> {
    let Held {
        attempt,
        delivery,
        connection,
    } = held;
    let now = change.now;
    let is_repeat = delivery.doubts > 0;
    let (id, attempt_id) = (delivery.id, attempt.id);
    let mut order = order(change.tx, attempt, delivery)?;
    order.client_key = order.client_key.or(client_key);
    let known = order.delivery.body.clone();
    let body = known.unwrap_or_else(|| connection.port.compose(&order));
    let event = DeliveryEvent::Started {
        body: body.clone(),
        client_key: order.client_key.clone(),
        at: now,
    };
    let Some(started) = applied(&order.delivery, event) else {
        return Ok(Committed::Overtaken);
    };
    change.tx.deliveries().save(&started)?;
    change.tx.deliveries().begin_try(
        attempt_id,
        &Try {
            delivery_id: id,
            kind: started.kind,
            number: started.tries,
            started_at: now,
            ended_at: None,
            verdict: None,
            http_status: None,
            answer: None,
            next_try_at: None,
        },
    )?;
    Ok(Committed::Intended(Box::new(Intent {
        number: started.tries,
        outgoing: Outgoing {
            delivery_id: id,
            body,
            at: now,
            is_repeat,
        },
        finishes,
    })))
}

/// The delivery after the event; `None` when somebody else decided first.
fn applied(delivery: &Delivery, event: DeliveryEvent) -> Option<Delivery> {
    match delivery::apply(delivery, event) {
        Ok(Step::Moved(next)) => Some(*next),
        Ok(Step::Unchanged)
        | Err(
            Refusal::PostedByHand
            | Refusal::AlreadySynced
            | Refusal::InProgress
            | Refusal::Withdrawn
            | Refusal::NotStarted
            | Refusal::NotHeld
            | Refusal::NotAmongFound
            | Refusal::UnfitDecision,
        ) => None,
    }
}
