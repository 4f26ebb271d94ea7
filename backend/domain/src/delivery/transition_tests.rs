//! Every state of a delivery meets every event, and the promises that the table alone does not show.

use std::collections::HashSet;
use std::fmt::Write as _;

use strum::VariantArray;
use uuid::Uuid;

use super::super::samples::{
    after, already_there, applied, at, busy, by_hand, decided, differs, document, ended, held,
    likely_refused, linked, looked, lost, not_applied, queued, refused, standing_at, started, swept,
    unchecked, unknown, unposted,
};
use super::*;
use crate::delivery::Attention;
use crate::delivery::found::MatchRule;
use crate::delivery::hold::{Decision, HoldReason};
use crate::delivery::state::VerdictKind;
use crate::ids::LeaseId;

/// All events, a verdict each; the kinds are checked to be all that there are.
fn events() -> Vec<(&'static str, DeliveryEvent)> {
    let stopped = Verdict::ConnectionRefused {
        reason: "wrong password".to_owned(),
    };
    let events = vec![
        ("started", started(30)),
        ("applied", ended(applied())),
        ("already there", ended(already_there())),
        ("not applied", ended(not_applied())),
        ("connection refused", ended(stopped)),
        ("refused", ended(refused())),
        ("unknown", ended(unknown())),
        ("unposted", ended(unposted())),
        ("likely refused", ended(likely_refused())),
        ("busy", ended(busy())),
        ("differs", ended(differs())),
        ("search failed", unchecked(not_applied())),
        ("search refused", unchecked(refused())),
        ("looked", looked()),
        ("linked", linked()),
        ("held", held(HoldReason::Unclear)),
        (
            "decided to link",
            decided(Decision::Link {
                document_key: "doc-1".to_owned(),
            }),
        ),
        ("decided to send", decided(Decision::Send)),
        (
            "decided on a client",
            decided(Decision::ChooseClient {
                client_key: "c-1".to_owned(),
            }),
        ),
        ("postponed", decided(Decision::Postpone { until: at(900) })),
        ("dismissed", decided(Decision::Dismiss)),
        ("swept", swept()),
        ("lost", lost(30)),
        ("resync", DeliveryEvent::Resync { at: at(30) }),
        ("post by hand", by_hand()),
        ("withdraw", DeliveryEvent::Withdraw { at: at(30) }),
    ];
    let kinds: HashSet<DeliveryEventKind> = events.iter().map(|(_, event)| event.into()).collect();
    assert_eq!(
        kinds.len(),
        DeliveryEventKind::VARIANTS.len(),
        "an event is missing"
    );
    let verdicts: HashSet<VerdictKind> = events
        .iter()
        .filter_map(|(_, event)| match event {
            DeliveryEvent::Ended { verdict, .. } => Some(verdict.into()),
            _ => None,
        })
        .collect();
    assert_eq!(
        verdicts.len(),
        VerdictKind::VARIANTS.len(),
        "a verdict is missing"
    );
    events
}

fn samples() -> Vec<(String, Delivery)> {
    let mut samples: Vec<_> = DeliveryState::VARIANTS
        .iter()
        .map(|state| (state.to_string(), standing_at(*state)))
        .collect();
    let doubted = [started(10), ended(unknown()), started(15)];
    samples.push(("sending, doubted".to_owned(), after(doubted.clone())));
    let refused_later = after(doubted.clone().into_iter().chain([ended(refused())]));
    samples.push(("refused, doubted".to_owned(), refused_later));
    let by_hand_later = after(doubted.into_iter().chain([by_hand()]));
    samples.push(("by hand, doubted".to_owned(), by_hand_later));
    samples
}

fn cell(delivery: &Delivery, event: DeliveryEvent) -> String {
    match apply(delivery, event) {
        Err(_) => "x".to_owned(),
        Ok(Step::Unchanged) => "=".to_owned(),
        Ok(Step::Moved(next)) if next.attention != delivery.attention => {
            format!(
                "-> {}",
                next.attention
                    .map_or("no attention".to_owned(), |a| a.to_string())
            )
        }
        Ok(Step::Moved(next)) => format!("-> {}", next.state),
    }
}

#[test]
fn every_state_meets_every_event() {
    let mut table = format!("{:<19}", "");
    let samples = samples();
    for (name, _) in &samples {
        let _ = write!(table, "{name:<19}");
    }
    for (name, event) in events() {
        let _ = write!(table, "\n{name:<19}");
        for (_, delivery) in &samples {
            let _ = write!(table, "{:<19}", cell(delivery, event.clone()));
        }
    }
    let lines: Vec<&str> = table.lines().map(str::trim_end).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_mark_by_hand_beats_a_worker_about_to_send() {
    let mut claimed = queued();
    claimed.lease = Some((LeaseId(Uuid::from_u128(9)), at(60)));
    let Ok(Step::Moved(marked)) = apply(&claimed, by_hand()) else {
        panic!("a claimed delivery can be marked");
    };
    assert_eq!(marked.lease, None);
    assert_eq!(apply(&marked, started(20)), Err(Refusal::PostedByHand));
}

#[test]
fn an_unknown_answer_followed_by_a_refusal_at_the_door_stays_in_doubt() {
    let delivery = after([started(10), ended(unknown()), started(50), ended(not_applied())]);
    assert_eq!(delivery.state, DeliveryState::InDoubt);
    assert_eq!(delivery.doubts, 1);
}

#[test]
fn a_delivery_in_doubt_waits_until_the_first_request_is_over() {
    let delivery = after([started(10), ended(unknown())]);
    assert_eq!(delivery.next_try_at, at(50));
    let lost = after([started(10), lost(20)]);
    assert_eq!((lost.state, lost.next_try_at), (DeliveryState::InDoubt, at(50)));
}

#[test]
fn nobodys_hurry_shortens_the_time_between_two_searches() {
    let resync = || DeliveryEvent::Resync { at: at(31) };
    let doubted = [started(10), ended(unknown())];
    assert_eq!(
        after(doubted.clone().into_iter().chain([resync()])).next_try_at,
        at(31)
    );
    let searched = doubted.into_iter().chain([looked(), resync()]);
    assert_eq!(after(searched).next_try_at, at(210));
}

#[test]
fn a_delivery_that_surely_was_not_applied_waits_for_its_connection_only() {
    assert_eq!(after([started(10), ended(not_applied())]).next_try_at, at(20));
}

#[test]
fn the_body_never_changes_after_the_first_try() {
    let first = b"composed at 10".to_vec();
    let resync = || DeliveryEvent::Resync { at: at(25) };
    for between in [
        vec![ended(not_applied())],
        vec![ended(unknown())],
        vec![ended(refused()), resync()],
        vec![ended(unknown()), started(15), ended(refused()), resync()],
    ] {
        let events = [started(10)].into_iter().chain(between).chain([started(30)]);
        assert_eq!(after(events).body.as_ref(), Some(&first));
    }
}

#[test]
fn what_was_sent_while_somebody_marked_it_is_reported_as_posted_twice() {
    let marked = after([started(10), by_hand(), ended(applied())]);
    assert_eq!(marked.attention, Some(Attention::PostedTwice));
    assert_eq!(marked.state, DeliveryState::PostedByHand);
    assert_eq!(marked.document_ref.as_deref(), Some("by hand 7"));
}

#[test]
fn what_a_person_entered_before_our_first_try_is_not_there_twice() {
    let found = after([started(10), by_hand(), ended(already_there())]);
    assert_eq!(found.attention, None);
    let ours = after([
        started(10),
        ended(unknown()),
        started(15),
        by_hand(),
        ended(already_there()),
    ]);
    assert_eq!(ours.attention, Some(Attention::PostedTwice));
}

#[test]
fn a_late_good_verdict_outweighs_another_workers_refusal() {
    let late = after([
        started(10),
        lost(12),
        started(15),
        ended(refused()),
        ended(applied()),
    ]);
    assert_eq!(late.state, DeliveryState::Synced);
    assert_eq!(late.document_ref.as_deref(), Some("000042"));
}

#[test]
fn what_may_have_been_applied_cannot_be_taken_back() {
    let doubted = after([started(10), ended(unknown()), started(15), ended(refused())]);
    let withdraw = DeliveryEvent::Withdraw { at: at(30) };
    assert_eq!(apply(&doubted, withdraw.clone()), Err(Refusal::InProgress));
    let refused = after([started(10), ended(refused())]);
    assert!(matches!(apply(&refused, withdraw), Ok(Step::Moved(_))));
}

#[test]
fn nothing_leads_out_of_a_final_state_and_a_repeat_changes_nothing_more() {
    use DeliveryState::{PostedByHand, Synced, Withdrawn};
    for (name, delivery) in samples() {
        for (event_name, event) in events() {
            let Ok(Step::Moved(next)) = apply(&delivery, event.clone()) else {
                continue;
            };
            if matches!(delivery.state, Synced | PostedByHand | Withdrawn) {
                assert_eq!(next.state, delivery.state, "{name} + {event_name}");
            }
            if let Ok(Step::Moved(again)) = apply(&next, event) {
                assert_eq!(again.tries, next.tries, "{name} + {event_name} twice");
            }
        }
    }
}

#[test]
fn a_decision_to_send_rules_the_found_documents_out() {
    let sent = after([held(HoldReason::PossibleDuplicate), decided(Decision::Send)]);
    assert_eq!(
        (sent.state, sent.ruled_out),
        (DeliveryState::Queued, vec!["doc-1".to_owned()])
    );
}

#[test]
fn a_document_that_was_not_found_cannot_be_linked() {
    let delivery = after([held(HoldReason::PossibleDuplicate)]);
    let link = Decision::Link {
        document_key: "doc-9".to_owned(),
    };
    assert_eq!(apply(&delivery, decided(link)), Err(Refusal::NotAmongFound));
}

#[test]
fn a_key_that_is_taken_over_there_is_not_sent_again_by_a_decision() {
    for reason in [
        HoldReason::DocumentDiffers,
        HoldReason::DocumentDeleted,
        HoldReason::ClientNotFound,
    ] {
        let delivery = after([held(reason)]);
        assert_eq!(
            apply(&delivery, decided(Decision::Send)),
            Err(Refusal::UnfitDecision),
            "{reason}"
        );
    }
}

#[test]
fn our_own_draft_that_is_linked_by_a_person_is_gone_on_with() {
    let draft = FoundDocument {
        is_posted: false,
        ..document("doc-1", MatchRule::OurKey)
    };
    let mut delivery = after([held(HoldReason::PossibleDuplicate)]);
    delivery.hold.as_mut().unwrap().documents = vec![draft];
    let Ok(Step::Moved(next)) = apply(
        &delivery,
        decided(Decision::Link {
            document_key: "doc-1".to_owned(),
        }),
    ) else {
        panic!("it can be linked");
    };
    assert_eq!(
        (next.state, next.document_key.as_deref()),
        (DeliveryState::Queued, Some("doc-1"))
    );
}

#[test]
fn the_systems_own_handler_is_tried_three_times_slowly_and_then_a_person_looks() {
    let mut delivery = queued();
    let mut pauses = Vec::new();
    for _ in 0..4 {
        for event in [started(10), ended(likely_refused())] {
            let Ok(Step::Moved(next)) = apply(&delivery, event) else {
                panic!("it moves")
            };
            delivery = *next;
        }
        pauses.push((delivery.state, delivery.next_try_at.as_second() - 20));
    }
    use DeliveryState::{Held, Retrying};
    assert_eq!(
        pauses,
        [(Retrying, 300), (Retrying, 1800), (Retrying, 7200), (Held, 7200)]
    );
}

#[test]
fn a_document_whose_posting_was_refused_is_known_and_is_not_withdrawn() {
    let event = DeliveryEvent::Ended {
        verdict: unposted(),
        document_key: Some("doc-1".to_owned()),
        settling: SignedDuration::ZERO,
        at: at(20),
    };
    let delivery = after([started(10), event]);
    assert_eq!(delivery.document_key.as_deref(), Some("doc-1"));
    assert_eq!(delivery.state, DeliveryState::NeedsAttention);
    assert_eq!(
        apply(&delivery, DeliveryEvent::Withdraw { at: at(30) }),
        Err(Refusal::InProgress)
    );
}

#[test]
fn nothing_is_asked_before_the_first_request_can_no_longer_be_running() {
    let settled = |event: fn(SignedDuration) -> DeliveryEvent| {
        after([started(10), event(SignedDuration::from_mins(6))])
            .next_try_at
            .as_second()
    };
    assert_eq!(
        settled(|settling| DeliveryEvent::Lost { settling, at: at(20) }),
        380
    );
    let unknown = |settling| DeliveryEvent::Ended {
        verdict: unknown(),
        document_key: None,
        settling,
        at: at(20),
    };
    assert_eq!(settled(unknown), 380);
}

#[test]
fn a_double_found_by_a_sweep_is_told_once_and_can_be_dismissed() {
    let synced = after([started(10), ended(applied()), swept()]);
    assert_eq!(synced.attention, Some(Attention::ProbableDouble));
    let dismissed = after([
        started(10),
        ended(applied()),
        swept(),
        decided(Decision::Dismiss),
        swept(),
    ]);
    assert_eq!((dismissed.attention, dismissed.hold), (None, None));
}
