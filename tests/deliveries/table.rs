//! The table of failures, row by row: when it is tried again, whether it is looked for first, and what a person reads.

use jiff::SignedDuration;
use sverka_app::deliveries::Delivered;
use sverka_app::ports::accounting::Class;
use sverka_app::ports::store::EventKind;
use sverka_domain::delivery::{DeliveryState, HoldReason, MatchRule, Verdict};
use sverka_domain::diagnosis::{DiagnosisCode, NextStep};
use sverka_domain::ids::AttemptId;

use crate::stage::Stage;
use crate::system::{Asked, Play, SETTLING};
use crate::words::{said, silence, unreachable};

pub(crate) const BOTH: [Class; 2] = [Class::KeyEnforced, Class::LookUpOnly];

/// Waits are lengthened by a fifth at most.
#[track_caller]
pub(crate) fn about(wait: SignedDuration, seconds: i64) {
    let most = SignedDuration::from_millis(seconds * 1200);
    let least = SignedDuration::from_secs(seconds);
    assert!(
        (least..=most).contains(&wait),
        "{wait:?} is not about {seconds} s"
    );
}

pub(crate) async fn reads(stage: &Stage, id: AttemptId) -> (DiagnosisCode, Option<String>) {
    let diagnosis = stage.see(id).await.diagnosis;
    (diagnosis.code, diagnosis.detail)
}

pub(crate) fn text(words: &str) -> Option<String> {
    Some(words.to_owned())
}

#[tokio::test]
async fn unreachable_the_connection_waits_ever_longer_and_the_payment_goes_when_it_is_back() {
    for class in BOTH {
        let stage = Stage::new(class).await;
        let (first, second) = (stage.paid().await, stage.paid().await);
        stage.system.searches_fail([unreachable()]);
        stage.turn().await;
        assert_eq!(stage.system.asked(), [Asked::LookUp]);
        Stage::check(
            &stage.payment(first).await,
            DeliveryState::Retrying,
            Some("connection refused"),
        );
        // The connection keeps the wait: the second one was not even tried.
        assert_eq!(stage.payment(second).await.last_error, None);
        assert_eq!(
            reads(&stage, first).await,
            (DiagnosisCode::AccountingUnavailable, text("connection refused"))
        );
        let (code, detail) = reads(&stage, second).await;
        assert_eq!(
            (code, detail),
            (DiagnosisCode::AccountingUnavailable, text("connection refused"))
        );
        // Asked by a cheap read, never with a payment, ever more seldom.
        for seconds in [5, 15, 60, 60, 300, 900, 900] {
            stage.system.probes([unreachable()]);
            let wait = stage.next_turn().await;
            about(wait, seconds);
            assert_eq!(stage.system.asked(), [Asked::Probe]);
        }
        let since = stage.connection().await;
        assert!(since.failing_since.is_some() && since.last_error.as_deref() == Some("connection refused"));
        stage.next_turn().await;
        let asked = stage.system.asked();
        assert_eq!(
            asked[..3],
            [Asked::Probe, Asked::LookUp, Asked::Send],
            "{asked:?}"
        );
        for id in [first, second] {
            Stage::check(&stage.payment(id).await, DeliveryState::Synced, None);
            assert_eq!(stage.payment(id).await.doubts, 0);
        }
        assert_eq!(stage.connection().await.failing_since, None);
    }
}

#[tokio::test]
async fn no_answer_where_the_key_is_enforced_the_same_bytes_go_again_without_a_look_up() {
    let stage = Stage::new(Class::KeyEnforced).await;
    let id = stage.paid().await;
    stage.system.plays([Play::DoAndSay(silence())]);
    stage.turn().await;
    assert_eq!(stage.system.asked(), [Asked::LookUp, Asked::Send]);
    Stage::check(
        &stage.payment(id).await,
        DeliveryState::InDoubt,
        Some("no answer in time"),
    );
    assert_eq!(
        reads(&stage, id).await,
        (DiagnosisCode::AccountingInDoubt, text("no answer in time"))
    );
    // Not while the first request may still be running.
    assert_eq!(stage.next_turn().await, SETTLING);
    assert_eq!(stage.system.asked(), [Asked::Repeat]);
    Stage::check(&stage.payment(id).await, DeliveryState::Synced, None);
    let bodies = stage.system.bodies();
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(stage.system.made().len(), 1);
    assert_eq!(reads(&stage, id).await, (DiagnosisCode::Synced, None));
}

#[tokio::test]
async fn no_answer_where_only_a_look_up_helps_it_is_looked_for_twice_and_sent_thrice_at_most() {
    let stage = Stage::new(Class::LookUpOnly).await;
    let id = stage.paid().await;
    stage.system.plays(vec![Play::Say(silence()); 3]);
    stage.turn().await;
    assert_eq!(stage.system.asked(), [Asked::LookUp, Asked::Send]);
    assert_eq!(
        reads(&stage, id).await,
        (DiagnosisCode::AccountingInDoubt, text("no answer in time"))
    );
    for nth in 2..=3 {
        let first = stage.next_turn().await;
        assert!(first >= SETTLING, "{first:?}");
        assert_eq!(stage.system.asked(), [Asked::LookUp]);
        assert_eq!(stage.next_turn().await, SETTLING);
        assert_eq!(stage.system.asked(), [Asked::LookUp, Asked::Repeat]);
        assert_eq!(stage.payment(id).await.tries, nth);
    }
    stage.settle().await;
    assert_eq!(stage.system.asked(), [Asked::LookUp, Asked::LookUp]);
    let held = stage.payment(id).await;
    assert_eq!(held.state, DeliveryState::Held);
    assert_eq!(held.hold.unwrap().reason, HoldReason::Unclear);
    let diagnosis = stage.see(id).await.diagnosis;
    assert_eq!(diagnosis.code, DiagnosisCode::AccountingUnclear);
    assert_eq!(diagnosis.next_steps, [NextStep::Decide, NextStep::PostedByHand]);
    assert!(stage.see(id).await.needs_attention);
    assert!(stage.system.made().is_empty());
}

#[tokio::test]
async fn a_document_that_appears_late_is_found_and_never_made_again() {
    let stage = Stage::new(Class::LookUpOnly).await;
    let id = stage.paid().await;
    // A look-up right after the time-out would not have seen it; one a settling time later does.
    stage
        .system
        .plays([Play::DoLate(SETTLING - SignedDuration::from_secs(1))]);
    stage.settle().await;
    let payment = stage.payment(id).await;
    Stage::check(&payment, DeliveryState::Synced, None);
    assert_eq!(payment.linked_by, Some(MatchRule::OurKey));
    assert_eq!(payment.document_key.as_deref(), Some("guid-1"));
    assert_eq!(stage.system.made().len(), 1);
    assert!(stage.story(id).await.contains(&EventKind::DeliveryLinked));
}

#[tokio::test]
async fn a_good_answer_is_the_end_and_names_the_document() {
    for class in BOTH {
        let stage = Stage::new(class).await;
        let id = stage.paid().await;
        assert_eq!(stage.turn().await, [Delivered::Sent]);
        let payment = stage.payment(id).await;
        Stage::check(&payment, DeliveryState::Synced, None);
        assert_eq!(payment.document_ref.as_deref(), Some("No. guid-1"));
        assert_eq!(payment.document_key.as_deref(), Some("guid-1"));
        assert_eq!(reads(&stage, id).await, (DiagnosisCode::Synced, None));
        assert_eq!(stage.app.next_delivery_due("crm".to_owned()).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_page_that_is_no_answer_pauses_the_connection_after_three_in_a_row() {
    for class in BOTH {
        let stage = Stage::new(class).await;
        let mut ids = Vec::new();
        for _ in 0..5 {
            ids.push(stage.paid().await);
        }
        let page = said(
            Verdict::Unknown {
                reason: "the answer is a page, not JSON: check the address".to_owned(),
            },
            None,
        );
        let page = sverka_app::ports::accounting::Sent {
            http_status: Some(200),
            answer: Some("<html>".to_owned()),
            ..page
        };
        stage.system.plays(vec![Play::Say(page); 3]);
        let turns = stage.turn().await;
        let sent = turns.iter().filter(|turn| **turn == Delivered::Sent).count();
        assert_eq!(sent, 3, "{turns:?}");
        assert!(stage.connection().await.paused_until.is_some());
        assert_eq!(
            reads(&stage, ids[0]).await,
            (
                DiagnosisCode::AccountingInDoubt,
                text("the answer is a page, not JSON: check the address")
            )
        );
        assert_eq!(stage.payment(ids[3]).await.tries, 0);
        stage.settle().await;
        assert_eq!(stage.system.made().len(), 5);
    }
}

#[tokio::test]
async fn made_and_not_posted_only_the_posting_is_done_again() {
    for class in BOTH {
        let stage = Stage::new(class).await;
        let id = stage.paid().await;
        stage.system.plays([Play::Draft("the period is closed")]);
        stage.turn().await;
        Stage::check(
            &stage.payment(id).await,
            DeliveryState::NeedsAttention,
            Some("the period is closed"),
        );
        assert_eq!(
            reads(&stage, id).await,
            (DiagnosisCode::DocumentNotPosted, text("the period is closed"))
        );
        // Never by itself.
        assert_eq!(stage.app.next_delivery_due("crm".to_owned()).await.unwrap(), None);
        stage.system.asked();
        stage.resync(id).await;
        stage.turn().await;
        assert_eq!(stage.system.asked(), [Asked::Finish]);
        Stage::check(&stage.payment(id).await, DeliveryState::Synced, None);
        let made = stage.system.made();
        assert_eq!(made.len(), 1);
        assert!(made[0].document.is_posted);
    }
}

#[tokio::test]
async fn refused_for_good_a_person_reads_their_words_and_nothing_goes_again_by_itself() {
    for class in BOTH {
        let stage = Stage::new(class).await;
        let (id, next) = (stage.paid().await, stage.paid().await);
        let refused = Verdict::Refused {
            reason: "the contract is not filled in".to_owned(),
        };
        stage.system.plays([Play::Say(said(refused, None))]);
        stage.turn().await;
        Stage::check(
            &stage.payment(id).await,
            DeliveryState::NeedsAttention,
            Some("the contract is not filled in"),
        );
        assert_eq!(
            reads(&stage, id).await,
            (
                DiagnosisCode::AccountingRefused,
                text("the contract is not filled in")
            )
        );
        // The one behind it is not blocked.
        assert_eq!(stage.payment(next).await.state, DeliveryState::Synced);
        assert_eq!(stage.app.next_delivery_due("crm".to_owned()).await.unwrap(), None);
        let bodies = stage.system.bodies().len();
        stage.resync(id).await;
        stage.turn().await;
        assert_eq!(stage.payment(id).await.state, DeliveryState::Synced);
        let sent = stage.system.bodies();
        assert_eq!(sent[bodies], sent[0], "the same bytes");
    }
}
