//! Work that comes in crowds: whoever shares a transaction with others neither sees nor harms them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;
use sverka_app::ports::store::{Needs, NotificationVerdict as Verdict, Received, StoreError, Tx};
use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::Delivery;
use sverka_domain::ids::{AttemptId, NotificationId};

use crate::harness::World;
use crate::samples::{
    account, at, delivery, digest, event, everything, full_attempt, id, notification, paid,
};

const CROWD: u128 = 150;

fn needs(n: u128) -> Needs {
    Needs {
        notification: Some((account(), digest(u8::try_from(n).unwrap()))),
        order_number: Some(format!("A-{n}")),
        bank_order_id: None,
    }
}

/// What a genuine notification of a payment does.
fn pay(tx: &mut dyn Tx, n: u128) -> Result<Received, StoreError> {
    let received = tx
        .notifications()
        .receive(&notification(n), &digest(u8::try_from(n).unwrap()))?;
    if received != Received::New {
        return Ok(received);
    }
    let Some(attempt) = tx.attempts().by_order_number(&account(), &format!("A-{n}"))? else {
        tx.notifications()
            .settle(NotificationId(id(n)), Verdict::Orphan, None)?;
        return Ok(received);
    };
    let attempt_id = attempt.id;
    let before = tx.deliveries().of_attempt(attempt_id)?.len();
    tx.deliveries().insert(&queued(n))?;
    assert_eq!(tx.deliveries().of_attempt(attempt_id)?.len(), before + 1);
    let saved = tx.attempts().save(&after(attempt), true)?;
    assert_eq!(saved, 2);
    tx.events().append(&event(n, n))?;
    tx.notifications()
        .settle(NotificationId(id(n)), Verdict::Accepted, Some(attempt_id))?;
    Ok(received)
}

fn queued(n: u128) -> Delivery {
    delivery(n, n)
}

fn after(attempt: Attempt) -> Attempt {
    let changed = paid(attempt, at(60), true);
    Attempt {
        next_query_at: Some(at(77)),
        updated_at: at(78),
        ..changed
    }
}

/// All at once, in the order of their numbers.
async fn all<T: Send + 'static>(
    world: &World,
    numbers: impl Iterator<Item = u128>,
    work: impl Fn(&mut dyn Tx, u128) -> Result<T, StoreError> + Clone + Send + Sync + 'static,
) -> Vec<Result<T, StoreError>> {
    let started: Vec<_> = numbers
        .map(|n| {
            let (store, work) = (world.store.clone(), work.clone());
            tokio::spawn(async move { store.write_together(needs(n), move |tx| work(tx, n)).await })
        })
        .collect();
    let mut outcomes = Vec::with_capacity(started.len());
    for one in started {
        outcomes.push(one.await.unwrap());
    }
    outcomes
}

async fn recorded(world: &World, numbers: impl Iterator<Item = u128>) {
    let attempts: Vec<Attempt> = numbers.map(recorded_attempt).collect();
    world
        .write(move |tx| {
            attempts
                .iter()
                .try_for_each(|attempt| tx.attempts().insert(attempt, false))
        })
        .await;
}

fn recorded_attempt(n: u128) -> Attempt {
    Attempt {
        version: 1,
        ..full_attempt(n)
    }
}

async fn received(world: &World) -> BTreeMap<u128, (Verdict, u64)> {
    let mut found = BTreeMap::new();
    for n in 1..=CROWD {
        let kept = world
            .read(move |tx| tx.notifications().get(NotificationId(id(n))))
            .await;
        if let Some(kept) = kept {
            found.insert(n, (kept.verdict, u64::from(kept.repeats)));
        }
    }
    found
}

pub(crate) async fn a_crowd_leaves_what_each_alone_would_leave(world: Arc<World>) {
    recorded(&world, 1..=CROWD).await;
    for outcome in all(&world, 1..=CROWD, pay).await {
        assert_eq!(outcome.unwrap(), Received::New);
    }
    for n in 1..=CROWD {
        let (attempt, deliveries, timeline, kept) = world
            .read(move |tx| {
                let attempt_id = AttemptId(id(n));
                Ok((
                    tx.attempts().get(attempt_id)?.unwrap(),
                    tx.deliveries().of_attempt(attempt_id)?,
                    tx.events().list(attempt_id, everything())?,
                    tx.notifications().get(NotificationId(id(n)))?.unwrap(),
                ))
            })
            .await;
        let expected = Attempt {
            version: 2,
            ..after(recorded_attempt(n))
        };
        assert_eq!(attempt, expected);
        assert_eq!(deliveries, [queued(n)]);
        let [(told, _, _)] = &timeline[..] else {
            panic!("{} entries of {n}", timeline.len())
        };
        assert_eq!(*told, event(n, n));
        assert_eq!(kept.verdict, Verdict::Accepted);
        assert_eq!(kept.attempt_id, Some(AttemptId(id(n))));
        assert!(kept.raw == notification(n).raw, "{n}");
    }
}

pub(crate) async fn one_that_goes_wrong_leaves_nothing_and_harms_nobody(world: Arc<World>) {
    recorded(&world, 1..=CROWD).await;
    let work = |tx: &mut dyn Tx, n| {
        let received = pay(tx, n)?;
        match n % 50 {
            // Its own decision.
            7 => Err(StoreError::Stale),
            11 => panic!("on purpose"),
            // A number that another one has: refused by the database.
            13 => tx
                .attempts()
                .insert(&recorded_attempt(1), false)
                .map(|()| received),
            // What only a transaction of its own can do.
            17 => tx.access().forget_sessions(at(0)).map(|_| received),
            _ => Ok(received),
        }
    };
    let outcomes = all(&world, 1..=CROWD, work).await;
    let found = received(&world).await;
    for (n, outcome) in (1..=CROWD).zip(outcomes) {
        let goes_wrong = matches!(n % 50, 7 | 11 | 13);
        assert_eq!(outcome.is_err(), goes_wrong, "{n}: {outcome:?}");
        assert_eq!(found.contains_key(&n), !goes_wrong, "{n}");
    }
}

pub(crate) async fn the_same_notification_in_one_crowd_is_taken_in_once(world: Arc<World>) {
    recorded(&world, 1..=20).await;
    let outcomes = all(&world, (0..CROWD).map(|place| place % 20 + 1), pay).await;
    let outcomes: Vec<Received> = outcomes.into_iter().map(Result::unwrap).collect();
    let new = outcomes.iter().filter(|one| **one == Received::New).count();
    assert_eq!(new, 20);
    let repeats: u64 = received(&world).await.values().map(|(_, repeats)| repeats).sum();
    assert_eq!(repeats, u64::try_from(CROWD).unwrap() - 20);
}

pub(crate) async fn those_of_unknown_orders_are_kept_as_orphans(world: Arc<World>) {
    recorded(&world, 1..=10).await;
    for outcome in all(&world, 1..=CROWD, pay).await {
        outcome.unwrap();
    }
    let found = received(&world).await;
    for n in 1..=CROWD {
        let expected = if n <= 10 {
            Verdict::Accepted
        } else {
            Verdict::Orphan
        };
        assert_eq!(found[&n], (expected, 0), "{n}");
    }
}

pub(crate) async fn what_cannot_be_written_together_is_written_alone(world: Arc<World>) {
    recorded(&world, 1..=CROWD).await;
    // Inside a json text PostgreSQL refuses this character; as a json of its own it keeps it.
    let odd = json!({"said": "a\u{0}b"}).as_object().unwrap().clone();
    let strange = odd.clone();
    let work = move |tx: &mut dyn Tx, n| {
        pay(tx, n)?;
        let mut told = event(1_000 + n, n);
        if n == 40 {
            told.details.clone_from(&strange);
        }
        tx.events().append(&told)
    };
    for outcome in all(&world, 1..=CROWD, work).await {
        outcome.unwrap();
    }
    let timeline = world
        .read(|tx| tx.events().list(AttemptId(id(40)), everything()))
        .await;
    assert!(timeline.iter().any(|(told, _, _)| told.details == odd));
}

pub(crate) async fn a_locked_attempt_is_waited_for_by_its_own_notification_only(world: Arc<World>) {
    recorded(&world, 1..=CROWD).await;
    let (locked, is_locked) = std::sync::mpsc::channel();
    let (free, may_end) = std::sync::mpsc::channel::<()>();
    let store = world.store.clone();
    let holder = tokio::spawn(async move {
        store
            .write(move |tx| {
                tx.attempts().get(AttemptId(id(40)))?;
                locked.send(()).unwrap();
                may_end.recv().unwrap();
                Ok::<_, StoreError>(())
            })
            .await
    });
    tokio::task::spawn_blocking(move || is_locked.recv().unwrap())
        .await
        .unwrap();
    // SQLite has one writer, which is the holder: there everybody waits.
    let others = (1..=CROWD).filter(|n| *n != 40);
    let mine = tokio::spawn({
        let store = world.store.clone();
        async move { store.write_together(needs(40), move |tx| pay(tx, 40)).await }
    });
    if world.database.is_postgres() {
        for outcome in all(&world, others, pay).await {
            outcome.unwrap();
        }
        assert!(!mine.is_finished());
    }
    free.send(()).unwrap();
    holder.await.unwrap().unwrap();
    assert_eq!(mine.await.unwrap().unwrap(), Received::New);
}
