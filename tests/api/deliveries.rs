//! Passing payments on to an accounting system that is down, slow, unsure or unwilling: once, whatever happens.

use sverka_simulator::api::AccountingMode;
use sverka_tests::whole::{Engine, Setup, TestApp, attempt};

sverka_tests::on_both_engines! {
    an_accounting_system_that_was_down_gets_it_once_it_is_back,
    a_try_without_an_answer_is_in_doubt_and_applied_once,
    a_half_answer_is_in_doubt_and_applied_once,
    a_server_error_after_the_fact_is_in_doubt_and_applied_once,
    a_silence_after_the_fact_is_in_doubt_and_applied_once,
    a_page_in_place_of_an_answer_is_no_receipt,
    a_refusal_needs_attention_in_its_own_words_until_it_is_mended,
    a_busy_system_is_left_alone_as_long_as_it_asks,
    a_connection_that_was_switched_off_is_left_alone,
    a_worker_that_died_between_intent_and_verdict_leaves_a_doubt,
    a_delivery_that_is_being_sent_is_not_sent_by_another,
    the_workers_do_all_of_it_by_themselves,
}

async fn an_accounting_system_that_was_down_gets_it_once_it_is_back(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.accounting_answers(AccountingMode::Busy503).await;
    app.deliver().await;
    let seen = app.viewer().see(&paid).await;
    assert_eq!(seen.standing(), "paid, retrying");
    assert_eq!(seen.diagnosis(), "accounting_unavailable");
    assert!(!seen.is("needs_attention"), "it mends itself");
    assert!(!seen.0["diagnosis"]["next_try_at"].is_null());
    app.accounting_answers(AccountingMode::Ok).await;
    app.advance(60);
    app.deliver().await;
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, synced");
    let receipts = app.receipts(&paid).await;
    assert_eq!((receipts.len(), receipts[0].applied_times), (1, 1));
}

/// Applied, and the answer lost in this way; then everything is well again.
async fn doubtful(app: &TestApp, mode: AccountingMode) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.accounting_answers(mode).await;
    app.deliver().await;
    let seen = app.viewer().see(&paid).await;
    assert_eq!(seen.standing(), "paid, in_doubt");
    assert_eq!(seen.diagnosis(), "accounting_in_doubt");
    app.accounting_answers(AccountingMode::Ok).await;
    assert_eq!(app.deliver().await, 0, "the first request is given time to end");
    app.advance(40);
    assert_eq!(app.deliver().await, 1);
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, synced");
    let receipts = app.receipts(&paid).await;
    assert_eq!(receipts.len(), 1);
    assert_eq!((receipts[0].count_received, receipts[0].applied_times), (2, 1));
    assert!(!receipts[0].body_changed);
    let timeline = app.viewer().timeline(&paid).await;
    let verdicts: Vec<_> = timeline
        .iter()
        .filter(|entry| entry["kind"] == "delivery_sent")
        .map(|entry| entry["delivery"]["verdict"].as_str().unwrap())
        .collect();
    assert_eq!(verdicts[0], "unknown");
    assert!(
        ["applied", "already_there"].contains(&verdicts[1]),
        "{verdicts:?}"
    );
}

async fn a_try_without_an_answer_is_in_doubt_and_applied_once(app: &TestApp) {
    doubtful(app, AccountingMode::DropAfterApply).await;
}

async fn a_half_answer_is_in_doubt_and_applied_once(app: &TestApp) {
    doubtful(app, AccountingMode::CutAfterApply).await;
}

async fn a_server_error_after_the_fact_is_in_doubt_and_applied_once(app: &TestApp) {
    doubtful(app, AccountingMode::Error500AfterApply).await;
}

async fn a_silence_after_the_fact_is_in_doubt_and_applied_once(app: &TestApp) {
    doubtful(app, AccountingMode::HangAfterApply).await;
}

async fn a_page_in_place_of_an_answer_is_no_receipt(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.accounting_answers(AccountingMode::Html200).await;
    app.deliver().await;
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, in_doubt");
    app.accounting_answers(AccountingMode::Ok).await;
    app.advance(40);
    app.deliver().await;
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, synced");
    assert_eq!(app.posted(&paid).await.len(), 1);
}

async fn a_refusal_needs_attention_in_its_own_words_until_it_is_mended(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.accounting_answers(AccountingMode::Reject422).await;
    app.deliver().await;
    let seen = app.operator().see(&paid).await;
    assert_eq!(seen.standing(), "paid, needs_attention");
    assert_eq!(seen.diagnosis(), "accounting_refused");
    assert_eq!(seen.text("attention"), "accounting_refused");
    let timeline = app.viewer().timeline(&paid).await;
    let answer = timeline.last().unwrap()["delivery"]["answer"]
        .as_str()
        .unwrap()
        .to_owned();
    let theirs: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let words = theirs["error"].as_str().unwrap();
    assert!(
        seen.detail().contains(words),
        "{} does not say {words}",
        seen.detail()
    );
    app.advance(120);
    assert_eq!(app.deliver().await, 0, "it is not sent again by itself");

    app.accounting_answers(AccountingMode::Ok).await;
    app.operator().resync(&paid).await.ok();
    app.deliver().await;
    let seen = app.operator().see(&paid).await;
    assert_eq!(seen.standing(), "paid, synced");
    assert!(!seen.is("needs_attention"));
    assert_eq!(app.posted(&paid).await.len(), 1);
}

async fn a_busy_system_is_left_alone_as_long_as_it_asks(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    let faults = sverka_simulator::api::AccountingFaults {
        retry_after_s: Some(90),
        ..sverka_simulator::api::AccountingFaults::mode(AccountingMode::Busy503)
    };
    app.control.set_accounting_faults("crm", &faults).await.unwrap();
    app.deliver().await;
    app.accounting_answers(AccountingMode::Ok).await;
    app.advance(80);
    assert_eq!(app.deliver().await, 0);
    app.advance(15);
    assert_eq!(app.deliver().await, 1);
}

async fn a_connection_that_was_switched_off_is_left_alone(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.accounting_answers(AccountingMode::Gone410).await;
    app.deliver().await;
    assert_eq!(
        app.viewer().see(&paid).await.diagnosis(),
        "accounting_unavailable"
    );
    app.accounting_answers(AccountingMode::Ok).await;
    app.advance(120);
    assert_eq!(app.deliver().await, 0);
    // A person at the button is as good a reason to try as the end of the pause.
    app.operator().resync(&paid).await.ok();
    assert_eq!(app.deliver().await, 1);
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, synced");
}

async fn a_worker_that_died_between_intent_and_verdict_leaves_a_doubt(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.accounting_answers(AccountingMode::HangAfterApply).await;
    let claimed = app.claim().await.remove(0);
    let dying = {
        let sverka = app.sverka.clone();
        tokio::spawn(async move { sverka.deliver(claimed).await })
    };
    app.eventually("the bytes are sent", async || {
        !app.receipts(&paid).await.is_empty()
    })
    .await;
    dying.abort();
    assert!(dying.await.unwrap_err().is_cancelled());
    app.accounting_answers(AccountingMode::Ok).await;
    assert_eq!(
        app.sverka.recover_lost_deliveries().await.unwrap(),
        0,
        "its lease still runs"
    );
    app.operator()
        .resync(&paid)
        .await
        .problem(409, "delivery_in_progress");
    app.advance(91);
    assert_eq!(app.sverka.recover_lost_deliveries().await.unwrap(), 1);
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, in_doubt");
    app.advance(40);
    app.deliver().await;
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, synced");
    let receipts = app.receipts(&paid).await;
    assert_eq!((receipts[0].count_received, receipts[0].applied_times), (2, 1));
}

async fn a_delivery_that_is_being_sent_is_not_sent_by_another(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    let first = app.claim().await;
    assert_eq!(first.len(), 1);
    assert!(app.claim().await.is_empty());
    // The lease runs out, another worker takes it, and the first one wakes up.
    app.advance(91);
    let second = app.claim().await;
    assert_eq!(second.len(), 1);
    for held in first.into_iter().chain(second) {
        app.sverka.deliver(held).await.unwrap();
    }
    let receipts = app.receipts(&paid).await;
    assert_eq!((receipts.len(), receipts[0].count_received), (1, 1));
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, synced");
}

async fn the_workers_do_all_of_it_by_themselves(app: &TestApp) {
    // A Sverka of its own, with workers; this one stays idle.
    let engine: Engine = app.engine;
    let busy = TestApp::set_up(Setup {
        workers: true,
        ..Setup::on(engine)
    })
    .await;
    let paid = busy.given(attempt()).await;
    busy.pays(&paid).await;
    let hinted = busy.given(attempt().at("payonline", "club")).await;
    busy.pays(&hinted).await;
    busy.eventually("both are in the accounting system", async || {
        let all = busy.viewer().search("crm_status=synced").await;
        all.len() == 2
    })
    .await;
    assert_eq!(busy.posted(&paid).await.len(), 1);
    assert_eq!(busy.posted(&hinted).await.len(), 1);
    busy.finish().await;
}
