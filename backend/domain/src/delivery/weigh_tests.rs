//! What is found decides what comes next.

use super::super::samples::{after, at, document, ended, queued, started, unknown};
use super::super::transition::{DeliveryEvent, Step, apply};
use super::*;
use crate::money::Money;

const ENFORCED: Rules = Rules {
    is_key_enforced: true,
    looks_up: true,
    is_strict: false,
    settling: SignedDuration::from_secs(180),
};
const SEARCHED: Rules = Rules {
    is_key_enforced: false,
    ..ENFORCED
};

fn doubted(times: usize) -> Delivery {
    after((0..times).flat_map(|_| [started(10), ended(unknown())]))
}

fn looked(delivery: &Delivery) -> Delivery {
    let event = DeliveryEvent::Looked {
        again_at: at(200),
        at: at(20),
    };
    match apply(delivery, event) {
        Ok(Step::Moved(next)) => *next,
        other => panic!("{other:?}"),
    }
}

fn held_for(next: Next) -> HoldReason {
    match next {
        Next::Hold(hold) => hold.reason,
        other => panic!("not held: {other:?}"),
    }
}

fn next(delivery: &Delivery, rules: &Rules, found: &[FoundDocument]) -> Next {
    weigh(delivery, rules, found, at(100))
}

#[test]
fn nothing_found_before_the_first_send_is_sent() {
    for rules in [ENFORCED, SEARCHED] {
        assert!(needs_look(&queued(), &rules));
        assert_eq!(next(&queued(), &rules, &[]), Next::Send);
    }
}

#[test]
fn where_the_key_is_enforced_a_repeat_is_itself_the_check() {
    let delivery = doubted(5);
    assert!(!needs_look(&delivery, &ENFORCED));
    assert_eq!(next(&delivery, &ENFORCED, &[]), Next::Send);
}

#[test]
fn where_it_is_not_two_look_ups_a_settling_time_apart_come_before_a_second_send() {
    let delivery = doubted(1);
    assert!(needs_look(&delivery, &SEARCHED));
    assert_eq!(next(&delivery, &SEARCHED, &[]), Next::LookAgain { at: at(280) });
    assert_eq!(next(&looked(&delivery), &SEARCHED, &[]), Next::Send);
}

#[test]
fn after_three_sends_of_unknown_end_a_person_decides() {
    let delivery = looked(&doubted(3));
    assert_eq!(held_for(next(&delivery, &SEARCHED, &[])), HoldReason::Unclear);
    let cleared = Delivery {
        is_cleared: true,
        ..delivery
    };
    assert_eq!(next(&cleared, &SEARCHED, &[]), Next::Send);
}

#[test]
fn our_own_document_is_linked_when_posted_and_finished_when_not() {
    let ours = document("gw-1", MatchRule::OurKey);
    for delivery in [queued(), doubted(1), doubted(3)] {
        assert_eq!(
            next(&delivery, &SEARCHED, std::slice::from_ref(&ours)),
            Next::Link(Box::new(ours.clone()))
        );
        let draft = FoundDocument {
            is_posted: false,
            ..ours.clone()
        };
        assert_eq!(
            next(&delivery, &SEARCHED, &[draft]),
            Next::Finish {
                document_key: "gw-1".to_owned()
            }
        );
    }
}

#[test]
fn our_own_document_that_was_changed_or_deleted_is_never_made_again() {
    let ours = document("gw-1", MatchRule::OurKey);
    let other_sum = FoundDocument {
        amount: Some(Money::new(1, queued().amount.currency)),
        ..ours.clone()
    };
    let other_client = FoundDocument {
        is_same_client: Some(false),
        ..ours.clone()
    };
    let deleted = FoundDocument {
        is_deleted: true,
        ..ours.clone()
    };
    let twice = [ours, document("gw-2", MatchRule::OurKey)];
    for (found, reason) in [
        (vec![other_sum], HoldReason::DocumentDiffers),
        (vec![other_client], HoldReason::DocumentDiffers),
        (vec![deleted], HoldReason::DocumentDeleted),
        (twice.to_vec(), HoldReason::PossibleDuplicate),
    ] {
        assert_eq!(held_for(next(&queued(), &SEARCHED, &found)), reason);
    }
}

#[test]
fn a_document_with_the_banks_numbers_links_by_itself_only_if_all_else_agrees() {
    let strong = document("m-1", MatchRule::BankNumbers);
    assert_eq!(
        next(&queued(), &ENFORCED, std::slice::from_ref(&strong)),
        Next::Link(Box::new(strong.clone()))
    );
    let doubtful = [
        FoundDocument {
            amount: None,
            ..strong.clone()
        },
        FoundDocument {
            is_same_client: Some(false),
            ..strong.clone()
        },
        FoundDocument {
            is_posted: false,
            ..strong.clone()
        },
        FoundDocument {
            is_deleted: true,
            ..strong.clone()
        },
    ];
    for document in doubtful {
        assert_eq!(
            held_for(next(&queued(), &ENFORCED, &[document])),
            HoldReason::PossibleDuplicate
        );
    }
    let two = [strong, document("m-2", MatchRule::BankNumbers)];
    assert_eq!(
        held_for(next(&queued(), &ENFORCED, &two)),
        HoldReason::PossibleDuplicate
    );
}

#[test]
fn the_same_client_sum_and_day_always_asks_a_person_unless_it_is_our_own_or_was_ruled_out() {
    let alike = document("m-1", MatchRule::ClientAmountDate);
    assert_eq!(
        held_for(next(&queued(), &ENFORCED, std::slice::from_ref(&alike))),
        HoldReason::PossibleDuplicate
    );
    let our_other = FoundDocument {
        is_ours: true,
        ..alike.clone()
    };
    assert_eq!(next(&queued(), &ENFORCED, &[our_other]), Next::Send);
    let ruled_out = Delivery {
        ruled_out: vec!["m-1".to_owned()],
        ..queued()
    };
    assert_eq!(next(&ruled_out, &ENFORCED, &[alike]), Next::Send);
}

#[test]
fn the_same_sum_and_day_alone_asks_only_where_that_is_wanted() {
    let weak = [document("m-1", MatchRule::AmountDate)];
    assert_eq!(next(&queued(), &ENFORCED, &weak), Next::Send);
    let strict = Rules {
        is_strict: true,
        ..ENFORCED
    };
    assert_eq!(
        held_for(next(&queued(), &strict, &weak)),
        HoldReason::PossibleDuplicate
    );
}

#[test]
fn a_draft_that_is_known_is_gone_on_with_whatever_else_is_found() {
    let known = Delivery {
        document_key: Some("gw-1".to_owned()),
        ..queued()
    };
    assert!(!needs_look(&known, &SEARCHED));
    let finish = Next::Finish {
        document_key: "gw-1".to_owned(),
    };
    assert_eq!(next(&known, &SEARCHED, &[]), finish);
}
