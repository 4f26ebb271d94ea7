//! The second half of the table: what a system can answer but yes and no.

use jiff::SignedDuration;
use sverka_app::deliveries::Delivered;
use sverka_app::ports::accounting::Class;
use sverka_domain::delivery::{DeliveryState, HoldReason, MatchRule, Verdict};
use sverka_domain::diagnosis::DiagnosisCode;

use crate::stage::{AMOUNT, Stage};
use crate::system::{Asked, Play};
use crate::table::{BOTH, about, reads, text};
use crate::words::{paper, said, silence};

#[tokio::test]
async fn a_handlers_refusal_is_tried_three_times_slowly_and_then_held_with_its_words() {
    for class in BOTH {
        let stage = Stage::new(class).await;
        let id = stage.paid().await;
        let locked = said(
            Verdict::LikelyRefused {
                reason: "Недостаточно лицензий".to_owned(),
            },
            None,
        );
        stage.system.plays(vec![Play::Say(locked); 4]);
        stage.turn().await;
        stage.system.asked();
        Stage::check(
            &stage.payment(id).await,
            DeliveryState::Retrying,
            Some("Недостаточно лицензий"),
        );
        for seconds in [300, 1800, 7200] {
            about(stage.next_turn().await, seconds);
            assert_eq!(stage.system.asked(), [Asked::LookUp, Asked::Send]);
        }
        let held = stage.payment(id).await;
        assert_eq!(held.hold.unwrap().reason, HoldReason::RefusedRepeatedly);
        assert_eq!(
            reads(&stage, id).await,
            (DiagnosisCode::AccountingRefused, text("Недостаточно лицензий"))
        );
        assert_eq!(stage.connection().await.failures, 0);
    }
}

#[tokio::test]
async fn a_refused_password_stops_the_whole_connection_at_once() {
    for class in BOTH {
        let stage = Stage::new(class).await;
        let (first, second) = (stage.paid().await, stage.paid().await);
        let refused = said(
            Verdict::ConnectionRefused {
                reason: "the password was not taken".to_owned(),
            },
            None,
        );
        stage.system.plays([Play::Say(refused.clone())]);
        stage.turn().await;
        let asked = stage.system.asked();
        assert_eq!(
            asked.iter().filter(|asked| **asked == Asked::Send).count(),
            1,
            "{asked:?}"
        );
        let state = stage.connection().await;
        assert_eq!(state.stopped.as_deref(), Some("the password was not taken"));
        for id in [first, second] {
            assert_eq!(
                reads(&stage, id).await,
                (
                    DiagnosisCode::AccountingUnavailable,
                    text("the password was not taken")
                )
            );
        }
        // A person at the button has it tried once, by a read.
        stage.system.probes([refused.clone()]);
        stage.resync(first).await;
        assert!(stage.turn().await.is_empty());
        assert_eq!(stage.system.asked(), [Asked::Probe]);
        for minutes in [30, 45] {
            stage.system.probes([refused.clone()]);
            about(stage.next_turn().await, minutes * 60);
            assert_eq!(stage.system.asked(), [Asked::Probe]);
        }
        stage.next_turn().await;
        assert_eq!(stage.connection().await.stopped, None);
        assert_eq!(stage.system.made_for().len(), 2);
    }
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_no_fault_of_the_payment() {
    let stage = Stage::new(Class::KeyEnforced).await;
    let id = stage.paid().await;
    let gone = Verdict::ConnectionRefused {
        reason: "the receiver was switched off (410)".to_owned(),
    };
    stage.system.plays([Play::Say(said(gone, None))]);
    stage.turn().await;
    assert_eq!(
        stage.connection().await.stopped.as_deref(),
        Some("the receiver was switched off (410)")
    );
    Stage::check(
        &stage.payment(id).await,
        DeliveryState::Retrying,
        Some("the receiver was switched off (410)"),
    );
}

#[tokio::test]
async fn under_way_over_there_it_is_asked_again_soon() {
    let stage = Stage::new(Class::KeyEnforced).await;
    let id = stage.paid().await;
    let busy = said(
        Verdict::Busy {
            reason: "the first one is still under way".to_owned(),
        },
        None,
    );
    stage.system.plays(vec![Play::Say(busy); 3]);
    stage.turn().await;
    stage.system.asked();
    assert_eq!(
        reads(&stage, id).await,
        (
            DiagnosisCode::AccountingInDoubt,
            text("the first one is still under way")
        )
    );
    for seconds in [5, 30, 120] {
        about(stage.next_turn().await, seconds);
        assert_eq!(stage.system.asked(), [Asked::Repeat]);
    }
    assert_eq!(stage.payment(id).await.state, DeliveryState::Synced);
    assert_eq!(stage.connection().await.failures, 0);
}

#[tokio::test]
async fn told_to_slow_down_the_whole_connection_waits_just_so_long() {
    for class in BOTH {
        let stage = Stage::new(class).await;
        let (first, second) = (stage.paid().await, stage.paid().await);
        let slower = Verdict::NotApplied {
            reason: "too many requests".to_owned(),
            retry_after: Some(7),
        };
        stage.system.plays([Play::Say(said(slower, None))]);
        stage.turn().await;
        assert_eq!(stage.payment(second).await.tries, 0);
        Stage::check(
            &stage.payment(first).await,
            DeliveryState::Retrying,
            Some("too many requests"),
        );
        assert_eq!(stage.next_turn().await, SignedDuration::from_secs(7));
        assert_eq!(stage.system.made_for().len(), 2);
    }
}

#[tokio::test]
async fn five_answers_unknown_in_a_row_pause_the_connection() {
    for class in BOTH {
        let stage = Stage::new(class).await;
        for _ in 0..8 {
            stage.paid().await;
        }
        stage.system.plays(vec![Play::Say(silence()); 5]);
        let turns = stage.turn().await;
        let sent = turns.iter().filter(|turn| **turn == Delivered::Sent).count();
        assert_eq!(sent, 5);
        let state = stage.connection().await;
        assert!(state.paused_until.is_some());
        assert_eq!(state.last_error.as_deref(), Some("no answer in time"));
        stage.settle().await;
        assert_eq!(stage.system.made_for().len(), 8);
        let mut once = stage.system.made_for();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), 8);
    }
}

#[tokio::test]
async fn there_already_and_the_same_is_posted() {
    let stage = Stage::new(Class::KeyEnforced).await;
    let id = stage.paid().await;
    let there = Verdict::AlreadyThere {
        document_ref: Some("0000-17".to_owned()),
    };
    stage
        .system
        .plays([Play::Say(said(there, Some("guid-17".to_owned())))]);
    stage.turn().await;
    let payment = stage.payment(id).await;
    Stage::check(&payment, DeliveryState::Synced, None);
    assert_eq!(payment.document_key.as_deref(), Some("guid-17"));
}

#[tokio::test]
async fn there_already_and_not_the_same_a_person_decides() {
    let cases = [
        (
            HoldReason::DocumentDiffers,
            DiagnosisCode::DocumentDiffers,
            "another sum stands there",
        ),
        (
            HoldReason::DocumentDeleted,
            DiagnosisCode::DocumentDeleted,
            "it is marked for deletion",
        ),
    ];
    for class in BOTH {
        for (hold, code, words) in cases {
            let stage = Stage::new(class).await;
            let id = stage.paid().await;
            let held = Verdict::Held {
                hold,
                documents: vec![paper("guid-17", MatchRule::OurKey, AMOUNT)],
                reason: words.to_owned(),
            };
            stage.system.plays([Play::Say(said(held, None))]);
            stage.turn().await;
            let payment = stage.payment(id).await;
            Stage::check(&payment, DeliveryState::Held, Some(words));
            assert_eq!(payment.hold.unwrap().documents.len(), 1);
            assert_eq!(reads(&stage, id).await, (code, text(words)));
            assert_eq!(stage.app.next_delivery_due("crm".to_owned()).await.unwrap(), None);
        }
    }
}
