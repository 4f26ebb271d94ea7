//! The engine: all of a job or nothing of it, whatever the other jobs do.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use sverka_app::ports::store::{AttemptFilter, Engine, Store, StoreError, Total};
use sverka_domain::ids::AttemptId;

use crate::harness::{Database, World, run, runtime};
use crate::samples::{account, attempt, event, id};

async fn count(world: &World) -> Total {
    world
        .read(|tx| tx.attempts().count(&AttemptFilter::default(), 10_000))
        .await
}

pub(crate) async fn a_job_that_fails_takes_nothing_of_others_with_it(world: Arc<World>) {
    let jobs: Vec<_> = (1..=200_u128)
        .map(|n| {
            let world = world.clone();
            tokio::spawn(async move {
                let outcome: Result<(), StoreError> = world
                    .store
                    .write(move |tx| {
                        tx.attempts().insert(&attempt(n), false)?;
                        match n % 5 {
                            0 => Err(StoreError::Stale),
                            // A statement fails: there is no such attempt.
                            1 => tx.events().append(&event(n, 9_999)),
                            2 => panic!("a bug in a use case"),
                            _ => Ok(()),
                        }
                    })
                    .await;
                (n, outcome)
            })
        })
        .collect();
    for job in jobs {
        let (n, outcome) = job.await.unwrap();
        match n % 5 {
            0 => assert!(matches!(outcome, Err(StoreError::Stale)), "{outcome:?}"),
            1 | 2 => assert!(matches!(outcome, Err(StoreError::Failed(_))), "{outcome:?}"),
            _ => assert!(outcome.is_ok(), "{outcome:?}"),
        }
        let kept = world.read(move |tx| tx.attempts().get(AttemptId(id(n)))).await;
        assert_eq!(kept.is_some(), n % 5 > 2, "{n}");
    }
    assert_eq!(count(&world).await, Total::Exactly(80));
}

pub(crate) async fn a_job_that_goes_on_after_a_failed_statement_is_not_kept(world: Arc<World>) {
    let outcome: Result<(), StoreError> = world
        .store
        .write(|tx| {
            tx.attempts().insert(&attempt(1), false)?;
            let _swallowed = tx.events().append(&event(1, 9_999));
            Ok(())
        })
        .await;
    assert!(matches!(outcome, Err(StoreError::Failed(_))), "{outcome:?}");
    assert_eq!(count(&world).await, Total::Exactly(0));
}

pub(crate) async fn a_reader_cannot_write(world: Arc<World>) {
    let outcome = world
        .store
        .read(|tx| tx.attempts().insert(&attempt(1), false))
        .await;
    assert!(matches!(outcome, Err(StoreError::Failed(_))), "{outcome:?}");
    assert_eq!(count(&world).await, Total::Exactly(0));
}

pub(crate) async fn a_panic_while_reading_is_an_error_and_nothing_more(world: Arc<World>) {
    for _ in 0..20 {
        let outcome: Result<(), StoreError> = world.store.read(|_| panic!("a bug in a use case")).await;
        assert!(matches!(outcome, Err(StoreError::Failed(_))), "{outcome:?}");
    }
    assert_eq!(count(&world).await, Total::Exactly(0));
}

pub(crate) async fn a_reader_sees_one_moment(world: Arc<World>) {
    let (began, go_on) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let reader = {
        let (world, began, go_on) = (world.clone(), began.clone(), go_on.clone());
        tokio::spawn(async move {
            world
                .read(move |tx| {
                    let before = tx.attempts().count(&AttemptFilter::default(), 9)?;
                    began.store(1, Ordering::SeqCst);
                    while go_on.load(Ordering::SeqCst) == 0 {
                        std::thread::yield_now();
                    }
                    Ok((before, tx.attempts().count(&AttemptFilter::default(), 9)?))
                })
                .await
        })
    };
    while began.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    world.write(|tx| tx.attempts().insert(&attempt(1), false)).await;
    go_on.store(1, Ordering::SeqCst);
    assert_eq!(reader.await.unwrap(), (Total::Exactly(0), Total::Exactly(0)));
    assert_eq!(count(&world).await, Total::Exactly(1));
}

pub(crate) async fn what_was_answered_is_there_after_a_reopening(world: Arc<World>) {
    world.write(|tx| tx.attempts().insert(&attempt(1), false)).await;
    // Beside the first one, as another process would.
    let reopened = Store::new(Arc::new(world.database.open()));
    let found = reopened
        .read(|tx| tx.attempts().get(AttemptId(id(1))))
        .await
        .unwrap();
    assert_eq!(found, Some(attempt(1)));
    reopened
        .write(|tx| tx.attempts().insert(&attempt(2), false))
        .await
        .unwrap();
    assert_eq!(count(&world).await, Total::Exactly(2));
}

pub(crate) async fn a_closed_store_has_finished_what_it_took_in(world: Arc<World>) {
    let engine = Arc::new(world.database.open());
    let jobs: Vec<_> = (1..=300)
        .map(|n| {
            let store = Store::new(engine.clone());
            tokio::spawn(async move {
                store
                    .write(move |tx| tx.attempts().insert(&attempt(n), false))
                    .await
            })
        })
        .collect();
    drop(engine);
    for job in jobs {
        job.await.unwrap().unwrap();
    }
    assert_eq!(count(&world).await, Total::Exactly(300));
}

pub(crate) async fn a_store_is_ready_while_its_schema_is_right(world: Arc<World>) {
    world.engine.ready().await.unwrap();
    world.database.sql("delete from __diesel_schema_migrations where version = (select max(version) from __diesel_schema_migrations)");
    let outcome = world.engine.ready().await;
    assert!(matches!(outcome, Err(StoreError::Failed(_))), "{outcome:?}");
}

pub(crate) async fn a_dropped_caller_does_not_stop_a_job(world: Arc<World>) {
    let writing = world.store.write(|tx| tx.attempts().insert(&attempt(1), false));
    let gave_up = tokio::time::timeout(std::time::Duration::ZERO, writing).await;
    assert!(gave_up.is_err() || gave_up.is_ok_and(|outcome| outcome.is_ok()));
    // The store goes on.
    world.write(|tx| tx.attempts().insert(&attempt(2), false)).await;
    let found = world
        .read(|tx| tx.attempts().by_order_number(&account(), "A-2"))
        .await;
    assert!(found.is_some());
}

#[test]
fn a_file_that_another_program_is_writing_to_is_unavailable() {
    let database = Database::sqlite();
    let store = Store::new(Arc::new(database.open()));
    let path = database.url.strip_prefix("sqlite://").unwrap();
    let mut other = SqliteConnection::establish(path).unwrap();
    other.batch_execute("begin immediate").unwrap();
    runtime().block_on(async {
        let write = store.write(|tx| tx.attempts().insert(&attempt(1), false)).await;
        assert!(matches!(write, Err(StoreError::Unavailable(_))), "{write:?}");
        other.batch_execute("rollback").unwrap();
        store
            .write(|tx| tx.attempts().insert(&attempt(1), false))
            .await
            .unwrap();
    });
}

/// Ends all sessions of the database but the one that asks.
const END_SESSIONS: &str = "select pg_terminate_backend(pid) from pg_stat_activity \
     where datname = current_database() and pid <> pg_backend_pid()";

#[test]
fn connections_that_died_while_idle_are_replaced() {
    run(Database::postgres(), |world| async move {
        let many: Vec<_> = (1..=40)
            .map(|n| {
                let world = world.clone();
                tokio::spawn(async move {
                    world
                        .write(move |tx| tx.attempts().insert(&attempt(n), false))
                        .await
                })
            })
            .collect();
        for one in many {
            one.await.unwrap();
        }
        world.database.sql(END_SESSIONS);
        world.write(|tx| tx.attempts().insert(&attempt(99), false)).await;
        world.engine.ready().await.unwrap();
        assert_eq!(count(&world).await, Total::Exactly(41));
    });
}

#[test]
fn a_connection_that_dies_under_a_job_makes_the_store_unavailable_for_it_only() {
    run(Database::postgres(), |world| async move {
        let url = world.database.url.clone();
        let outcome = world
            .store
            .write(move |tx| {
                tx.attempts().insert(&attempt(1), false)?;
                PgConnection::establish(&url)
                    .unwrap()
                    .batch_execute(END_SESSIONS)
                    .unwrap();
                tx.attempts().insert(&attempt(2), false)
            })
            .await;
        assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
        world.write(|tx| tx.attempts().insert(&attempt(3), false)).await;
        assert_eq!(count(&world).await, Total::Exactly(1));
    });
}

#[test]
fn a_server_that_is_gone_makes_the_store_unavailable_at_the_commit_too() {
    run(Database::postgres(), |world| async move {
        let url = world.database.url.clone();
        let outcome = world
            .store
            .write(move |tx| {
                tx.attempts().insert(&attempt(1), false)?;
                PgConnection::establish(&url)
                    .unwrap()
                    .batch_execute(END_SESSIONS)
                    .unwrap();
                Ok::<_, StoreError>(())
            })
            .await;
        assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
        assert_eq!(count(&world).await, Total::Exactly(0));
    });
}
