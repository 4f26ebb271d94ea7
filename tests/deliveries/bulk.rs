//! Actions on many payments at once: foretold without sending, gone on with after a death, never done twice.

use sverka_app::bulk::{Chosen, NewBulkRun, Silence};
use sverka_app::ports::accounting::{Class, ClientMatch};
use sverka_app::ports::store::{BulkAction, BulkOutcome, BulkRow, BulkRun, BulkState, EventKind};
use sverka_domain::delivery::{DeliveryState, MatchRule};
use sverka_domain::ids::{AttemptId, BulkRunId};

use crate::stage::{AMOUNT, Stage, operator};
use crate::system::{Asked, System};
use crate::words::{paper, unreachable};

async fn begin(stage: &Stage, ids: &[AttemptId], is_rehearsal: bool) -> BulkRun {
    let new = NewBulkRun {
        action: BulkAction::Resync,
        is_rehearsal,
        chosen: Chosen::These(ids.to_vec()),
    };
    stage.app.start_bulk_run(operator(), new).await.unwrap()
}

/// Goes through everything that is to be gone through, as the worker does.
async fn go_through(stage: &Stage) {
    while let Some(work) = stage.app.claim_bulk_work(2).await.unwrap() {
        let silence = Silence::default();
        for row in &work.rows {
            stage.app.do_bulk_row(&work.run, *row, &silence).await.unwrap();
        }
        stage.app.release_bulk_work(work.run.id).await.unwrap();
    }
}

async fn rows(stage: &Stage, id: BulkRunId) -> Vec<BulkRow> {
    let query = sverka_app::bulk::BulkRowsQuery {
        limit: 100,
        ..Default::default()
    };
    stage.app.bulk_rows(id, query).await.unwrap().items
}

/// What a rehearsal says of one paid attempt.
async fn foretold(stage: &Stage) -> (BulkOutcome, Option<String>, Option<String>) {
    let id = stage.paid().await;
    let run = begin(stage, &[id], true).await;
    go_through(stage).await;
    let result = rows(stage, run.id).await.remove(0).result.unwrap();
    let delivery = stage.payment(id).await;
    assert_eq!((delivery.state, delivery.tries), (DeliveryState::Queued, 0));
    assert!(
        stage.system.made().is_empty() && stage.system.bodies().is_empty(),
        "nothing is sent"
    );
    (result.outcome, result.detail, result.document_ref)
}

#[tokio::test]
async fn a_rehearsal_asks_and_sends_nothing_and_is_then_run_for_real() {
    let stage = Stage::new(Class::LookUpOnly).await;
    let ids = [stage.paid().await, stage.paid().await, stage.paid().await];
    let rehearsed = begin(&stage, &ids, true).await;
    let refused = stage.app.start_for_real(operator(), rehearsed.id).await;
    assert!(refused.is_err(), "it is still running");
    go_through(&stage).await;
    assert_eq!(stage.system.asked(), [Asked::LookUp; 3]);
    assert!(stage.system.bodies().is_empty());
    let rehearsed = stage.app.bulk_run(rehearsed.id).await.unwrap();
    assert_eq!((rehearsed.state, rehearsed.done), (BulkState::Done, 3));
    assert_eq!(rehearsed.counts.get(&BulkOutcome::WouldSend), Some(&3));
    assert!(
        stage
            .story(ids[0])
            .await
            .iter()
            .all(|kind| *kind != EventKind::ResyncRequested)
    );

    let real = stage.app.start_for_real(operator(), rehearsed.id).await.unwrap();
    assert_ne!(real.id, rehearsed.id);
    go_through(&stage).await;
    let real = stage.app.bulk_run(real.id).await.unwrap();
    assert_eq!((real.state, real.total, real.done), (BulkState::Done, 3, 3));
    assert_eq!(real.counts.get(&BulkOutcome::Queued), Some(&3));
    stage.turn().await;
    assert_eq!(stage.system.made().len(), 3);
    let again = stage.app.start_for_real(operator(), real.id).await;
    assert!(again.is_err(), "that was no rehearsal");
}

#[tokio::test]
async fn a_rehearsal_foretells_what_the_engine_would_do() {
    let stage = Stage::new(Class::LookUpOnly).await;
    stage.system.put(paper("manual", MatchRule::BankNumbers, AMOUNT));
    let (outcome, _, document_ref) = foretold(&stage).await;
    assert_eq!(outcome, BulkOutcome::ThereAlready);
    assert!(document_ref.is_some());

    let stage = Stage::new(Class::LookUpOnly).await;
    stage
        .system
        .put(paper("manual", MatchRule::ClientAmountDate, AMOUNT));
    assert_eq!(foretold(&stage).await.0, BulkOutcome::PossibleDuplicate);

    let stage = Stage::new(Class::LookUpOnly).await;
    stage.system.searches_fail([unreachable()]);
    let (outcome, detail, _) = foretold(&stage).await;
    assert_eq!(outcome, BulkOutcome::Unclear);
    assert!(detail.is_some(), "in the system's words");

    let stage = Stage::over(System::new(Class::LookUpOnly).matching_clients()).await;
    stage.system.knows_clients([ClientMatch::Nobody]);
    let (outcome, detail, _) = foretold(&stage).await;
    assert_eq!(outcome, BulkOutcome::WouldBeRefused);
    assert_eq!(detail.as_deref(), Some("client_not_found"));
}

#[tokio::test]
async fn a_system_that_does_not_answer_is_not_asked_for_every_row() {
    let stage = Stage::new(Class::LookUpOnly).await;
    let mut ids = Vec::new();
    for _ in 0..6 {
        ids.push(stage.paid().await);
    }
    stage.system.searches_fail((0..6).map(|_| unreachable()));
    let run = begin(&stage, &ids, true).await;
    let work = stage.app.claim_bulk_work(50).await.unwrap().unwrap();
    let silence = Silence::default();
    for row in &work.rows {
        stage.app.do_bulk_row(&work.run, *row, &silence).await.unwrap();
    }
    assert_eq!(stage.system.asked(), [Asked::LookUp; 3]);
    let run = stage.app.bulk_run(run.id).await.unwrap();
    assert_eq!(run.counts.get(&BulkOutcome::Unclear), Some(&6));
    let connection = stage.connection().await;
    assert_eq!(
        connection.failures, 0,
        "a rehearsal says nothing of the connection"
    );
}

#[tokio::test]
async fn a_run_goes_on_where_its_worker_died_and_no_row_has_two_turns() {
    let mut stage = Stage::new(Class::KeyEnforced).await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(stage.paid().await);
    }
    let run = begin(&stage, &ids, false).await;
    let work = stage.app.claim_bulk_work(3).await.unwrap().unwrap();
    let silence = Silence::default();
    for row in &work.rows[..2] {
        assert!(stage.app.do_bulk_row(&work.run, *row, &silence).await.unwrap());
    }
    stage.restart(None);
    let taken = stage.app.claim_bulk_work(50).await.unwrap();
    assert!(taken.is_none(), "its worker is not known to be dead yet");
    stage.seconds(11 * 60);
    let again = stage.app.claim_bulk_work(50).await.unwrap().unwrap();
    assert_eq!(again.rows.len(), 3);
    for row in &again.rows {
        stage.app.do_bulk_row(&again.run, *row, &silence).await.unwrap();
    }
    // The first one was not dead, only slow.
    stage
        .app
        .do_bulk_row(&work.run, work.rows[2], &silence)
        .await
        .unwrap();
    stage
        .app
        .do_bulk_row(&work.run, work.rows[0], &silence)
        .await
        .unwrap();
    let run = stage.app.bulk_run(run.id).await.unwrap();
    assert_eq!((run.state, run.done), (BulkState::Done, 5));
    assert_eq!(run.counts.get(&BulkOutcome::Queued), Some(&5));
    for id in &ids {
        let story = stage.story(*id).await;
        let wanted = story.iter().filter(|kind| **kind == EventKind::ResyncRequested);
        assert_eq!(wanted.count(), 1);
    }
    stage.settle().await;
    assert_eq!(stage.system.made().len(), 5);
    assert_eq!(stage.system.bodies().len(), 5, "each was sent once");
}

#[tokio::test]
async fn a_stopped_run_gives_the_rest_no_turn() {
    let stage = Stage::new(Class::KeyEnforced).await;
    let ids = [stage.paid().await, stage.paid().await];
    let run = begin(&stage, &ids, false).await;
    let work = stage.app.claim_bulk_work(50).await.unwrap().unwrap();
    let silence = Silence::default();
    stage
        .app
        .do_bulk_row(&work.run, work.rows[0], &silence)
        .await
        .unwrap();
    let stopped = stage.app.stop_bulk_run(run.id).await.unwrap();
    assert_eq!((stopped.state, stopped.done), (BulkState::Stopped, 1));
    let goes_on = stage
        .app
        .do_bulk_row(&work.run, work.rows[1], &silence)
        .await
        .unwrap();
    assert!(!goes_on);
    assert!(stage.app.claim_bulk_work(50).await.unwrap().is_none());
    assert!(rows(&stage, run.id).await[1].result.is_none());
    assert!(stage.app.stop_bulk_run(run.id).await.is_err(), "it is over");
    let story = stage.story(ids[1]).await;
    assert!(!story.contains(&EventKind::ResyncRequested));
}

#[tokio::test]
async fn what_needs_nothing_is_left_alone() {
    let stage = Stage::new(Class::KeyEnforced).await;
    let synced = stage.paid().await;
    stage.turn().await;
    let by_hand = stage.paid().await;
    let version = stage.see(by_hand).await.attempt.version;
    stage
        .app
        .mark_posted(operator(), by_hand, Stage::by_hand(version))
        .await
        .unwrap();
    let queued = stage.paid().await;
    for is_rehearsal in [true, false] {
        let run = begin(&stage, &[synced, by_hand, queued, queued], is_rehearsal).await;
        assert_eq!(run.total, 3, "each once");
        go_through(&stage).await;
        let outcomes: Vec<_> = rows(&stage, run.id)
            .await
            .into_iter()
            .map(|row| row.result.unwrap().outcome)
            .collect();
        let last = if is_rehearsal {
            BulkOutcome::WouldSend
        } else {
            BulkOutcome::Queued
        };
        assert_eq!(
            outcomes,
            [BulkOutcome::AlreadySynced, BulkOutcome::PostedByHand, last]
        );
    }
}
