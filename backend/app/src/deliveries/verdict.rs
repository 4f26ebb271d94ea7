//! Writing a verdict down: the try, the delivery, the connection, the attempt and its timeline, in one transaction.

use jiff::{SignedDuration, Timestamp};
use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::{
    self, Delivery, DeliveryEvent, DeliveryState, Step, Verdict, connection_pause,
};
use sverka_domain::ids::{AttemptId, DeliveryId};

use super::deliver::unexpected;
use crate::App;
use crate::attempts::{Change, Entry};
use crate::ports::accounting::Sent;
use crate::ports::store::{Actor, ActorKind, ConnectionState, EventKind, EventSource, StoreError, Try, Tx};

/// After so many unknown answers in a row the connection is paused, not only the deliveries.
const DOUBTS_BEFORE_PAUSE: u32 = 5;
/// A connection that refuses us is left alone for so long, so that nobody gets locked out.
const REFUSED_PAUSE: SignedDuration = SignedDuration::from_mins(15);
/// The longest wait that another system may ask for.
const LONGEST_WAIT: u32 = 3600;

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
    let settling = app.settling_of(current.connection.as_deref());
    let after = conclude(tx, &current, number, (sent, settling), now)?;
    end_try(tx, &after, number, sent, now)?;
    if let Some(name) = &after.connection {
        let mut connection = tx.deliveries().connection(name)?;
        judge(&mut connection, &sent.verdict, now, id);
        tx.deliveries().save_connection(&connection)?;
    }
    tell(app, tx, attempt, &after, number, sent, now)
}

fn conclude(
    tx: &mut dyn Tx,
    current: &Delivery,
    number: u32,
    (sent, settling): (&Sent, SignedDuration),
    now: Timestamp,
) -> Result<Delivery, StoreError> {
    let good = matches!(
        sent.verdict,
        Verdict::Applied { .. } | Verdict::AlreadyThere { .. }
    );
    // A verdict that comes after the lease ran out and another try began: only good news still counts.
    if current.tries != number && !good {
        return Ok(current.clone());
    }
    match delivery::apply(
        current,
        DeliveryEvent::Ended {
            verdict: sent.verdict.clone(),
            document_key: sent.document_key.clone(),
            settling,
            at: now,
        },
    ) {
        Ok(Step::Moved(ended)) => {
            let version = tx.deliveries().save(&ended)?;
            Ok(Delivery { version, ..*ended })
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

/// What a verdict says of the connection.
fn judge(connection: &mut ConnectionState, verdict: &Verdict, now: Timestamp, id: DeliveryId) {
    match verdict {
        // It answered: whatever it said of this payment, the connection is well.
        Verdict::Applied { .. }
        | Verdict::AlreadyThere { .. }
        | Verdict::Refused { .. }
        | Verdict::Unposted { .. }
        | Verdict::LikelyRefused { .. }
        | Verdict::Busy { .. }
        | Verdict::Held { .. } => {
            let name = std::mem::take(&mut connection.name);
            *connection = ConnectionState {
                name,
                held: connection.held.take(),
                test: connection.test.take(),
                last_good_at: Some(now),
                ..ConnectionState::default()
            };
        }
        Verdict::NotApplied { reason, retry_after } => {
            fail(connection, reason, now);
            let asked = retry_after
                .map(|seconds| now + SignedDuration::from_secs(i64::from(seconds.min(LONGEST_WAIT))));
            connection.paused_until =
                Some(asked.unwrap_or_else(|| connection_pause(connection.failures, now, id.0.as_u128())));
        }
        Verdict::Unknown { reason } => {
            fail(connection, reason, now);
            if connection.failures >= DOUBTS_BEFORE_PAUSE {
                connection.paused_until = Some(connection_pause(connection.failures, now, id.0.as_u128()));
            }
        }
        Verdict::ConnectionRefused { reason } => {
            fail(connection, reason, now);
            connection.stopped = Some(reason.clone());
            connection.paused_until = Some(now + REFUSED_PAUSE);
        }
    }
}

fn fail(connection: &mut ConnectionState, reason: &str, now: Timestamp) {
    connection.failures = connection.failures.saturating_add(1);
    connection.failing_since.get_or_insert(now);
    connection.last_error = Some(reason.to_owned());
}

fn tell(
    app: &App,
    tx: &mut dyn Tx,
    mut attempt: Attempt,
    after: &Delivery,
    number: u32,
    sent: &Sent,
    now: Timestamp,
) -> Result<(), StoreError> {
    let before = attempt.state.clone();
    let mut change = Change { app, tx, now };
    change.settle_delivery_status(&mut attempt).map_err(unexpected)?;
    let actor = Actor {
        kind: ActorKind::Accounting,
        id: after.connection.clone(),
        name: None,
    };
    let mut entry = Entry::new(EventKind::DeliverySent, EventSource::Delivery, actor);
    entry.delivery = Some((after.id, number));
    entry.document_ref.clone_from(&after.document_ref);
    entry.reason = sent.verdict.reason().map(str::to_owned);
    change.tell(&attempt, &before, entry)?;
    if attempt.state == before && after.attention.is_none() {
        // Tried again, and it stands as it stood: no form that a person has open becomes stale by that.
        return Ok(());
    }
    change.save(&mut attempt).map_err(unexpected)
}
