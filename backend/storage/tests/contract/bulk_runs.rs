//! Actions on many attempts: rows in order, each with one turn, a run with one worker.

use std::collections::BTreeMap;
use std::sync::Arc;

use sverka_app::ports::store::{
    Actor, ActorKind, AttemptFilter, BulkAction, BulkOutcome, BulkResult, BulkRun, BulkState, Cursor, Page,
    Total,
};
use sverka_domain::ids::{AttemptId, BulkRunId};

use crate::harness::World;
use crate::samples::{at, attempt, id};

fn bulk(n: u128) -> BulkRun {
    BulkRun {
        id: BulkRunId(id(n)),
        action: BulkAction::Resync,
        is_rehearsal: n.is_multiple_of(2),
        state: BulkState::Running,
        created_at: at(i64::try_from(n).unwrap()),
        actor: Actor {
            kind: ActorKind::User,
            id: Some("7".to_owned()),
            name: Some("Олег".to_owned()),
        },
        finished_at: None,
        total: 0,
        done: 0,
        counts: BTreeMap::new(),
        lease_until: None,
    }
}

fn attempts(ns: &[u128]) -> Vec<AttemptId> {
    ns.iter().map(|n| AttemptId(id(*n))).collect()
}

async fn begin(world: &World, n: u128, rows: &'static [u128]) {
    world
        .write(move |tx| {
            for n in [101, 102, 103] {
                if tx.attempts().get(AttemptId(id(n)))?.is_none() {
                    tx.attempts().insert(&attempt(n), false)?;
                }
            }
            tx.bulk_runs().insert(&bulk(n))?;
            let added = tx.bulk_runs().add_rows(BulkRunId(id(n)), &attempts(rows))?;
            assert_eq!(added as usize, rows.iter().filter(|n| **n < 200).count());
            Ok(())
        })
        .await;
}

fn result(outcome: BulkOutcome) -> BulkResult {
    BulkResult {
        outcome,
        detail: Some("занято".to_owned()),
        document_ref: Some("ПКО-1".to_owned()),
    }
}

pub(crate) async fn every_field_of_a_run_comes_back(world: Arc<World>) {
    let mut run = bulk(2);
    world.write(|tx| tx.bulk_runs().insert(&bulk(2))).await;
    run.state = BulkState::Stopped;
    run.finished_at = Some(at(50));
    (run.total, run.done) = (7, 3);
    run.counts = BTreeMap::from([(BulkOutcome::Queued, 2), (BulkOutcome::NotPaid, 1)]);
    run.lease_until = Some(at(60));
    let saved = run.clone();
    world.write(move |tx| tx.bulk_runs().save(&saved)).await;
    let read = world.read(|tx| tx.bulk_runs().get(BulkRunId(id(2)))).await;
    assert_eq!(read, Some(run));
    let none = world.read(|tx| tx.bulk_runs().get(BulkRunId(id(9)))).await;
    assert_eq!(none, None);
}

pub(crate) async fn rows_have_their_turn_once_and_in_order(world: Arc<World>) {
    begin(&world, 1, &[102, 101, 555, 103]).await;
    let run = BulkRunId(id(1));
    let open = world.read(move |tx| tx.bulk_runs().open_rows(run, 2)).await;
    assert_eq!(open, [(1, AttemptId(id(102))), (2, AttemptId(id(101)))]);
    let settle = async |position, outcome| {
        world
            .write(move |tx| tx.bulk_runs().settle(run, position, &result(outcome)))
            .await
    };
    assert!(settle(1, BulkOutcome::Queued).await);
    assert!(!settle(1, BulkOutcome::NotPaid).await, "it had its turn");
    assert!(settle(3, BulkOutcome::NotPaid).await);
    let is_open = async |position| world.read(move |tx| tx.bulk_runs().is_open(run, position)).await;
    assert!(!is_open(1).await && is_open(2).await);
    let rows = world
        .read(move |tx| tx.bulk_runs().rows(run, None, Some(1), 10))
        .await;
    let places: Vec<_> = rows.iter().map(|row| row.position).collect();
    assert_eq!(places, [2, 3]);
    assert_eq!(rows[0].result, None);
    assert_eq!(rows[1].result, Some(result(BulkOutcome::NotPaid)));
    assert_eq!(rows[1].order_number, attempt(103).order_number);
    assert_eq!(rows[1].client_name, attempt(103).client.name);
    assert_eq!(rows[1].amount, attempt(103).state.amount);
    let queued = world
        .read(move |tx| tx.bulk_runs().rows(run, Some(BulkOutcome::Queued), None, 10))
        .await;
    assert_eq!(queued.len(), 1);
    world
        .write(move |tx| {
            tx.bulk_runs().insert(&bulk(2))?;
            assert_eq!(tx.bulk_runs().copy_rows(run, BulkRunId(id(2)))?, 3);
            Ok(())
        })
        .await;
    let copied = world
        .read(|tx| tx.bulk_runs().open_rows(BulkRunId(id(2)), 10))
        .await;
    assert_eq!(copied.len(), 3, "none of them had its turn yet");
}

pub(crate) async fn a_run_is_gone_through_by_one_worker(world: Arc<World>) {
    begin(&world, 2, &[101]).await;
    begin(&world, 1, &[101]).await;
    let claim = async |now| {
        world
            .write(move |tx| tx.bulk_runs().claim(at(now), at(now + 60)))
            .await
    };
    let first = claim(10).await.unwrap();
    assert_eq!((first.id, first.lease_until), (BulkRunId(id(1)), Some(at(70))));
    assert_eq!(claim(20).await.unwrap().id, BulkRunId(id(2)));
    assert_eq!(claim(30).await, None);
    assert_eq!(claim(70).await.unwrap().id, BulkRunId(id(1)), "its worker died");
    let over = BulkRun {
        state: BulkState::Done,
        ..bulk(1)
    };
    world.write(move |tx| tx.bulk_runs().save(&over)).await;
    assert_eq!(claim(200).await.unwrap().id, BulkRunId(id(2)));
}

pub(crate) async fn runs_are_listed_newest_first_and_attempts_chosen_oldest_first(world: Arc<World>) {
    begin(&world, 1, &[101]).await;
    begin(&world, 2, &[]).await;
    begin(&world, 3, &[]).await;
    let list = async |after| {
        let page = Page { after, limit: 2 };
        let rows = world.read(move |tx| tx.bulk_runs().list(page)).await;
        rows.iter()
            .map(|run| run.id.0.as_u128() - id(0).as_u128())
            .collect::<Vec<_>>()
    };
    assert_eq!(list(None).await, [3, 2]);
    assert_eq!(list(Some(Cursor { at: at(2), id: id(2) })).await, [1]);
    assert_eq!(world.read(|tx| tx.bulk_runs().count(2)).await, Total::AtLeast(2));
    let all = world
        .read(|tx| tx.bulk_runs().choose(&AttemptFilter::default(), 10))
        .await;
    let mut oldest_first = [101, 102, 103].map(attempt);
    oldest_first.sort_by_key(|attempt| (attempt.created_at, attempt.id));
    assert_eq!(all, oldest_first.map(|attempt| attempt.id));
    let none = AttemptFilter {
        merchants: vec!["nobody".to_owned()],
        ..AttemptFilter::default()
    };
    let none = world.read(move |tx| tx.bulk_runs().choose(&none, 10)).await;
    assert_eq!(none, []);
}
