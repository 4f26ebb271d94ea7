//! The documents of deliveries: linked once only, and searched for doubles in turn.

use std::sync::Arc;

use sverka_app::ports::store::{StoreError, Tx};
use sverka_domain::delivery::{Delivery, DeliveryState};
use sverka_domain::ids::{AttemptId, DeliveryId, LeaseId};

use crate::harness::World;
use crate::samples::{at, attempt, delivery, id};

async fn queue(world: &World, deliveries: Vec<Delivery>) {
    world
        .write(move |tx| {
            tx.attempts().insert(&attempt(100), false)?;
            deliveries
                .iter()
                .try_for_each(|delivery| tx.deliveries().insert(delivery))
        })
        .await;
}

fn linked_to(n: u128, document: &str) -> Delivery {
    Delivery {
        state: DeliveryState::Synced,
        document_key: Some(document.to_owned()),
        ..delivery(n, 100)
    }
}

fn to_sweep(n: u128, due: i64) -> Delivery {
    Delivery {
        sweep_at: Some(at(due)),
        ..linked_to(n, &format!("guid-{n}"))
    }
}

fn ids(deliveries: &[Delivery]) -> Vec<DeliveryId> {
    deliveries.iter().map(|delivery| delivery.id).collect()
}

fn nth(numbers: impl IntoIterator<Item = u128>) -> Vec<DeliveryId> {
    numbers.into_iter().map(|n| DeliveryId(id(n))).collect()
}

pub(crate) async fn deliveries_without_a_connection_are_listed_in_the_order_in_which_they_were_queued(
    world: Arc<World>,
) {
    let unrouted = |n| Delivery {
        connection: None,
        ..delivery(n, 100)
    };
    queue(
        &world,
        vec![unrouted(5), delivery(3, 100), unrouted(1), unrouted(2)],
    )
    .await;
    let first = world.read(|tx| tx.deliveries().unrouted(i64::MIN, 2)).await;
    assert_eq!(first.iter().map(|one| one.id).collect::<Vec<_>>(), nth([5, 1]));
    assert!(first.iter().all(|one| one.attempt_id == AttemptId(id(100))));
    let after = first[1].place;
    let rest = world.read(move |tx| tx.deliveries().unrouted(after, 9)).await;
    assert_eq!(rest.iter().map(|one| one.id).collect::<Vec<_>>(), nth([2]));
    let after = rest[0].place;
    assert!(
        world
            .read(move |tx| tx.deliveries().unrouted(after, 9))
            .await
            .is_empty()
    );
}

pub(crate) async fn linked_documents_are_told_with_whose_they_are(world: Arc<World>) {
    let elsewhere = Delivery {
        connection: Some("erp".to_owned()),
        ..linked_to(3, "a")
    };
    queue(&world, vec![linked_to(1, "a"), linked_to(2, "b"), elsewhere]).await;
    let asked = ["a", "b", "c"].map(str::to_owned);
    let mut linked = world.read(move |tx| tx.deliveries().linked("crm", &asked)).await;
    linked.sort();
    let expected = [
        ("a".to_owned(), DeliveryId(id(1))),
        ("b".to_owned(), DeliveryId(id(2))),
    ];
    assert_eq!(linked, expected);
    assert!(
        world
            .read(|tx| tx.deliveries().linked("crm", &[]))
            .await
            .is_empty()
    );
}

pub(crate) async fn a_document_is_linked_once_in_a_connection(world: Arc<World>) {
    queue(&world, vec![linked_to(1, "a"), delivery(2, 100)]).await;
    let refused = world.refused(|tx| tx.deliveries().save(&linked_to(2, "a"))).await;
    assert!(matches!(refused, StoreError::Taken("document")), "{refused:?}");
    world.write(|tx| tx.deliveries().save(&linked_to(2, "b"))).await;
}

pub(crate) async fn a_held_or_refused_delivery_blocks_nobody(world: Arc<World>) {
    let in_state = |n, state| Delivery {
        state,
        next_try_at: at(1),
        ..delivery(n, 100)
    };
    let refund = Delivery {
        after: Some(DeliveryId(id(1))),
        ..in_state(3, DeliveryState::Queued)
    };
    let rows = vec![
        in_state(1, DeliveryState::Held),
        in_state(2, DeliveryState::NeedsAttention),
        refund,
        in_state(4, DeliveryState::Queued),
    ];
    queue(&world, rows).await;
    let claimed = world
        .write(|tx| {
            tx.deliveries()
                .claim_due("crm", at(10), (LeaseId(id(7_000)), at(70)), 9)
        })
        .await;
    // Only the refund of the held payment waits with it.
    assert_eq!(ids(&claimed), nth([4]));
}

pub(crate) async fn doubles_are_searched_for_longest_due_first(world: Arc<World>) {
    let elsewhere = Delivery {
        connection: Some("erp".to_owned()),
        ..to_sweep(9, 1)
    };
    let rows = vec![
        to_sweep(1, 30),
        to_sweep(2, 10),
        to_sweep(3, 20),
        to_sweep(4, 40),
        elsewhere,
    ];
    queue(&world, rows).await;
    assert_eq!(
        world.read(|tx| tx.deliveries().next_sweep("crm")).await,
        Some(at(10))
    );
    assert_eq!(world.read(|tx| tx.deliveries().next_sweep("none")).await, None);
    let claimed = world.write(claim(30, 2)).await;
    assert_eq!(ids(&claimed), nth([2, 3]));
    assert_eq!(claimed[0].sweep_at, Some(at(90)));
    assert_eq!(claimed[0].version, 2);
    assert_eq!(ids(&world.write(claim(30, 2)).await), nth([1]));
    assert_eq!(
        world.read(|tx| tx.deliveries().next_sweep("crm")).await,
        Some(at(40))
    );
    // Whoever took them died: they come due again.
    assert_eq!(ids(&world.write(claim(90, 9)).await), nth([4, 1, 2, 3]));
}

pub(crate) async fn concurrent_searches_share_no_delivery(world: Arc<World>) {
    queue(&world, (1..=40).map(|n| to_sweep(n, 1)).collect()).await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let world = world.clone();
        tasks.spawn(async move { world.write(claim(10, 10)).await });
    }
    let mut all: Vec<DeliveryId> = tasks.join_all().await.iter().flat_map(|some| ids(some)).collect();
    all.sort();
    let taken = all.len();
    all.dedup();
    assert_eq!(all.len(), taken, "a delivery was taken twice");
    assert!(taken > 0);
}

fn claim(
    now: i64,
    limit: u32,
) -> impl FnOnce(&mut dyn Tx) -> Result<Vec<Delivery>, StoreError> + Send + 'static {
    move |tx| tx.deliveries().claim_sweeps("crm", at(now), at(now + 60), limit)
}
