//! When the bank is asked next, and when never again.

use super::*;
use crate::attempt::samples::{after, at, new};

const BORN: Timestamp = Timestamp::UNIX_EPOCH;

fn is_asked_again(line: &str, age: SignedDuration) -> bool {
    let policy = PollPolicy::card_gateway();
    policy.next_query(BORN, &after(line), BORN + age).is_some()
}

#[test]
fn an_attempt_is_asked_about_soon_and_then_slower_and_never_given_up_without_evidence() {
    let (policy, state) = (PollPolicy::card_gateway(), new());
    let (mut now, mut gaps) = (BORN, Vec::new());
    while now.duration_since(BORN) < SignedDuration::from_hours(24 * 365) {
        let next = policy
            .next_query(BORN, &state, now)
            .expect("never stops without evidence");
        gaps.push(next.duration_since(now).as_secs());
        now = next;
    }
    assert!(gaps.is_sorted(), "{gaps:?}");
    assert_eq!(gaps.first(), Some(&20));
    assert!(gaps.contains(&86_400), "daily for a while: {gaps:?}");
    let slow = gaps.iter().filter(|gap| **gap >= 86_400).count();
    assert!(
        slow < 60,
        "{slow} questions in a year about an order that the bank never heard of"
    );
}

#[test]
fn the_banks_own_answer_ends_the_questions() {
    for line in [
        "answered paid",
        "told paid, answered paid",
        "told paid @5, answered paid @4",
        "answered refunded",
        "answered partially_refunded",
        "answered reversed",
        "told partially_refunded, answered partially_refunded",
    ] {
        assert!(!is_asked_again(line, SignedDuration::ZERO), "{line}");
    }
}

#[test]
fn nothing_but_the_banks_own_answer_does() {
    for line in [
        "",
        "told paid",
        "listed paid",
        "set paid",
        "app abandoned",
        "told expired",
        "answered nothing",
        "answered pending",
        "answered authorized",
    ] {
        assert!(
            is_asked_again(line, SignedDuration::from_hours(24 * 400)),
            "{line}"
        );
    }
}

#[test]
fn a_declined_order_is_asked_about_until_a_late_success_is_out_of_the_question() {
    for line in [
        "answered declined",
        "answered expired",
        "app abandoned, answered declined",
    ] {
        assert!(is_asked_again(line, SignedDuration::from_hours(71)), "{line}");
        assert!(!is_asked_again(line, SignedDuration::from_hours(72)), "{line}");
    }
}

#[test]
fn what_was_heard_since_the_answer_is_asked_about() {
    let old = SignedDuration::from_hours(100);
    for line in [
        "answered paid, told reversed",
        "answered paid, told partially_refunded",
        "answered declined, told paid",
        "answered reversed, told paid",
        "answered paid, listed refunded",
    ] {
        assert!(is_asked_again(line, old), "{line}");
    }
    assert!(!is_asked_again("told reversed, answered paid", old));
}

#[test]
fn another_sum_is_asked_about_until_the_bank_or_a_person_settles_it() {
    let old = SignedDuration::from_hours(100);
    assert!(is_asked_again("answered paid sum 9999", old));
    assert!(!is_asked_again("answered paid sum 9999, answered paid", old));
    assert!(!is_asked_again("answered paid sum 9999, set paid", old));
}

#[test]
fn a_contradiction_is_asked_about_until_a_person_settles_it() {
    let old = SignedDuration::from_hours(100);
    assert!(is_asked_again("told paid, answered declined", old));
    assert!(!is_asked_again("told paid, answered declined, set paid", old));
    assert!(is_asked_again("set paid, answered declined", old));
    assert!(!is_asked_again("set paid, answered declined, set paid", old));
}

#[test]
fn the_next_question_is_never_in_the_past() {
    let policy = PollPolicy::card_gateway();
    let early = at(-3600);
    assert!(
        policy.next_query(BORN, &new(), early) > Some(early),
        "a clock that went back"
    );
}
