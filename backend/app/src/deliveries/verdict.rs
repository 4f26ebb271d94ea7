//! Writing a verdict down: the try, the delivery, the connection, the attempt and its timeline, in one transaction.

use jiff::{SignedDuration, Timestamp};
use sverka_domain::delivery::{
    self, Delivery, DeliveryEvent, DeliveryState, FoundDocument, HoldReason, MatchRule, Step, Verdict,
};
use sverka_domain::ids::{AttemptId, DeliveryId};

use super::judge::judge;
use super::settle::{heard, keep, tell};
use crate::App;
use crate::attempts::Change;
use crate::ports::accounting::Sent;
use crate::ports::store::{EventKind, StoreError, Try, Tx};

/// Writes down what try `number` of a delivery came to.
pub(super) fn record(
    app: &App,
    tx: &mut dyn Tx,
    (attempt_id, id): (AttemptId, DeliveryId),
    number: u32,
    sent: &Sent,
) -> Result<(), StoreError> {
    let now = app.now();
    // The attempt first, as everywhere: two transactions never wait for each other crosswise.
    let Some(attempt) = tx.attempts().get(attempt_id)? else {
        return Ok(());
    };
    let Some(current) = tx.deliveries().get(id)? else {
        return Ok(());
    };
    let sent = &believed(tx, &current, sent)?;
    let settling = app.settling_of(current.connection.as_deref());
    let mut change = Change { app, tx, now };
    let after = conclude(&mut change, &current, number, (sent, settling))?;
    end_try(change.tx, &after, number, sent, now)?;
    if let Some(name) = &after.connection {
        let mut connection = change.tx.deliveries().connection(name)?;
        judge(&mut connection, sent, now, id.0.as_u128());
        change.tx.deliveries().save_connection(&connection)?;
    }
    let mut entry = heard(EventKind::DeliverySent, &after);
    entry.delivery = Some((id, number));
    entry.reason = sent.verdict.reason().map(str::to_owned);
    tell(&mut change, attempt, (&current, &after), entry)
}

/// A document is one payment's only. If the system names one that is another's, a person decides.
fn believed(tx: &mut dyn Tx, current: &Delivery, sent: &Sent) -> Result<Sent, StoreError> {
    let (Some(connection), Some(key)) = (&current.connection, &sent.document_key) else {
        return Ok(sent.clone());
    };
    let linked = tx.deliveries().linked(connection, std::slice::from_ref(key))?;
    if linked.iter().all(|(_, holder)| *holder == current.id) {
        return Ok(sent.clone());
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
    Ok(Sent {
        verdict,
        document_key: None,
        ..sent.clone()
    })
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
