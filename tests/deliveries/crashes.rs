//! The program dies at any point, and starts anew over the same store: one document where the key is enforced; where
//! it is not, one at most, and what is not certain stands in a list.

use jiff::SignedDuration;
use sverka_app::deliveries::Claimed;
use sverka_app::ports::accounting::Class;
use sverka_domain::delivery::{DeliveryState, HoldReason};
use sverka_domain::ids::AttemptId;

use crate::stage::Stage;
use crate::system::{Asked, Play, SETTLING};

const BOTH: [Class; 2] = [Class::KeyEnforced, Class::LookUpOnly];
/// Longer than any lease here.
const LEASE_IS_OVER: SignedDuration = SignedDuration::from_secs(200);

/// Works on a delivery until the other side hangs, and dies there.
async fn die_there(stage: &Stage, held: Claimed) {
    let app = stage.app.clone();
    let worker = tokio::spawn(async move { app.deliver(held).await });
    stage.system.hangs.notified().await;
    worker.abort();
    assert!(worker.await.unwrap_err().is_cancelled());
}

/// What the next start does, once the leases are over.
async fn start_anew(stage: &mut Stage) {
    stage.restart(None);
    assert!(stage.turn().await.is_empty(), "the lease still runs");
    stage.advance(LEASE_IS_OVER);
    stage.app.recover_lost_deliveries().await.unwrap();
    stage.settle().await;
}

async fn is_synced_once(stage: &Stage, id: AttemptId) {
    Stage::check(&stage.payment(id).await, DeliveryState::Synced, None);
    assert_eq!(stage.system.made().len(), 1);
}

#[tokio::test]
async fn dead_after_the_claim_nothing_happened() {
    for class in BOTH {
        let mut stage = Stage::new(class).await;
        let id = stage.paid().await;
        let claimed = stage.claim().await;
        assert_eq!(claimed.len(), 1);
        start_anew(&mut stage).await;
        let payment = stage.payment(id).await;
        assert_eq!((payment.tries, payment.doubts), (1, 0));
        is_synced_once(&stage, id).await;
    }
}

#[tokio::test]
async fn dead_in_the_search_the_delivery_is_as_it_was() {
    for class in BOTH {
        let mut stage = Stage::new(class).await;
        let id = stage.paid().await;
        let held = stage.claim().await.swap_remove(0);
        stage.system.hang_in_search();
        die_there(&stage, held).await;
        let payment = stage.payment(id).await;
        assert_eq!((payment.state, payment.tries), (DeliveryState::Queued, 0));
        start_anew(&mut stage).await;
        assert_eq!(stage.payment(id).await.doubts, 0);
        is_synced_once(&stage, id).await;
    }
}

#[tokio::test]
async fn dead_after_the_intent_and_before_the_bytes() {
    for class in BOTH {
        let mut stage = Stage::new(class).await;
        let id = stage.paid().await;
        stage.system.plays([Play::HangBefore]);
        let held = stage.claim().await.swap_remove(0);
        die_there(&stage, held).await;
        assert_eq!(stage.payment(id).await.state, DeliveryState::Sending);
        start_anew(&mut stage).await;
        is_synced_once(&stage, id).await;
    }
}

#[tokio::test]
async fn dead_after_the_bytes_and_before_the_verdict() {
    for class in BOTH {
        let mut stage = Stage::new(class).await;
        let id = stage.paid().await;
        stage.system.plays([Play::HangAfter]);
        let held = stage.claim().await.swap_remove(0);
        die_there(&stage, held).await;
        stage.system.asked();
        start_anew(&mut stage).await;
        let asked = stage.system.asked();
        match class {
            // The repeat is the check.
            Class::KeyEnforced => assert_eq!(asked, [Asked::Repeat]),
            Class::LookUpOnly => assert_eq!(asked, [Asked::LookUp]),
        }
        is_synced_once(&stage, id).await;
    }
}

#[tokio::test]
async fn dead_while_the_other_side_still_works_on_it() {
    let stage = Stage::new(Class::LookUpOnly).await;
    let id = stage.paid().await;
    // Longer than the lease, and within the time a request may live over there after we noticed.
    stage.system.plays([Play::DoLate(
        LEASE_IS_OVER + SETTLING - SignedDuration::from_secs(1),
    )]);
    let held = stage.claim().await.swap_remove(0);
    stage.app.deliver(held).await.unwrap();
    stage.advance(LEASE_IS_OVER);
    stage.settle().await;
    is_synced_once(&stage, id).await;
}

#[tokio::test]
async fn dead_again_and_again_where_only_a_look_up_helps_ends_in_a_list() {
    let mut stage = Stage::new(Class::LookUpOnly).await;
    let id = stage.paid().await;
    for _ in 0..3 {
        stage.system.plays([Play::HangBefore]);
        let held = next_to_send(&stage).await;
        die_there(&stage, held).await;
        stage.restart(None);
        stage.advance(LEASE_IS_OVER);
        assert_eq!(stage.app.recover_lost_deliveries().await.unwrap(), 1);
    }
    stage.settle().await;
    let payment = stage.payment(id).await;
    assert_eq!(payment.hold.unwrap().reason, HoldReason::Unclear);
    assert!(stage.see(id).await.needs_attention);
    assert!(stage.system.made().is_empty());
}

/// Lets the look-ups pass, and claims what is going to be sent.
async fn next_to_send(stage: &Stage) -> Claimed {
    for _ in 0..10 {
        let mut claimed = stage.claim().await;
        let Some(held) = claimed.pop() else {
            let due = stage
                .app
                .next_delivery_due("crm".to_owned())
                .await
                .unwrap()
                .unwrap();
            stage.advance(due.duration_since(stage.now()));
            continue;
        };
        let delivery = &held.delivery;
        if delivery.doubts == 0 || delivery.look_ups > 0 {
            return held;
        }
        stage.app.deliver(held).await.unwrap();
    }
    panic!("nothing is going to be sent");
}

#[tokio::test]
async fn dead_at_any_of_many_points_each_payment_is_there_once() {
    for class in BOTH {
        let mut stage = Stage::new(class).await;
        let mut ids = Vec::new();
        for nth in 0..40 {
            ids.push(stage.paid().await);
            let play = match nth % 4 {
                0 => Play::HangBefore,
                1 => Play::HangAfter,
                2 => Play::DoLate(SignedDuration::from_secs(100)),
                _ => Play::DoLate(SignedDuration::ZERO),
            };
            stage.system.plays([play]);
        }
        // Those that hang die; the others are not heard of.
        while stage.system.bodies().len() < ids.len() {
            let claimed = stage.claim().await;
            if claimed.is_empty() {
                stage.seconds(3_600);
                stage.app.recover_lost_deliveries().await.unwrap();
                continue;
            }
            for held in claimed {
                let app = stage.app.clone();
                let worker = tokio::spawn(async move { app.deliver(held).await });
                tokio::select! {
                    () = stage.system.hangs.notified() => worker.abort(),
                    () = tokio::time::sleep(std::time::Duration::from_millis(400)) => {}
                }
                let _ = worker.await;
            }
        }
        stage.restart(None);
        stage.advance(LEASE_IS_OVER);
        stage.app.recover_lost_deliveries().await.unwrap();
        stage.settle().await;
        let mut made_for = stage.system.made_for();
        let made = made_for.len();
        made_for.sort();
        made_for.dedup();
        assert_eq!(made, made_for.len(), "a payment stands there twice");
        let mut held = 0;
        for id in &ids {
            match stage.payment(*id).await.state {
                DeliveryState::Synced => {}
                DeliveryState::Held => held += 1,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(made + held, ids.len());
        if class == Class::KeyEnforced {
            assert_eq!(held, 0);
        }
    }
}
