//! «Уже проведён вручную»: from then on nothing sends it.

use sverka_app::deliveries::Delivered;
use sverka_simulator::api::AccountingMode;
use sverka_tests::whole::{TestApp, attempt};

sverka_tests::on_both_engines! {
    what_was_posted_by_hand_is_never_sent,
    it_beats_a_worker_that_is_about_to_send,
    what_is_not_paid_cannot_be_posted_by_hand,
    what_is_there_cannot_be_posted_by_hand,
    a_payment_in_doubt_that_a_person_found_is_not_sent_again,
}

async fn what_was_posted_by_hand_is_never_sent(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    let marked = app.operator().mark_posted(&paid).await.ok();
    assert_eq!(marked["crm_status"], "posted_by_hand");
    assert_eq!(marked["crm_document_ref"], "ПКО-000777");
    app.operator().resync(&paid).await.problem(409, "posted_by_hand");
    app.operator()
        .mark_posted(&paid)
        .await
        .problem(409, "posted_by_hand");
    app.bank_notifies(&paid, sverka_simulator::api::Resend::default())
        .await;
    app.operator().query_bank(&paid).await.ok();
    app.advance(120);
    app.poll().await;
    assert_eq!(app.deliver().await, 0);
    assert!(app.posted(&paid).await.is_empty());
    let seen = app.operator().see(&paid).await;
    assert_eq!(seen.standing(), "paid, posted_by_hand");
    assert_eq!(seen.obstacle("resync").as_deref(), Some("posted_by_hand"));
    let timeline = app.viewer().timeline(&paid).await;
    let told = timeline
        .iter()
        .find(|entry| entry["kind"] == "posted_by_hand")
        .unwrap();
    assert_eq!(told["actor"]["name"], "The operator");
    assert_eq!(told["reason"], "Entered this morning");
    assert_eq!(told["document_ref"], "ПКО-000777");
}

async fn it_beats_a_worker_that_is_about_to_send(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    let mut claimed = app.claim().await;
    assert_eq!(claimed.len(), 1);
    app.operator().mark_posted(&paid).await.ok();
    let outcome = app.sverka.deliver(claimed.remove(0)).await.unwrap();
    assert_eq!(outcome, Delivered::Overtaken);
    assert_eq!(app.control.accounting("crm").await.unwrap().deliveries, 0);
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, posted_by_hand");
}

async fn what_is_not_paid_cannot_be_posted_by_hand(app: &TestApp) {
    let open = app.given(attempt()).await;
    app.operator().mark_posted(&open).await.problem(409, "not_paid");
    app.operator().resync(&open).await.problem(409, "not_paid");
}

async fn what_is_there_cannot_be_posted_by_hand(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.deliver().await;
    app.operator()
        .mark_posted(&paid)
        .await
        .problem(409, "already_synced");
    app.operator().resync(&paid).await.problem(409, "already_synced");
}

async fn a_payment_in_doubt_that_a_person_found_is_not_sent_again(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.accounting_answers(AccountingMode::DropAfterApply).await;
    app.deliver().await;
    assert_eq!(app.viewer().see(&paid).await.standing(), "paid, in_doubt");
    app.operator().mark_posted(&paid).await.ok();
    app.accounting_answers(AccountingMode::Ok).await;
    app.advance(120);
    assert_eq!(app.deliver().await, 0);
    let receipts = app.receipts(&paid).await;
    assert_eq!((receipts[0].count_received, receipts[0].applied_times), (1, 1));
}
