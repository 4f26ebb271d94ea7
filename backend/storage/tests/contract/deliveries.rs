//! Deliveries: claimed once, in turn, and never lost with their worker.

use std::sync::Arc;

use sverka_app::ports::store::{ConnectionState, StoreError, Try, Tx};
use sverka_domain::delivery::{Delivery, DeliveryState};
use sverka_domain::ids::{AttemptId, DeliveryId, LeaseId};

use crate::harness::World;
use crate::samples::{at, attempt, begun, delivery, full_delivery, id};

/// An attempt (100), and these deliveries of it.
async fn queue(world: &World, deliveries: Vec<Delivery>) {
    world
        .write(move |tx| {
            if tx.attempts().get(AttemptId(id(100)))?.is_none() {
                tx.attempts().insert(&attempt(100), false)?;
            }
            deliveries
                .iter()
                .try_for_each(|delivery| tx.deliveries().insert(delivery))
        })
        .await;
}

fn claim(
    now: i64,
    limit: u32,
) -> impl FnOnce(&mut dyn Tx) -> Result<Vec<Delivery>, StoreError> + Send + 'static {
    move |tx| {
        tx.deliveries()
            .claim_due("crm", at(now), (LeaseId(id(7_000)), at(now + 60)), limit)
    }
}

fn ids(deliveries: &[Delivery]) -> Vec<u128> {
    deliveries
        .iter()
        .map(|delivery| delivery.id.0.as_u128() - id(0).as_u128())
        .collect()
}

pub(crate) async fn every_field_of_a_delivery_comes_back(world: Arc<World>) {
    let kept = [delivery(1, 100), full_delivery(2, 100, 1)];
    queue(&world, kept.to_vec()).await;
    for one in kept {
        let key = one.id;
        assert_eq!(
            world.read(move |tx| tx.deliveries().get(key)).await,
            Some(one.clone())
        );
        let version = world
            .write({
                let one = one.clone();
                move |tx| tx.deliveries().save(&one)
            })
            .await;
        assert_eq!(version, one.version + 1);
    }
    assert_eq!(
        world.read(|tx| tx.deliveries().get(DeliveryId(id(9)))).await,
        None
    );
}

pub(crate) async fn a_saved_delivery_is_as_it_was_given(world: Arc<World>) {
    queue(&world, vec![delivery(1, 100), delivery(2, 100)]).await;
    let mut changed = full_delivery(2, 100, 1);
    changed.version = 1;
    let row = changed.clone();
    world.write(move |tx| tx.deliveries().save(&row)).await;
    changed.version = 2;
    let row = changed.clone();
    assert_eq!(
        world.read(move |tx| tx.deliveries().get(row.id)).await,
        Some(changed)
    );
    let refused = world.refused(|tx| tx.deliveries().save(&delivery(2, 100))).await;
    assert!(matches!(refused, StoreError::Stale), "{refused:?}");
}

pub(crate) async fn deliveries_come_in_the_order_in_which_they_were_queued(world: Arc<World>) {
    // The refund has the lesser identifier and the same time.
    let mut refund = full_delivery(1, 100, 2);
    refund.created_at = at(2);
    queue(&world, vec![delivery(2, 100), refund, delivery(3, 100)]).await;
    let of_one = world
        .write(|tx| tx.deliveries().of_attempt(AttemptId(id(100))))
        .await;
    assert_eq!(ids(&of_one), [2, 1, 3]);
    world.write(|tx| tx.attempts().insert(&attempt(200), false)).await;
    world.write(|tx| tx.deliveries().insert(&delivery(4, 200))).await;
    let of_both = world
        .read(|tx| {
            tx.deliveries()
                .of_attempts(&[AttemptId(id(200)), AttemptId(id(100)), AttemptId(id(9))])
        })
        .await;
    assert_eq!(ids(&of_both), [2, 1, 3, 4]);
    assert!(world.read(|tx| tx.deliveries().of_attempts(&[])).await.is_empty());
}

pub(crate) async fn only_what_is_due_is_claimed_oldest_first(world: Arc<World>) {
    let with = |n, state, next: i64| Delivery {
        state,
        next_try_at: at(next),
        ..delivery(n, 100)
    };
    let other = Delivery {
        connection: Some("erp".to_owned()),
        ..with(8, DeliveryState::Queued, 1)
    };
    let unrouted = Delivery {
        connection: None,
        ..with(9, DeliveryState::Queued, 1)
    };
    queue(
        &world,
        vec![
            with(3, DeliveryState::InDoubt, 5),
            with(1, DeliveryState::Queued, 10),
            with(2, DeliveryState::Retrying, 9),
            with(4, DeliveryState::Queued, 11),
            with(5, DeliveryState::Sending, 1),
            with(6, DeliveryState::Synced, 1),
            with(7, DeliveryState::NeedsAttention, 1),
            with(10, DeliveryState::PostedByHand, 1),
            with(11, DeliveryState::Withdrawn, 1),
            other,
            unrouted,
        ],
    )
    .await;
    assert_eq!(
        world.read(|tx| tx.deliveries().next_due("crm", at(0))).await,
        Some(at(5))
    );
    assert_eq!(world.read(|tx| tx.deliveries().backlog("crm")).await, 5);
    let claimed = world.write(claim(10, 2)).await;
    assert_eq!(ids(&claimed), [1, 2]);
    let expected = Delivery {
        lease: Some((LeaseId(id(7_000)), at(70))),
        version: 2,
        ..with(1, DeliveryState::Queued, 10)
    };
    assert_eq!(claimed[0], expected);
    assert_eq!(
        world.read(|tx| tx.deliveries().get(DeliveryId(id(1)))).await,
        Some(expected)
    );
    assert_eq!(ids(&world.write(claim(10, 9)).await), [3]);
    assert_eq!(
        world.read(|tx| tx.deliveries().next_due("crm", at(10))).await,
        Some(at(11))
    );
    assert!(world.write(claim(10, 9)).await.is_empty());
}

pub(crate) async fn an_ended_lease_frees_a_delivery(world: Arc<World>) {
    queue(
        &world,
        vec![Delivery {
            next_try_at: at(0),
            ..delivery(1, 100)
        }],
    )
    .await;
    assert_eq!(world.write(claim(10, 9)).await.len(), 1);
    assert_eq!(world.write(claim(69, 9)).await.len(), 0);
    assert_eq!(
        world.read(|tx| tx.deliveries().next_due("crm", at(69))).await,
        None
    );
    assert_eq!(
        world.read(|tx| tx.deliveries().next_due("crm", at(70))).await,
        Some(at(0))
    );
    let again = world.write(claim(70, 9)).await;
    assert_eq!((again.len(), again[0].version), (1, 3));
}

pub(crate) async fn a_refund_waits_for_its_payment(world: Arc<World>) {
    let payment = Delivery {
        next_try_at: at(0),
        ..delivery(1, 100)
    };
    let refund = Delivery {
        after: Some(payment.id),
        next_try_at: at(0),
        ..delivery(2, 100)
    };
    queue(&world, vec![payment.clone(), refund]).await;
    assert_eq!(ids(&world.write(claim(1, 9)).await), [1]);
    let mut version = 2;
    for (state, claimed) in [
        (DeliveryState::Sending, vec![]),
        (DeliveryState::InDoubt, vec![]),
        (DeliveryState::NeedsAttention, vec![]),
        (DeliveryState::Withdrawn, vec![]),
        (DeliveryState::PostedByHand, vec![2]),
        (DeliveryState::Synced, vec![2]),
    ] {
        // The payment itself is kept from being due.
        let row = Delivery {
            state,
            version,
            next_try_at: at(9_999),
            ..payment.clone()
        };
        version = world.write(move |tx| tx.deliveries().save(&row)).await;
        // Later than any lease of the rounds before.
        let now = i64::from(u8::try_from(version).unwrap()) * 1_000;
        let due = world
            .read(move |tx| tx.deliveries().next_due("crm", at(now)))
            .await;
        assert_eq!(due == Some(at(0)), !claimed.is_empty(), "{state}");
        assert_eq!(ids(&world.write(claim(now, 9)).await), claimed, "{state}");
    }
}

pub(crate) async fn concurrent_claims_share_no_delivery(world: Arc<World>) {
    let due = |n| Delivery {
        next_try_at: at(0),
        ..delivery(n, 100)
    };
    queue(&world, (1..=60).map(due).collect()).await;
    let workers: Vec<_> = (0..6)
        .map(|_| {
            let world = world.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                for _ in 0..5 {
                    mine.extend(ids(&world.write(claim(1, 3)).await));
                }
                mine
            })
        })
        .collect();
    let mut all = Vec::new();
    for worker in workers {
        all.extend(worker.await.unwrap());
    }
    all.sort_unstable();
    assert_eq!(all, (1..=60).collect::<Vec<u128>>());
}

pub(crate) async fn what_a_dead_worker_was_sending_is_found(world: Arc<World>) {
    let sending = |n, until| Delivery {
        state: DeliveryState::Sending,
        lease: Some((LeaseId(id(50)), at(until))),
        ..delivery(n, 100)
    };
    let queued = Delivery {
        state: DeliveryState::Queued,
        ..sending(4, 1)
    };
    queue(
        &world,
        vec![sending(1, 20), sending(2, 10), sending(3, 30), queued],
    )
    .await;
    let lost = |now, limit| move |tx: &mut dyn Tx| tx.deliveries().lost(at(now), limit);
    assert_eq!(ids(&world.write(lost(30, 9)).await), [2, 1]);
    assert_eq!(ids(&world.read(lost(99, 2)).await), [2, 1]);
    assert!(world.read(lost(10, 9)).await.is_empty());
}

pub(crate) async fn a_try_is_begun_and_then_ended(world: Arc<World>) {
    queue(&world, vec![delivery(1, 100)]).await;
    let started = begun(&delivery(1, 100), 1);
    let row = started.clone();
    world
        .write(move |tx| tx.deliveries().begin_try(AttemptId(id(100)), &row))
        .await;
    let ended = Try {
        ended_at: Some(at(301)),
        verdict: Some("unknown".to_owned()),
        http_status: Some(u16::MAX),
        answer: Some("«\0»".to_owned()),
        next_try_at: Some(at(400)),
        ..started
    };
    world.write(move |tx| tx.deliveries().end_try(&ended)).await;
    let refused = world
        .refused(|tx| tx.deliveries().end_try(&begun(&delivery(1, 100), 2)))
        .await;
    assert!(matches!(refused, StoreError::Failed(_)), "{refused:?}");
    let twice = world
        .refused(|tx| {
            tx.deliveries()
                .begin_try(AttemptId(id(100)), &begun(&delivery(1, 100), 1))
        })
        .await;
    assert!(matches!(twice, StoreError::Failed(_)), "{twice:?}");
}

pub(crate) async fn the_state_of_a_connection_is_its_default_until_it_is_written(world: Arc<World>) {
    let default = ConnectionState {
        name: "crm".to_owned(),
        ..ConnectionState::default()
    };
    assert_eq!(world.read(|tx| tx.deliveries().connection("crm")).await, default);
    assert_eq!(world.write(|tx| tx.deliveries().connection("crm")).await, default);
    assert!(world.read(|tx| tx.deliveries().connections()).await.is_empty());
    let failing = ConnectionState {
        failures: 3,
        failing_since: Some(at(1)),
        paused_until: Some(at(2)),
        stopped: Some("ключ не принят".to_owned()),
        last_error: Some("401".to_owned()),
        ..default.clone()
    };
    for state in [failing, default] {
        let row = state.clone();
        world.write(move |tx| tx.deliveries().save_connection(&row)).await;
        assert_eq!(world.read(|tx| tx.deliveries().connection("crm")).await, state);
        assert_eq!(world.read(|tx| tx.deliveries().connections()).await, [state]);
    }
}

pub(crate) async fn failures_of_a_connection_are_counted_one_after_the_other(world: Arc<World>) {
    let workers: Vec<_> = (0..8)
        .map(|_| {
            let world = world.clone();
            tokio::spawn(async move {
                world
                    .write(|tx| {
                        let mut state = tx.deliveries().connection("crm")?;
                        state.failures += 1;
                        tx.deliveries().save_connection(&state)
                    })
                    .await;
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    assert_eq!(
        world.read(|tx| tx.deliveries().connection("crm")).await.failures,
        8
    );
}
