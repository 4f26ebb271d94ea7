//! Attempts: kept whole, found by their numbers, changed only by who read the newest version.

use std::sync::Arc;

use sverka_app::polling::DueQueries;
use sverka_app::ports::store::StoreError;
use sverka_domain::ids::AttemptId;

use crate::harness::World;
use crate::samples::{account, at, attempt, full_attempt, id, paid};

fn oldest(limit: u32) -> DueQueries {
    DueQueries { limit, fresh: 0 }
}

pub(crate) async fn every_field_of_an_attempt_comes_back(world: Arc<World>) {
    for kept in [attempt(1), full_attempt(2)] {
        let row = kept.clone();
        world.write(move |tx| tx.attempts().insert(&row, false)).await;
        let number = kept.order_number.clone();
        let bank_id = kept.bank_order_id.clone();
        let key = kept.id;
        let found = world
            .read(move |tx| {
                let bank_id = bank_id.unwrap_or_default();
                Ok([
                    tx.attempts().get(key)?,
                    tx.attempts().by_order_number(&account(), &number)?,
                    tx.attempts().by_bank_order_id(&account(), &bank_id)?,
                ])
            })
            .await;
        let expected = [
            Some(kept.clone()),
            Some(kept.clone()),
            kept.bank_order_id.is_some().then_some(kept),
        ];
        assert_eq!(found, expected);
    }
}

pub(crate) async fn an_unknown_attempt_is_none(world: Arc<World>) {
    let other = sverka_app::ports::bank::AccountKey {
        account: "other".to_owned(),
        ..account()
    };
    world
        .write(|tx| tx.attempts().insert(&full_attempt(1), false))
        .await;
    let found = world
        .read(move |tx| {
            Ok([
                tx.attempts().get(AttemptId(id(9)))?,
                tx.attempts().by_order_number(&account(), "A-9")?,
                tx.attempts().by_order_number(&other, "A-1")?,
                tx.attempts().by_bank_order_id(&other, "b8d7-1")?,
                tx.attempts().by_bank_order_id(&account(), "")?,
            ])
        })
        .await;
    assert!(found.iter().all(Option::is_none));
}

pub(crate) async fn an_order_number_is_taken_once_in_an_account(world: Arc<World>) {
    world.write(|tx| tx.attempts().insert(&attempt(1), false)).await;
    let mut same = attempt(2);
    same.order_number = "A-1".to_owned();
    let again = same.clone();
    let refused = world.refused(move |tx| tx.attempts().insert(&again, false)).await;
    assert!(
        matches!(refused, StoreError::Taken("order_number")),
        "{refused:?}"
    );
    // Another account has its own orders.
    same.bank_account = "other".to_owned();
    world.write(move |tx| tx.attempts().insert(&same, false)).await;
}

pub(crate) async fn a_bank_order_id_is_taken_once_in_an_account(world: Arc<World>) {
    world
        .write(|tx| tx.attempts().insert(&full_attempt(1), false))
        .await;
    world.write(|tx| tx.attempts().insert(&attempt(2), false)).await;
    // None is no value: two attempts may lack it.
    world.write(|tx| tx.attempts().insert(&attempt(3), false)).await;
    let mut same = attempt(4);
    same.bank_order_id = Some("b8d7-1".to_owned());
    let refused = world.refused(move |tx| tx.attempts().insert(&same, false)).await;
    assert!(
        matches!(refused, StoreError::Taken("bank_order_id")),
        "{refused:?}"
    );
    let mut changed = attempt(2);
    changed.bank_order_id = Some("b8d7-1".to_owned());
    let refused = world.refused(move |tx| tx.attempts().save(&changed, false)).await;
    assert!(
        matches!(refused, StoreError::Taken("bank_order_id")),
        "{refused:?}"
    );
}

pub(crate) async fn a_job_may_go_on_after_a_taken_order_number(world: Arc<World>) {
    world.write(|tx| tx.attempts().insert(&attempt(1), false)).await;
    let found = world
        .write(|tx| {
            let mut same = attempt(2);
            same.order_number = "A-1".to_owned();
            assert!(tx.attempts().insert(&same, false).is_err());
            tx.attempts().by_order_number(&account(), "A-1")
        })
        .await;
    assert_eq!(found, Some(attempt(1)));
}

pub(crate) async fn a_saved_attempt_has_the_next_version(world: Arc<World>) {
    world.write(|tx| tx.attempts().insert(&attempt(1), false)).await;
    let mut changed = full_attempt(1);
    changed.version = 1;
    let row = changed.clone();
    let version = world.write(move |tx| tx.attempts().save(&row, true)).await;
    assert_eq!(version, 2);
    changed.version = 2;
    let found = world.read(|tx| tx.attempts().get(AttemptId(id(1)))).await;
    assert_eq!(found, Some(changed));
}

pub(crate) async fn who_read_an_older_version_cannot_save(world: Arc<World>) {
    world.write(|tx| tx.attempts().insert(&attempt(1), false)).await;
    world.write(|tx| tx.attempts().save(&attempt(1), false)).await;
    let refused = world.refused(|tx| tx.attempts().save(&attempt(1), false)).await;
    assert!(matches!(refused, StoreError::Stale), "{refused:?}");
    let refused = world.refused(|tx| tx.attempts().save(&attempt(2), false)).await;
    assert!(matches!(refused, StoreError::Stale), "{refused:?}");
}

pub(crate) async fn two_who_read_at_once_change_it_one_after_the_other(world: Arc<World>) {
    world.write(|tx| tx.attempts().insert(&attempt(1), false)).await;
    let work = |world: Arc<World>| async move {
        for _ in 0..20 {
            world
                .write(|tx| {
                    let mut row = tx.attempts().get(AttemptId(id(1)))?.unwrap();
                    row.state.refunded += 1;
                    tx.attempts().save(&row, false)
                })
                .await;
        }
    };
    let both = [
        tokio::spawn(work(world.clone())),
        tokio::spawn(work(world.clone())),
    ];
    for one in both {
        one.await.unwrap();
    }
    let found = world
        .read(|tx| tx.attempts().get(AttemptId(id(1))))
        .await
        .unwrap();
    assert_eq!((found.state.refunded, found.version), (40, 41));
}

pub(crate) async fn due_queries_are_claimed_longest_due_first_and_once(world: Arc<World>) {
    world
        .write(|tx| {
            for (n, due) in [
                (1, Some(30)),
                (2, Some(10)),
                (3, None),
                (4, Some(20)),
                (5, Some(99)),
            ] {
                let mut row = attempt(n);
                row.next_query_at = due.map(at);
                tx.attempts().insert(&row, false)?;
            }
            let mut other = attempt(6);
            other.bank_account = "other".to_owned();
            other.next_query_at = Some(at(1));
            tx.attempts().insert(&other, false)
        })
        .await;
    let claim = |limit| {
        move |tx: &mut dyn sverka_app::ports::store::Tx| {
            tx.attempts()
                .claim_due_queries(&account(), at(30), at(90), oldest(limit))
        }
    };
    let first = world.write(claim(2)).await;
    let second = world.write(claim(9)).await;
    let due = |claimed: &[sverka_app::ports::store::DueQuery]| -> Vec<_> {
        claimed.iter().map(|due| (due.attempt_id.0, due.due_at)).collect()
    };
    assert_eq!(due(&first), [(id(2), at(10)), (id(4), at(20))]);
    assert_eq!(due(&second), [(id(1), at(30))]);
    assert!(world.write(claim(9)).await.is_empty());
    assert_eq!(
        world.read(|tx| tx.attempts().next_due_query(&account())).await,
        Some(at(90))
    );
    let row = world
        .read(|tx| tx.attempts().get(AttemptId(id(2))))
        .await
        .unwrap();
    assert_eq!((row.next_query_at, row.version), (Some(at(90)), 1));
    // A worker that died loses nothing.
    let later = world
        .write(|tx| {
            tx.attempts()
                .claim_due_queries(&account(), at(90), at(200), oldest(9))
        })
        .await;
    assert_eq!(later.len(), 3);
}

pub(crate) async fn concurrent_claims_share_no_query(world: Arc<World>) {
    world
        .write(|tx| {
            for n in 1..=60 {
                let mut row = attempt(n);
                row.next_query_at = Some(at(0));
                tx.attempts().insert(&row, false)?;
            }
            Ok(())
        })
        .await;
    let claims = (0..6).map(|_| {
        let world = world.clone();
        tokio::spawn(async move {
            let mut mine = Vec::new();
            for _ in 0..5 {
                let claimed = world
                    .write(|tx| {
                        tx.attempts().claim_due_queries(
                            &account(),
                            at(1),
                            at(99),
                            DueQueries { limit: 3, fresh: 2 },
                        )
                    })
                    .await;
                mine.extend(claimed.into_iter().map(|due| due.attempt_id.0));
            }
            mine
        })
    });
    let mut all = Vec::new();
    for claim in claims.collect::<Vec<_>>() {
        all.extend(claim.await.unwrap());
    }
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count, "an attempt was claimed twice");
    assert_eq!(count, 60);
}

pub(crate) async fn a_query_is_scheduled_without_a_new_version(world: Arc<World>) {
    let mut row = attempt(1);
    row.next_query_at = Some(at(5));
    world.write(move |tx| tx.attempts().insert(&row, false)).await;
    let key = AttemptId(id(1));
    let asked = Some((at(6), Some("не ответил".to_owned())));
    world
        .write(move |tx| tx.attempts().schedule_query(key, Some(at(50)), asked))
        .await;
    let found = world.read(move |tx| tx.attempts().get(key)).await.unwrap();
    assert_eq!(found.next_query_at, Some(at(50)));
    assert_eq!(
        (found.last_query_at, found.last_query_error.as_deref()),
        (Some(at(6)), Some("не ответил"))
    );
    assert_eq!(found.version, 1);
    world
        .write(move |tx| tx.attempts().schedule_query(key, None, None))
        .await;
    let found = world.read(move |tx| tx.attempts().get(key)).await.unwrap();
    assert_eq!((found.next_query_at, found.last_query_at), (None, Some(at(6))));
    world
        .write(move |tx| tx.attempts().schedule_query(key, None, Some((at(7), None))))
        .await;
    let found = world.read(move |tx| tx.attempts().get(key)).await.unwrap();
    assert_eq!((found.last_query_at, found.last_query_error), (Some(at(7)), None));
    assert_eq!(
        world.read(|tx| tx.attempts().next_due_query(&account())).await,
        None
    );
    let refused = world
        .refused(|tx| tx.attempts().schedule_query(AttemptId(id(9)), None, None))
        .await;
    assert!(matches!(refused, StoreError::Failed(_)), "{refused:?}");
}

pub(crate) async fn a_character_that_postgres_cannot_keep_is_replaced(world: Arc<World>) {
    let mut row = paid(attempt(1), at(1), false);
    row.client.name = "a\0b".to_owned();
    row.last_query_error = Some("\0".to_owned());
    world.write(move |tx| tx.attempts().insert(&row, false)).await;
    let found = world
        .read(|tx| tx.attempts().get(AttemptId(id(1))))
        .await
        .unwrap();
    assert_eq!(found.client.name, "a\u{fffd}b");
    assert_eq!(found.last_query_error.as_deref(), Some("\u{fffd}"));
    assert_eq!(
        world
            .read(|tx| tx.attempts().by_order_number(&account(), "A\0"))
            .await,
        None
    );
}

pub(crate) async fn a_status_that_nobody_wrote_is_an_error(world: Arc<World>) {
    world
        .write(|tx| tx.attempts().insert(&full_attempt(1), false))
        .await;
    for (column, value) in [
        ("bank_status", "stolen"),
        ("bank_status_source", "rumour"),
        ("crm_status", ""),
        ("attention", "Paid"),
        ("currency", "rub"),
        ("facts", "{\"claim\": 1}"),
    ] {
        world.database.sql(&format!(
            "update payment_attempts set {column} = '{value}', version = version"
        ));
        let read = world.store.read(|tx| tx.attempts().get(AttemptId(id(1)))).await;
        assert!(matches!(read, Err(StoreError::Failed(_))), "{column}");
        let row = full_attempt(1);
        world.write(move |tx| tx.attempts().save(&row, false)).await;
        world.database.sql("update payment_attempts set version = 7");
    }
}
