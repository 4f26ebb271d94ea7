//! Which buttons work, and what a dead one says.

use strum::VariantArray;

use super::*;
use crate::attempt::samples::attempt;
use crate::delivery::samples::standing_at;

fn obstacles(line: &str, deliveries: &[Delivery]) -> String {
    let attempt = attempt(line);
    let say = |action: &Action| match obstacle(*action, &attempt, deliveries) {
        None => format!("{action}: yes"),
        Some(obstacle) => format!("{action}: {obstacle}"),
    };
    Action::VARIANTS.iter().map(say).collect::<Vec<_>>().join(", ")
}

#[test]
fn every_action_says_whether_it_works_and_why_not() {
    let mut seen = String::new();
    for line in [
        "",
        "answered declined",
        "answered refunded, crm synced",
        "answered paid, crm queued",
        "answered paid, crm retrying",
        "answered paid, crm in_doubt",
        "answered paid, crm needs_attention",
        "answered paid, crm synced",
        "answered paid, crm posted_by_hand",
    ] {
        seen.push_str(&format!("{line}\n    {}\n", obstacles(line, &[])));
    }
    insta::assert_snapshot!(seen, @r"

        bank_query: yes, status_override: yes, resync: not_paid, posted_by_hand: not_paid
    answered declined
        bank_query: yes, status_override: yes, resync: not_paid, posted_by_hand: not_paid
    answered refunded, crm synced
        bank_query: yes, status_override: override_refused, resync: already_synced, posted_by_hand: already_synced
    answered paid, crm queued
        bank_query: yes, status_override: yes, resync: yes, posted_by_hand: yes
    answered paid, crm retrying
        bank_query: yes, status_override: yes, resync: yes, posted_by_hand: yes
    answered paid, crm in_doubt
        bank_query: yes, status_override: yes, resync: yes, posted_by_hand: yes
    answered paid, crm needs_attention
        bank_query: yes, status_override: yes, resync: yes, posted_by_hand: yes
    answered paid, crm synced
        bank_query: yes, status_override: yes, resync: already_synced, posted_by_hand: already_synced
    answered paid, crm posted_by_hand
        bank_query: yes, status_override: yes, resync: posted_by_hand, posted_by_hand: posted_by_hand
    ");
}

#[test]
fn what_is_being_sent_cannot_be_sent_again_but_can_be_marked_as_posted_by_hand() {
    let paid = attempt("answered paid, crm queued");
    let sending = [standing_at(DeliveryState::Sending)];
    assert_eq!(
        obstacle(Action::Resync, &paid, &sending),
        Some(Obstacle::DeliveryInProgress)
    );
    assert_eq!(obstacle(Action::PostedByHand, &paid, &sending), None);
}
