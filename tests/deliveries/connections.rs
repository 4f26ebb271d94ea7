//! Connections: on probation after an outage, paused by a person, and which payments go through which.

use std::sync::Arc;

use sverka_app::deliveries::Delivered;
use sverka_app::ports::accounting::{Class, Takes};
use sverka_app::ports::store::ByHand;
use sverka_domain::delivery::DeliveryState;
use sverka_domain::diagnosis::DiagnosisCode;
use sverka_domain::status::BankStatus;

use crate::stage::{Stage, connection};
use crate::system::{Asked, Play, System};
use crate::words::{silence, unreachable};

fn of_type(payment_type: &str) -> Takes {
    Takes {
        payment_types: vec![payment_type.to_owned()],
        ..Takes::default()
    }
}

#[tokio::test]
async fn after_a_pause_a_cheap_read_comes_first_and_then_one_payment() {
    let stage = Stage::new(Class::KeyEnforced).await;
    for _ in 0..12 {
        stage.paid().await;
    }
    stage.system.plays(vec![Play::Say(silence()); 5]);
    stage.turn().await;
    stage.system.asked();
    // It reads well and does not write: one payment a turn, and the pauses grow.
    stage.system.plays([Play::Say(silence())]);
    let due = stage
        .app
        .next_delivery_due("crm".to_owned())
        .await
        .unwrap()
        .unwrap();
    stage.advance(due.duration_since(stage.now()));
    let claimed = stage.claim().await;
    assert_eq!(claimed.len(), 1);
    for held in claimed {
        assert_eq!(stage.app.deliver(held).await.unwrap(), Delivered::Sent);
    }
    assert_eq!(stage.system.asked(), [Asked::Probe, Asked::Repeat]);
    let state = stage.connection().await;
    assert_eq!(state.failures, 6);
    assert!(state.paused_until.unwrap() > stage.now());
    assert!(stage.claim().await.is_empty());
    stage.settle().await;
    assert_eq!(stage.connection().await.failures, 0);
    assert_eq!(stage.system.made_for().len(), 12);
}

#[tokio::test]
async fn a_connection_with_nothing_to_pass_on_is_well_again_by_its_probe_alone() {
    let stage = Stage::new(Class::KeyEnforced).await;
    let id = stage.paid().await;
    stage.system.searches_fail([unreachable()]);
    stage.turn().await;
    let version = stage.see(id).await.attempt.version;
    let mark = Stage::by_hand(version);
    stage
        .app
        .mark_posted(crate::stage::operator(), id, mark)
        .await
        .unwrap();
    assert_eq!(stage.connection().await.failures, 1);
    stage.seconds(60);
    stage.system.asked();
    assert!(stage.turn().await.is_empty());
    assert_eq!(stage.system.asked(), [Asked::Probe]);
    let state = stage.connection().await;
    assert_eq!((state.failures, state.last_good_at), (0, Some(stage.now())));
}

#[tokio::test]
async fn what_a_batch_still_holds_is_given_back_when_the_connection_fails() {
    let stage = Stage::new(Class::KeyEnforced).await;
    for _ in 0..5 {
        stage.paid().await;
    }
    stage.system.searches_fail([unreachable()]);
    let turns = stage.turn().await;
    assert_eq!(turns[0], Delivered::Settled);
    assert!(
        turns[1..].iter().all(|turn| *turn == Delivered::Waits),
        "{turns:?}"
    );
    // One blip is one failure, not five.
    assert_eq!(stage.connection().await.failures, 1);
    assert_eq!(stage.system.asked(), [Asked::LookUp]);
    stage.settle().await;
    assert_eq!(stage.system.made_for().len(), 5);
}

#[tokio::test]
async fn a_person_pauses_a_connection_and_nothing_goes_not_even_what_was_claimed() {
    let stage = Stage::new(Class::KeyEnforced).await;
    let id = stage.paid().await;
    let mut claimed = stage.claim().await;
    let since = stage.now();
    stage
        .write(move |tx| {
            let mut state = tx.deliveries().connection("crm")?;
            state.held = Some(ByHand {
                since,
                by: "Олег".to_owned(),
                why: "the base is being updated".to_owned(),
            });
            tx.deliveries().save_connection(&state)
        })
        .await;
    let held = claimed.swap_remove(0);
    assert_eq!(stage.app.deliver(held).await.unwrap(), Delivered::Waits);
    stage.seconds(10_000);
    assert!(stage.turn().await.is_empty());
    assert!(stage.system.asked().is_empty());
    assert_eq!(stage.app.next_delivery_due("crm".to_owned()).await.unwrap(), None);
    let diagnosis = stage.see(id).await.diagnosis;
    assert_eq!(diagnosis.code, DiagnosisCode::AccountingUnavailable);
    assert_eq!(diagnosis.detail.as_deref(), Some("the base is being updated"));
    stage
        .write(|tx| {
            let mut state = tx.deliveries().connection("crm")?;
            state.held = None;
            tx.deliveries().save_connection(&state)
        })
        .await;
    stage.turn().await;
    assert_eq!(stage.payment(id).await.state, DeliveryState::Synced);
}

#[tokio::test]
async fn each_payment_goes_through_the_first_connection_that_takes_it() {
    let system = Arc::new(System::new(Class::KeyEnforced));
    let crm = connection("crm", of_type("membership"), system.clone());
    let erp = connection("erp", Takes::default(), system.clone());
    let stage = Stage::with(system, vec![crm, erp]).await;
    let (membership, massage) = (stage.paid().await, stage.paid_for("massage").await);
    assert_eq!(stage.payment(membership).await.connection.as_deref(), Some("crm"));
    assert_eq!(stage.payment(massage).await.connection.as_deref(), Some("erp"));
}

#[tokio::test]
async fn payments_without_a_connection_are_given_theirs_and_refunds_follow() {
    let system = Arc::new(System::new(Class::KeyEnforced));
    let mut stage = Stage::with(system.clone(), Vec::new()).await;
    let mut ids = Vec::new();
    for nth in 0..250 {
        let payment_type = if nth % 5 == 0 { "massage" } else { "membership" };
        ids.push((payment_type, stage.paid_for(payment_type).await));
    }
    let refunded = ids[1].1;
    stage.set(refunded, BankStatus::Refunded).await;
    let diagnosis = stage.see(ids[0].1).await.diagnosis;
    assert_eq!(diagnosis.code, DiagnosisCode::AccountingNotConfigured);
    let crm = connection("crm", of_type("membership"), system);
    stage.restart(Some(vec![crm]));
    assert_eq!(stage.app.adopt_unrouted_deliveries().await.unwrap(), 201);
    assert_eq!(stage.app.adopt_unrouted_deliveries().await.unwrap(), 0);
    for (payment_type, id) in &ids {
        let expected = (*payment_type == "membership").then_some("crm");
        for delivery in stage.deliveries(*id).await {
            assert_eq!(delivery.connection.as_deref(), expected);
        }
    }
    stage.settle().await;
    assert_eq!(stage.system.made_for().len(), 201);
    let of_one = stage.deliveries(refunded).await;
    assert!(
        of_one
            .iter()
            .all(|delivery| delivery.state == DeliveryState::Synced)
    );
}
