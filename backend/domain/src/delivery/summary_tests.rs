//! What an operator sees of an attempt's deliveries.

use strum::VariantArray;

use super::super::samples::{after, applied, at, by_hand, ended, not_applied, standing_at, started, unknown};
use super::*;
use crate::delivery::DeliveryEvent;

fn refund(state: DeliveryState) -> Delivery {
    Delivery {
        kind: DeliveryKind::Refund,
        ..standing_at(state)
    }
}

#[test]
fn one_payment_shows_where_it_stands() {
    let seen: Vec<String> = DeliveryState::VARIANTS
        .iter()
        .map(|state| format!("{state}: {}", crm_status(&[standing_at(*state)]).0))
        .collect();
    insta::assert_snapshot!(seen.join("\n"), @r"
    queued: queued
    retrying: retrying
    sending: queued
    in_doubt: in_doubt
    synced: synced
    needs_attention: needs_attention
    held: needs_attention
    posted_by_hand: posted_by_hand
    withdrawn: not_due
    ");
}

#[test]
fn nothing_to_pass_on_is_not_due() {
    assert_eq!(crm_status(&[]), (CrmStatus::NotDue, None));
}

#[test]
fn while_it_is_under_way_the_person_sees_what_it_was_before() {
    let again = after([started(10), ended(not_applied()), started(30)]);
    assert_eq!(crm_status(&[again]).0, CrmStatus::Retrying);
    let doubted = after([started(10), ended(unknown()), started(50)]);
    assert_eq!(crm_status(&[doubted]).0, CrmStatus::InDoubt);
}

#[test]
fn the_first_that_is_not_done_decides() {
    use DeliveryState::{NeedsAttention, PostedByHand, Queued, Retrying, Synced};
    for (payment, second, expected) in [
        (Synced, Queued, CrmStatus::Queued),
        (Synced, NeedsAttention, CrmStatus::NeedsAttention),
        (Retrying, Queued, CrmStatus::Retrying),
        (Synced, Synced, CrmStatus::Synced),
        (Synced, PostedByHand, CrmStatus::Synced),
        (PostedByHand, Queued, CrmStatus::Queued),
        (PostedByHand, Synced, CrmStatus::PostedByHand),
    ] {
        let (status, _) = crm_status(&[standing_at(payment), refund(second)]);
        assert_eq!(status, expected, "{payment} payment, {second} refund");
    }
}

#[test]
fn the_document_is_the_payments() {
    let mut back = refund(DeliveryState::Synced);
    back.document_ref = Some("000099".to_owned());
    let payment = after([started(10), ended(applied())]);
    assert_eq!(crm_status(&[payment, back]).1.as_deref(), Some("000042"));
    assert_eq!(crm_status(&[after([by_hand()])]).1.as_deref(), Some("by hand 7"));
}

#[test]
fn a_payment_that_was_taken_back_and_is_due_again_shows_as_the_new_one() {
    let withdrawn = after([DeliveryEvent::Withdraw { at: at(5) }]);
    let fresh = after([started(10), ended(applied())]);
    assert_eq!(crm_status(&[withdrawn, fresh]).0, CrmStatus::Synced);
}
