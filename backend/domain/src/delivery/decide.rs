//! What a person's decision does to a delivery that waits for one.

use jiff::Timestamp;

use super::hold::{Decision, Hold, HoldReason};
use super::looking::attach;
use super::record::Delivery;
use super::state::{Attention, DeliveryState};
use super::transition::Refusal;

pub(super) fn decide(delivery: &mut Delivery, decision: Decision, at: Timestamp) -> Result<(), Refusal> {
    let Some(hold) = delivery.hold.clone() else {
        return Err(Refusal::NotHeld);
    };
    match (delivery.state, decision) {
        (DeliveryState::Held, Decision::Link { document_key }) => link(delivery, &hold, &document_key, at),
        (DeliveryState::Held, Decision::Send) => send(delivery, &hold, at),
        (DeliveryState::Held, Decision::ChooseClient { client_key }) => {
            choose(delivery, &hold, client_key, at)
        }
        (DeliveryState::Held, Decision::Postpone { until }) => {
            free(delivery, until);
            Ok(())
        }
        (DeliveryState::Synced | DeliveryState::PostedByHand, Decision::Dismiss) => {
            dismiss(delivery, &hold);
            Ok(())
        }
        _ => Err(Refusal::UnfitDecision),
    }
}

fn link(delivery: &mut Delivery, hold: &Hold, document_key: &str, at: Timestamp) -> Result<(), Refusal> {
    let document = hold
        .documents
        .iter()
        .find(|document| document.key == document_key)
        .ok_or(Refusal::NotAmongFound)?;
    if document.is_ours && !document.is_posted && !document.is_deleted {
        // Our own draft: what is missing is done, by the machine.
        delivery.document_key = Some(document.key.clone());
        free(delivery, at);
    } else {
        attach(delivery, document);
    }
    // Whoever chose one of several saw the others: they are other payments.
    let others = hold.documents.iter().filter(|other| other.key != document_key);
    delivery.ruled_out.extend(others.map(|other| other.key.clone()));
    Ok(())
}

fn send(delivery: &mut Delivery, hold: &Hold, at: Timestamp) -> Result<(), Refusal> {
    match hold.reason {
        HoldReason::PossibleDuplicate => {
            let keys = hold.documents.iter().map(|document| document.key.clone());
            delivery.ruled_out.extend(keys);
        }
        HoldReason::Unclear => delivery.is_cleared = true,
        HoldReason::RefusedRepeatedly => delivery.slow_tries = 0,
        // Nobody to send it for, or the key is taken: sending would end the same way.
        HoldReason::ClientNotFound
        | HoldReason::SeveralClients
        | HoldReason::DocumentDiffers
        | HoldReason::DocumentDeleted => return Err(Refusal::UnfitDecision),
    }
    free(delivery, at);
    Ok(())
}

fn choose(delivery: &mut Delivery, hold: &Hold, client_key: String, at: Timestamp) -> Result<(), Refusal> {
    match hold.reason {
        HoldReason::SeveralClients if !hold.clients.iter().any(|client| client.key == client_key) => {
            return Err(Refusal::NotAmongFound);
        }
        // Nobody was found: the person names the client that they made over there.
        HoldReason::SeveralClients | HoldReason::ClientNotFound => {}
        HoldReason::PossibleDuplicate
        | HoldReason::Unclear
        | HoldReason::DocumentDiffers
        | HoldReason::DocumentDeleted
        | HoldReason::RefusedRepeatedly => return Err(Refusal::UnfitDecision),
    }
    delivery.client_key = Some(client_key);
    free(delivery, at);
    Ok(())
}

/// It waits to be looked at anew.
fn free(delivery: &mut Delivery, at: Timestamp) {
    delivery.state = delivery.waiting(DeliveryState::Queued);
    delivery.hold = None;
    delivery.next_try_at = at;
}

fn dismiss(delivery: &mut Delivery, hold: &Hold) {
    let keys = hold.documents.iter().map(|document| document.key.clone());
    delivery.ruled_out.extend(keys);
    delivery.hold = None;
    if delivery.attention == Some(Attention::ProbableDouble) {
        delivery.attention = None;
    }
}
