//! What a person decides about what was found, against workers and against one another.

use sverka_app::attempts::DecideError;
use sverka_app::deliveries::Delivered;
use sverka_app::ports::accounting::Class;
use sverka_app::ports::store::EventKind;
use sverka_domain::delivery::{Attention, Decision, DeliveryState, HoldReason, MatchRule, Refusal};
use sverka_domain::diagnosis::DiagnosisCode;
use sverka_domain::ids::AttemptId;

use crate::stage::{AMOUNT, Stage, operator};
use crate::system::{Asked, Play};
use crate::words::{paper, silence};

fn link(key: &str) -> Decision {
    Decision::Link {
        document_key: key.to_owned(),
    }
}

/// A payment that is held because of these documents.
async fn held_by(class: Class, keys: &[&str]) -> (Stage, AttemptId) {
    let stage = Stage::new(class).await;
    for key in keys {
        stage.system.put(paper(key, MatchRule::ClientAmountDate, AMOUNT));
    }
    let id = stage.paid().await;
    stage.turn().await;
    assert_eq!(stage.payment(id).await.state, DeliveryState::Held);
    (stage, id)
}

#[tokio::test]
async fn this_is_it_links_the_document_and_sends_nothing() {
    let (stage, id) = held_by(Class::KeyEnforced, &["a", "b"]).await;
    let seen = stage.decide(id, link("b")).await.unwrap();
    assert_eq!(seen.diagnosis.code, DiagnosisCode::Synced);
    assert!(!seen.needs_attention);
    let payment = stage.payment(id).await;
    assert_eq!(payment.document_ref.as_deref(), Some("No. b"));
    assert_eq!(payment.linked_by, Some(MatchRule::ClientAmountDate));
    assert_eq!(payment.ruled_out, ["a"]);
    assert!(stage.turn().await.is_empty());
    assert!(stage.system.made().is_empty());
    assert_eq!(stage.story(id).await.last(), Some(&EventKind::Decision));
}

#[tokio::test]
async fn another_payment_is_sent_and_not_asked_about_again() {
    for class in [Class::KeyEnforced, Class::LookUpOnly] {
        let (stage, id) = held_by(class, &["a"]).await;
        stage.decide(id, Decision::Send).await.unwrap();
        stage.settle().await;
        Stage::check(&stage.payment(id).await, DeliveryState::Synced, None);
        assert_eq!(stage.system.made_for().len(), 1);
    }
}

#[tokio::test]
async fn put_off_it_is_looked_at_anew_then() {
    let (stage, id) = held_by(Class::KeyEnforced, &["a"]).await;
    let until = stage.now() + jiff::SignedDuration::from_hours(20);
    stage.decide(id, Decision::Postpone { until }).await.unwrap();
    assert!(stage.turn().await.is_empty());
    assert_eq!(stage.next_turn().await, jiff::SignedDuration::from_hours(20));
    assert_eq!(stage.payment(id).await.state, DeliveryState::Held);
}

#[tokio::test]
async fn a_document_of_another_payment_is_not_linked() {
    let (stage, first) = held_by(Class::KeyEnforced, &["a"]).await;
    let second = stage.paid().await;
    stage.turn().await;
    assert_eq!(stage.payment(second).await.state, DeliveryState::Held);
    stage.decide(first, link("a")).await.unwrap();
    let refused = stage.decide(second, link("a")).await.unwrap_err();
    assert!(matches!(refused, DecideError::LinkedElsewhere), "{refused:?}");
    stage.decide(second, Decision::Send).await.unwrap();
    stage.turn().await;
    assert_eq!(
        stage.payment(second).await.document_key.as_deref(),
        Some("guid-1")
    );
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_changes_nothing() {
    let (stage, id) = held_by(Class::KeyEnforced, &["a"]).await;
    let before = stage.payment(id).await;
    let client_key = "c".to_owned();
    let cases = [
        (link("z"), Refusal::NotAmongFound),
        (Decision::ChooseClient { client_key }, Refusal::UnfitDecision),
        (Decision::Dismiss, Refusal::UnfitDecision),
    ];
    for (decision, expected) in cases {
        let refused = stage.decide(id, decision).await.unwrap_err();
        assert!(
            matches!(refused, DecideError::Refused(refusal) if refusal == expected),
            "{refused:?}"
        );
    }
    assert_eq!(stage.payment(id).await, before);
    stage.decide(id, link("a")).await.unwrap();
    let late = stage.decide(id, Decision::Send).await.unwrap_err();
    assert!(matches!(late, DecideError::Refused(Refusal::NotHeld)), "{late:?}");
}

#[tokio::test]
async fn nobody_knows_and_a_person_has_it_sent_once_more() {
    let stage = Stage::new(Class::LookUpOnly).await;
    let id = stage.paid().await;
    stage.system.plays(vec![Play::Say(silence()); 3]);
    stage.settle().await;
    assert_eq!(stage.payment(id).await.hold.unwrap().reason, HoldReason::Unclear);
    stage.system.asked();
    stage.decide(id, Decision::Send).await.unwrap();
    stage.turn().await;
    assert_eq!(stage.system.asked(), [Asked::LookUp, Asked::Repeat]);
    assert_eq!(stage.payment(id).await.state, DeliveryState::Synced);
    assert_eq!(stage.system.made().len(), 1);
}

#[tokio::test]
async fn marked_by_hand_while_a_worker_is_about_to_send_nothing_is_sent() {
    for class in [Class::KeyEnforced, Class::LookUpOnly] {
        let stage = Stage::new(class).await;
        let id = stage.paid().await;
        let mut claimed = stage.claim().await;
        mark(&stage, id).await;
        let held = claimed.swap_remove(0);
        assert_eq!(stage.app.deliver(held).await.unwrap(), Delivered::Overtaken);
        assert!(stage.system.asked().is_empty());
    }
}

#[tokio::test]
async fn marked_by_hand_while_a_worker_searches_nothing_is_sent() {
    let stage = Stage::new(Class::LookUpOnly).await;
    let id = stage.paid().await;
    let held = stage.claim().await.swap_remove(0);
    stage.system.hang_in_search();
    let app = stage.app.clone();
    let worker = tokio::spawn(async move { app.deliver(held).await.unwrap() });
    stage.system.hangs.notified().await;
    mark(&stage, id).await;
    stage.system.go_on.notify_one();
    assert_eq!(worker.await.unwrap(), Delivered::Overtaken);
    assert_eq!(stage.system.asked(), [Asked::LookUp]);
    assert_eq!(stage.payment(id).await.state, DeliveryState::PostedByHand);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn posting_by_hand_and_sending_at_once_end_in_one_document_or_are_told() {
    let (mut by_hand, mut sent, mut both) = (0, 0, 0);
    for round in 0..60_u64 {
        let class = if round % 2 == 0 {
            Class::KeyEnforced
        } else {
            Class::LookUpOnly
        };
        let stage = Stage::new(class).await;
        let id = stage.paid().await;
        let held = stage.claim().await.swap_remove(0);
        let (app, person) = (stage.app.clone(), stage.app.clone());
        let version = stage.see(id).await.attempt.version;
        let worker = tokio::spawn(async move { app.deliver(held).await.unwrap() });
        tokio::time::sleep(std::time::Duration::from_micros(round * 60)).await;
        let marked = person.mark_posted(operator(), id, Stage::by_hand(version)).await;
        let delivered = worker.await.unwrap();
        let payment = stage.payment(id).await;
        match (payment.state, stage.system.made().len()) {
            (DeliveryState::PostedByHand, 0) => {
                assert_eq!(delivered, Delivered::Overtaken);
                by_hand += 1;
            }
            (DeliveryState::Synced, 1) => {
                assert!(marked.is_err(), "{marked:?}");
                sent += 1;
            }
            (DeliveryState::PostedByHand, 1) => {
                assert_eq!(payment.attention, Some(Attention::PostedTwice));
                assert_eq!(stage.see(id).await.diagnosis.code, DiagnosisCode::PostedTwice);
                both += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(by_hand + sent + both, 60);
    assert!(
        by_hand > 0,
        "the person was never first: {sent} sent, {both} both"
    );
}

async fn mark(stage: &Stage, id: AttemptId) {
    let version = stage.see(id).await.attempt.version;
    let mark = Stage::by_hand(version);
    stage.app.mark_posted(operator(), id, mark).await.unwrap();
}
