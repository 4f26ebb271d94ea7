//! Whether a claimed delivery is still the worker's own, and may be worked on now.

use jiff::Timestamp;
use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::Delivery;

use super::claim::Claimed;
use super::judge::is_away;
use crate::App;
use crate::ports::accounting::Order;
use crate::ports::store::{StoreError, Tx};

/// What is left of a claim.
pub(super) enum Grip {
    /// Somebody else decided first, or holds it.
    Lost,
    /// The connection was paused meanwhile: the delivery was given back.
    Waits,
    /// It is ours, for a whole lease from now.
    Firm(Box<(Attempt, Delivery)>),
}

/// Takes a firm hold of a claimed delivery. Its lease is renewed in the delivery that comes back; who does not save
/// that leaves the row as it was.
pub(super) fn grip(
    app: &App,
    tx: &mut dyn Tx,
    claimed: &Claimed,
    now: Timestamp,
) -> Result<Grip, StoreError> {
    // The attempt first, as everywhere: two transactions never wait for each other crosswise.
    let Some(attempt) = tx.attempts().get(claimed.delivery.attempt_id)? else {
        return Ok(Grip::Lost);
    };
    let Some(mut delivery) = tx.deliveries().get(claimed.delivery.id)? else {
        return Ok(Grip::Lost);
    };
    let is_held = delivery
        .lease
        .is_some_and(|(holder, until)| holder == claimed.lease && until > now);
    let Some(name) = delivery.connection.clone().filter(|_| is_held) else {
        return Ok(Grip::Lost);
    };
    if is_away(&tx.deliveries().look_at_connection(&name)?, now) {
        delivery.lease = None;
        tx.deliveries().save(&delivery)?;
        return Ok(Grip::Waits);
    }
    // The deliveries before it in the batch took their time; this one has all of its own.
    delivery.lease = Some((claimed.lease, now + app.lease_of(&name)));
    Ok(Grip::Firm(Box::new((attempt, delivery))))
}

/// A delivery with all that an adapter needs to know about it.
pub(super) fn order(tx: &mut dyn Tx, attempt: Attempt, delivery: Delivery) -> Result<Order, StoreError> {
    let payment = match delivery.after {
        Some(id) => tx.deliveries().get(id)?,
        None => None,
    };
    let (payment_document, payment_client) = match payment {
        Some(payment) => (payment.document_key, payment.client_key),
        None => (None, None),
    };
    Ok(Order {
        attempt,
        client_key: delivery.client_key.clone().or(payment_client),
        delivery,
        payment_document,
        is_rehearsal: false,
    })
}
