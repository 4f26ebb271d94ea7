//! Writing down what became of a delivery: its row, the attempt's status, and an entry of the timeline.

use jiff::Timestamp;
use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::{Delivery, DeliveryState, sweep_pause};

use super::deliver::unexpected;
use crate::App;
use crate::attempts::{Change, Entry, settle_by};
use crate::ports::store::{Actor, ActorKind, EventKind, EventSource, StoreError};

/// Saves a delivery that changed.
pub(super) fn keep(change: &mut Change<'_>, next: &mut Delivery) -> Result<(), StoreError> {
    plan_sweep(change.app, next, change.now);
    next.version = change.tx.deliveries().save(next)?;
    Ok(())
}

/// When doubles of a delivery are searched for, once it is synced through a connection that can search.
pub(crate) fn plan_sweep(app: &App, delivery: &mut Delivery, now: Timestamp) {
    let known = delivery
        .connection
        .as_deref()
        .and_then(|name| app.connections().get(name));
    let is_new =
        delivery.state == DeliveryState::Synced && delivery.sweeps == 0 && delivery.sweep_at.is_none();
    if is_new && known.is_some_and(|known| known.port.profile().looks_up) {
        delivery.sweep_at = sweep_pause(0, now, delivery.id.0.as_u128());
    }
}

/// Tells of it, and brings the attempt up to date.
pub(super) fn tell(
    change: &mut Change<'_>,
    mut attempt: Attempt,
    moved: (&Delivery, &Delivery),
    entry: Entry,
) -> Result<(), StoreError> {
    let deliveries = change.tx.deliveries().of_attempt(attempt.id)?;
    tell_beside(change, &mut attempt, &deliveries, moved, entry)
}

/// The same, with all deliveries of the attempt at hand, as they are now.
pub(super) fn tell_beside(
    change: &mut Change<'_>,
    attempt: &mut Attempt,
    deliveries: &[Delivery],
    (was, is): (&Delivery, &Delivery),
    entry: Entry,
) -> Result<(), StoreError> {
    let before = attempt.state.clone();
    settle_by(attempt, deliveries).map_err(unexpected)?;
    change.tell(attempt, &before, entry)?;
    if attempt.state == before && was.attention == is.attention {
        // Tried again, and it stands as it stood: no form that a person has open becomes stale by that.
        return Ok(());
    }
    change.save_beside(attempt, deliveries).map_err(unexpected)
}

/// An entry about what the accounting system said of a delivery.
pub(super) fn heard(kind: EventKind, delivery: &Delivery) -> Entry {
    let actor = Actor {
        kind: ActorKind::Accounting,
        id: delivery.connection.clone(),
        name: None,
    };
    let mut entry = Entry::new(kind, EventSource::Delivery, actor);
    entry.delivery = Some((delivery.id, delivery.tries));
    entry.document_ref.clone_from(&delivery.document_ref);
    entry
}
