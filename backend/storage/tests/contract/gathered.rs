//! What a transaction may keep back: it is written in the end as if each row had been written at once.

use std::sync::Arc;

use sverka_app::ports::store::{StoreError, Try, Tx};
use sverka_domain::delivery::{Delivery, DeliveryState};
use sverka_domain::ids::{AttemptId, DeliveryId, LeaseId};

use crate::harness::World;
use crate::samples::{at, attempt, begun, delivery, event, everything, full_attempt, full_delivery, id};

const ATTEMPT: fn() -> AttemptId = || AttemptId(id(100));

/// An attempt (100) with three deliveries, and another attempt (200).
async fn background(world: &World) {
    world
        .write(|tx| {
            tx.attempts().insert(&attempt(100), false)?;
            tx.attempts().insert(&attempt(200), false)?;
            (1..=3).try_for_each(|n| tx.deliveries().insert(&delivery(n, 100)))
        })
        .await;
}

fn ended(number: u32) -> Try {
    Try {
        ended_at: Some(at(301)),
        verdict: Some("applied".to_owned()),
        http_status: Some(200),
        answer: Some("{\"a\": \"\\ «»\"}".to_owned()),
        next_try_at: Some(at(400)),
        ..begun(&delivery(1, 100), number)
    }
}

pub(crate) async fn what_is_kept_back_is_there_in_the_end(world: Arc<World>) {
    background(&world).await;
    let changed: Vec<Delivery> = [full_delivery(2, 100, 1), full_delivery(3, 100, 1)]
        .into_iter()
        .map(|full| Delivery { version: 1, ..full })
        .collect();
    let mut other = full_attempt(200);
    other.version = 1;
    other.state.amount = attempt(200).state.amount;
    let (rows, row) = (changed.clone(), other.clone());
    let versions = world
        .write(move |tx| {
            tx.gather();
            let mut versions = Vec::new();
            for row in &rows {
                versions.push(tx.deliveries().save(row)?);
            }
            tx.deliveries()
                .begin_try(ATTEMPT(), &begun(&delivery(1, 100), 1))?;
            tx.deliveries()
                .begin_try(ATTEMPT(), &begun(&delivery(1, 100), 2))?;
            tx.deliveries().end_try(&ended(1))?;
            tx.events().append(&event(10, 100))?;
            tx.events().append(&event(11, 100))?;
            versions.push(tx.attempts().save(&row, true)?);
            Ok(versions)
        })
        .await;
    assert_eq!(versions, [2, 2, 2]);
    for row in changed {
        let expected = Delivery { version: 2, ..row };
        let key = expected.id;
        assert_eq!(
            world.read(move |tx| tx.deliveries().get(key)).await,
            Some(expected)
        );
    }
    let timeline = world.read(|tx| tx.events().list(ATTEMPT(), everything())).await;
    let told: Vec<_> = timeline.into_iter().map(|(event, ..)| event).collect();
    assert_eq!(told, [event(11, 100), event(10, 100)]);
    let saved = world
        .read(|tx| tx.attempts().get(AttemptId(id(200))))
        .await
        .unwrap();
    assert_eq!((saved.state, saved.version), (other.state, 2));
}

pub(crate) async fn what_is_kept_back_is_seen_by_who_reads(world: Arc<World>) {
    background(&world).await;
    let (seen, version) = world
        .write(|tx| {
            tx.gather();
            let mut row = Delivery {
                tries: 1,
                ..delivery(1, 100)
            };
            row.version = tx.deliveries().save(&row)?;
            let seen = tx.deliveries().get(row.id)?;
            row.tries = 2;
            row.version = tx.deliveries().save(&row)?;
            row.tries = 3;
            Ok((seen, tx.deliveries().save(&row)?))
        })
        .await;
    assert_eq!(seen.map(|row| (row.tries, row.version)), Some((1, 2)));
    let last = world.read(|tx| tx.deliveries().get(DeliveryId(id(1)))).await;
    assert_eq!(last.map(|row| (row.tries, row.version)), Some((3, version)));
    assert_eq!(version, 4);
}

pub(crate) async fn what_is_wrong_with_what_is_kept_back_undoes_all_of_it(world: Arc<World>) {
    background(&world).await;
    let older = |tx: &mut dyn Tx| {
        tx.gather();
        tx.deliveries().save(&Delivery {
            tries: 7,
            ..delivery(1, 100)
        })?;
        tx.deliveries().save(&Delivery {
            version: 5,
            ..delivery(2, 100)
        })
    };
    let refused = world.refused(older).await;
    assert!(matches!(refused, StoreError::Stale), "{refused:?}");
    let one_document = |tx: &mut dyn Tx| {
        tx.gather();
        for n in [1, 2] {
            tx.deliveries().save(&Delivery {
                tries: 7,
                document_key: Some("guid-1".to_owned()),
                ..delivery(n, 100)
            })?;
        }
        Ok(())
    };
    let refused = world.refused(one_document).await;
    assert!(matches!(refused, StoreError::Taken("document")), "{refused:?}");
    let no_try = |tx: &mut dyn Tx| {
        tx.gather();
        tx.deliveries().save(&Delivery {
            tries: 7,
            ..delivery(1, 100)
        })?;
        tx.deliveries().end_try(&ended(1))
    };
    let refused = world.refused(no_try).await;
    assert!(matches!(refused, StoreError::Failed(_)), "{refused:?}");
    let as_it_was = world.read(|tx| tx.deliveries().get(DeliveryId(id(1)))).await;
    assert_eq!(as_it_was, Some(delivery(1, 100)));
}

pub(crate) async fn what_is_due_is_taken_up_by_one_though_none_is_claimed(world: Arc<World>) {
    world
        .write(|tx| {
            tx.attempts().insert(&attempt(100), false)?;
            (1..=60).try_for_each(|n| {
                let due = Delivery {
                    next_try_at: at(0),
                    ..delivery(n, 100)
                };
                tx.deliveries().insert(&due)
            })
        })
        .await;
    let take = |tx: &mut dyn Tx| {
        let due = tx.deliveries().due("crm", at(1), 4)?;
        tx.gather();
        for row in &due {
            tx.deliveries().save(&Delivery {
                state: DeliveryState::Sending,
                lease: Some((LeaseId(id(7_000)), at(60))),
                ..row.clone()
            })?;
        }
        Ok(due)
    };
    let workers = (0..6).map(|_| {
        let world = world.clone();
        tokio::spawn(async move {
            let mut mine = Vec::new();
            for _ in 0..15 {
                mine.extend(world.write(take).await.into_iter().map(|row| row.id.0));
            }
            mine
        })
    });
    let mut all = Vec::new();
    for worker in workers.collect::<Vec<_>>() {
        all.extend(worker.await.unwrap());
    }
    all.sort_unstable();
    assert_eq!(all, (1..=60).map(id).collect::<Vec<_>>());
}
