//! After it was passed on: a document that somebody entered while it was on its way.

use jiff::SignedDuration;
use sverka_app::ports::accounting::Class;
use sverka_app::ports::store::EventKind;
use sverka_domain::delivery::{Attention, Decision, FoundDocument, MatchRule};
use sverka_domain::diagnosis::{DiagnosisCode, NextStep};
use sverka_domain::ids::AttemptId;

use crate::stage::{AMOUNT, Stage};
use crate::system::{Asked, Play};
use crate::words::{paper, unreachable};

const DAY: i64 = 24 * 60 * 60;

/// Searches for doubles that are due. Returns how many were searched for.
async fn sweep(stage: &Stage) -> usize {
    let claimed = stage.app.claim_sweeps("crm".to_owned(), 10).await.unwrap();
    let swept = claimed.len();
    for delivery in claimed {
        stage.app.sweep(delivery).await.unwrap();
    }
    swept
}

async fn synced() -> (Stage, AttemptId) {
    let stage = Stage::new(Class::KeyEnforced).await;
    let id = stage.paid().await;
    stage.turn().await;
    stage.system.asked();
    (stage, id)
}

#[tokio::test]
async fn it_is_searched_for_after_some_minutes_and_in_three_nights() {
    let (stage, id) = synced().await;
    assert_eq!(sweep(&stage).await, 0);
    for nth in 1..=4 {
        let due = stage.payment(id).await.sweep_at.unwrap();
        let waits = due.duration_since(stage.now());
        let usual = if nth == 1 { 600 } else { DAY };
        assert!(waits >= SignedDuration::from_secs(usual), "{waits:?}");
        assert!(waits <= SignedDuration::from_secs(usual * 6 / 5), "{waits:?}");
        stage.advance(waits);
        assert_eq!(sweep(&stage).await, 1);
        assert_eq!(stage.system.asked(), [Asked::LookUp]);
        assert_eq!(stage.payment(id).await.sweeps, nth);
    }
    assert_eq!(stage.payment(id).await.sweep_at, None);
    assert_eq!(stage.app.next_sweep_due("crm".to_owned()).await.unwrap(), None);
    let seen = stage.see(id).await;
    assert_eq!(seen.diagnosis.code, DiagnosisCode::Synced);
    assert_eq!(
        stage.story(id).await.last(),
        Some(&EventKind::DeliverySent),
        "nothing to tell"
    );
}

#[tokio::test]
async fn a_document_entered_meanwhile_is_told_and_dismissed_once() {
    let (stage, id) = synced().await;
    stage
        .system
        .put(paper("manual", MatchRule::ClientAmountDate, AMOUNT));
    // A weak likeness is none, and neither is what is deleted.
    stage.system.put(paper("weak", MatchRule::AmountDate, AMOUNT));
    stage.system.put(FoundDocument {
        is_deleted: true,
        ..paper("deleted", MatchRule::ClientAmountDate, AMOUNT)
    });
    stage.seconds(800);
    sweep(&stage).await;
    let payment = stage.payment(id).await;
    assert_eq!(payment.attention, Some(Attention::ProbableDouble));
    let documents = payment.hold.unwrap().documents;
    assert_eq!(documents.len(), 1);
    assert_eq!(documents[0].key, "manual");
    let seen = stage.see(id).await;
    assert!(seen.needs_attention);
    assert_eq!(seen.diagnosis.code, DiagnosisCode::ProbableDouble);
    assert_eq!(
        seen.diagnosis.next_steps,
        [NextStep::FixInAccounting, NextStep::Decide]
    );
    assert_eq!(stage.story(id).await.last(), Some(&EventKind::DoubleFound));
    // Nothing is deleted, and nothing is sent.
    assert_eq!(stage.system.made().len(), 1);
    stage.decide(id, Decision::Dismiss).await.unwrap();
    assert!(!stage.see(id).await.needs_attention);
    stage.seconds(2 * DAY);
    assert_eq!(sweep(&stage).await, 1);
    assert_eq!(stage.payment(id).await.attention, None);
}

#[tokio::test]
async fn a_double_that_is_gone_over_there_is_no_trouble_any_more() {
    let (stage, id) = synced().await;
    stage
        .system
        .put(paper("manual", MatchRule::ClientAmountDate, AMOUNT));
    stage.seconds(800);
    sweep(&stage).await;
    let since = stage.payment(id).await.hold.unwrap().since;
    stage.seconds(2 * DAY);
    sweep(&stage).await;
    assert_eq!(stage.payment(id).await.hold.unwrap().since, since);
    stage.system.remove("manual");
    stage.seconds(2 * DAY);
    sweep(&stage).await;
    assert_eq!(stage.payment(id).await.attention, None);
    assert!(!stage.see(id).await.needs_attention);
    assert_eq!(stage.story(id).await.last(), Some(&EventKind::DoubleGone));
}

#[tokio::test]
async fn two_equal_payments_of_ours_are_no_doubles() {
    let (stage, first) = synced().await;
    let second = stage.paid().await;
    stage.turn().await;
    assert_eq!(stage.system.made().len(), 2);
    stage.seconds(800);
    assert_eq!(sweep(&stage).await, 2);
    for id in [first, second] {
        assert_eq!(stage.payment(id).await.attention, None);
    }
}

#[tokio::test]
async fn a_second_document_under_our_own_key_is_a_double() {
    let (stage, id) = synced().await;
    let ours = FoundDocument {
        is_ours: true,
        ..paper("guid-again", MatchRule::OurKey, AMOUNT)
    };
    stage.system.put(ours);
    stage.seconds(800);
    sweep(&stage).await;
    assert_eq!(
        stage.payment(id).await.hold.unwrap().documents[0].key,
        "guid-again"
    );
}

#[tokio::test]
async fn payments_go_first_and_a_failing_system_is_left_alone() {
    let (stage, id) = synced().await;
    stage.seconds(800);
    let waits = stage.paid().await;
    assert_eq!(sweep(&stage).await, 0);
    stage.system.plays([Play::Say(unreachable())]);
    stage.turn().await;
    assert_eq!(sweep(&stage).await, 0);
    stage.settle().await;
    assert!(stage.payment(waits).await.document_key.is_some());
    stage.system.searches_fail([unreachable()]);
    assert_eq!(sweep(&stage).await, 1);
    let state = stage.connection().await;
    assert_eq!(state.failures, 1);
    assert_eq!(stage.payment(id).await.sweeps, 0);
    // Its probe is good: it is searched for later.
    stage.seconds(10_000);
    stage.turn().await;
    assert_eq!(sweep(&stage).await, 2);
    assert_eq!(stage.payment(id).await.sweeps, 1);
}

#[tokio::test]
async fn a_search_whose_worker_died_comes_due_again() {
    let (stage, id) = synced().await;
    stage.seconds(800);
    assert_eq!(
        stage.app.claim_sweeps("crm".to_owned(), 10).await.unwrap().len(),
        1
    );
    assert_eq!(sweep(&stage).await, 0);
    stage.seconds(200);
    assert_eq!(sweep(&stage).await, 1);
    assert_eq!(stage.payment(id).await.sweeps, 1);
}
