//! Writing verdicts down: the try, the delivery, the attempt and its timeline, the connection, in one transaction, of
//! one delivery or of several.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::{
    self, Delivery, DeliveryEvent, DeliveryState, FoundDocument, HoldReason, MatchRule, Step, Verdict,
};
use sverka_domain::ids::{AttemptId, DeliveryId};

use super::judge::{is_as_it_was, judge};
use super::settle::{heard, keep, tell_beside};
use crate::App;
use crate::attempts::Change;
use crate::ports::accounting::Sent;
use crate::ports::store::{ConnectionState, EventKind, StoreError, Try, Tx};

/// A try that has ended, and what came of it.
#[derive(Clone)]
pub(super) struct Answer {
    pub(super) attempt_id: AttemptId,
    pub(super) id: DeliveryId,
    pub(super) number: u32,
    pub(super) sent: Sent,
}

/// The attempts of a transaction with their deliveries, all locked.
struct Locked {
    attempts: HashMap<AttemptId, Attempt>,
    deliveries: HashMap<AttemptId, Vec<Delivery>>,
    /// Which documents are linked, of those that the answers name: connection, key, delivery.
    linked: Vec<(String, String, DeliveryId)>,
}

/// Writes down what tries came to.
pub(super) fn record(app: &App, tx: &mut dyn Tx, answers: &[Answer]) -> Result<(), StoreError> {
    let now = app.now();
    let mut locked = lock(tx, answers)?;
    tx.gather();
    let mut said: Vec<(String, Sent, u128)> = Vec::with_capacity(answers.len());
    let mut change = Change { app, tx, now };
    for answer in answers {
        said.extend(record_one(&mut change, &mut locked, answer)?);
    }
    judge_all(change.tx, &said, now)
}

/// The attempts first, as everywhere: two transactions never wait for each other crosswise.
fn lock(tx: &mut dyn Tx, answers: &[Answer]) -> Result<Locked, StoreError> {
    let mut ids: Vec<AttemptId> = answers.iter().map(|answer| answer.attempt_id).collect();
    ids.sort_unstable_by_key(|id| id.0);
    ids.dedup();
    let attempts = tx.attempts().several_locked(&ids)?;
    let mut deliveries: HashMap<AttemptId, Vec<Delivery>> = HashMap::new();
    for delivery in tx.deliveries().of_attempts_locked(&ids)? {
        deliveries.entry(delivery.attempt_id).or_default().push(delivery);
    }
    let mut keys: HashMap<&str, Vec<String>> = HashMap::new();
    for answer in answers {
        let of_attempt = deliveries.get(&answer.attempt_id).map_or(&[][..], Vec::as_slice);
        let connection = of_attempt
            .iter()
            .find(|delivery| delivery.id == answer.id)
            .and_then(|delivery| delivery.connection.as_deref());
        if let (Some(connection), Some(key)) = (connection, &answer.sent.document_key) {
            keys.entry(connection).or_default().push(key.clone());
        }
    }
    let mut linked = Vec::new();
    for (connection, keys) in keys {
        let known = tx.deliveries().linked(connection, &keys)?;
        linked.extend(
            known
                .into_iter()
                .map(|(key, id)| (connection.to_owned(), key, id)),
        );
    }
    Ok(Locked {
        attempts: attempts
            .into_iter()
            .map(|attempt| (attempt.id, attempt))
            .collect(),
        deliveries,
        linked,
    })
}

/// Writes one down. Returns what its connection is judged by.
fn record_one(
    change: &mut Change<'_>,
    locked: &mut Locked,
    answer: &Answer,
) -> Result<Option<(String, Sent, u128)>, StoreError> {
    let (id, number) = (answer.id, answer.number);
    let Some(attempt) = locked.attempts.get_mut(&answer.attempt_id) else {
        return Ok(None);
    };
    let deliveries = locked.deliveries.entry(answer.attempt_id).or_default();
    let Some(place) = deliveries.iter().position(|delivery| delivery.id == id) else {
        return Ok(None);
    };
    let current = deliveries[place].clone();
    let sent = believed(&locked.linked, &current, &answer.sent);
    let settling = change.app.settling_of(current.connection.as_deref());
    let after = conclude(change, &current, number, (&sent, settling))?;
    if let (Some(connection), Some(key)) = (&after.connection, &after.document_key) {
        // So that the next one in this very transaction sees it.
        locked.linked.push((connection.clone(), key.clone(), id));
    }
    end_try(change.tx, &after, number, &sent, change.now)?;
    let mut entry = heard(EventKind::DeliverySent, &after);
    entry.delivery = Some((id, number));
    entry.reason = sent.verdict.reason().map(str::to_owned);
    let connection = after.connection.clone();
    deliveries[place].clone_from(&after);
    tell_beside(change, attempt, deliveries, (&current, &after), entry)?;
    Ok(connection.map(|name| (name, sent, id.0.as_u128())))
}

/// What tries say of their connections, in the order in which they were answered. Where that is nothing new, nothing is
/// locked and nothing written: else every verdict of a connection would wait for the one before it.
fn judge_all(tx: &mut dyn Tx, said: &[(String, Sent, u128)], now: Timestamp) -> Result<(), StoreError> {
    let mut names: Vec<&String> = said.iter().map(|(name, ..)| name).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let judged = |state: &mut ConnectionState| {
            for (_, sent, key) in said.iter().filter(|(of, ..)| of == name) {
                judge(state, sent, now, *key);
            }
        };
        let seen = tx.deliveries().look_at_connection(name)?;
        let mut after = seen.clone();
        judged(&mut after);
        if is_as_it_was(&seen, &after) {
            continue;
        }
        let mut state = tx.deliveries().connection(name)?;
        judged(&mut state);
        tx.deliveries().save_connection(&state)?;
    }
    Ok(())
}

/// A document is one payment's only. If the system names one that is another's, a person decides.
fn believed(linked: &[(String, String, DeliveryId)], current: &Delivery, sent: &Sent) -> Sent {
    let (Some(connection), Some(key)) = (&current.connection, &sent.document_key) else {
        return sent.clone();
    };
    let is_others = |(of, known, holder): &(String, String, DeliveryId)| {
        of == connection && known == key && *holder != current.id
    };
    if !linked.iter().any(is_others) {
        return sent.clone();
    }
    let number = match &sent.verdict {
        Verdict::Applied { document_ref }
        | Verdict::AlreadyThere { document_ref }
        | Verdict::Unposted { document_ref, .. } => document_ref.clone(),
        Verdict::NotApplied { .. }
        | Verdict::Refused { .. }
        | Verdict::Unknown { .. }
        | Verdict::LikelyRefused { .. }
        | Verdict::Busy { .. }
        | Verdict::Held { .. }
        | Verdict::ConnectionRefused { .. } => None,
    };
    let name = number.as_ref().unwrap_or(key);
    let verdict = Verdict::Held {
        hold: HoldReason::PossibleDuplicate,
        reason: format!("the accounting system names document {name}, which is another payment's already"),
        documents: vec![FoundDocument {
            key: key.clone(),
            number,
            rule: MatchRule::OurKey,
            amount: None,
            date: None,
            is_posted: true,
            is_deleted: false,
            is_ours: true,
            author: None,
            client: None,
            is_same_client: None,
            comment: None,
            url: None,
        }],
    };
    Sent {
        verdict,
        document_key: None,
        ..sent.clone()
    }
}

fn conclude(
    change: &mut Change<'_>,
    current: &Delivery,
    number: u32,
    (sent, settling): (&Sent, SignedDuration),
) -> Result<Delivery, StoreError> {
    let good = matches!(
        sent.verdict,
        Verdict::Applied { .. } | Verdict::AlreadyThere { .. }
    );
    // A verdict that comes after the lease ran out and another try began: only good news still counts.
    if current.tries != number && !good {
        return Ok(current.clone());
    }
    let event = DeliveryEvent::Ended {
        verdict: sent.verdict.clone(),
        document_key: sent.document_key.clone(),
        settling,
        at: change.now,
    };
    match delivery::apply(current, event) {
        Ok(Step::Moved(mut ended)) => {
            keep(change, &mut ended)?;
            Ok(*ended)
        }
        Ok(Step::Unchanged) | Err(_) => Ok(current.clone()),
    }
}

fn end_try(
    tx: &mut dyn Tx,
    after: &Delivery,
    number: u32,
    sent: &Sent,
    now: Timestamp,
) -> Result<(), StoreError> {
    let waits = matches!(after.state, DeliveryState::Retrying | DeliveryState::InDoubt);
    tx.deliveries().end_try(&Try {
        delivery_id: after.id,
        kind: after.kind,
        number,
        started_at: now,
        ended_at: Some(now),
        verdict: Some(sent.verdict.name().to_owned()),
        http_status: sent.http_status,
        answer: sent
            .answer
            .clone()
            .or_else(|| sent.verdict.reason().map(str::to_owned)),
        next_try_at: waits.then_some(after.next_try_at),
    })
}
