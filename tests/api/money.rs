//! Other sums, other currencies, late news, and money that goes back.

use sverka_simulator::api::{Move, Resend, Verb};
use sverka_tests::whole::{Given, TestApp, attempt, sber_callback};

sverka_tests::on_both_engines! {
    a_notification_of_another_sum_pays_nothing_and_asks_for_attention,
    a_bank_that_took_another_sum_pays_nothing_and_asks_for_attention,
    a_notification_in_another_currency_pays_nothing_and_asks_for_attention,
    a_refusal_that_comes_after_the_payment_changes_nothing,
    a_partial_and_then_a_full_refund_are_passed_on_after_the_payment,
    a_refund_waits_for_its_payment_to_arrive,
    a_hold_is_no_payment_until_it_is_captured,
    a_payment_that_the_bank_voided_goes_back_as_a_whole,
    a_refused_try_may_be_followed_by_a_payment,
}

async fn a_notification_of_another_sum_pays_nothing_and_asks_for_attention(app: &TestApp) {
    let wrong = app.given(attempt()).await;
    // The bank's truth is not told: only the notification speaks.
    app.bank_notifies(
        &wrong,
        Resend {
            operation: Some(sverka_simulator::api::Operation::Deposited),
            success: Some(true),
            wrong_amount: Some(100),
            ..Resend::default()
        },
    )
    .await;
    assert_eq!(
        app.last_callback_status().await,
        200,
        "the bank has done its part"
    );
    mismatched(app, &wrong, "1.00 RUB").await;
    let timeline = app.viewer().timeline(&wrong).await;
    let told = timeline
        .iter()
        .find(|entry| entry["kind"] == "callback_mismatch")
        .unwrap();
    assert_eq!(told["notification"]["verdict"], "mismatch");
    let found = app.viewer().search("needs_attention=true").await;
    assert_eq!(found.len(), 1);
}

async fn a_bank_that_took_another_sum_pays_nothing_and_asks_for_attention(app: &TestApp) {
    let wrong = app.given(attempt()).await;
    let how = Move {
        amount: Some(440_000),
        ..Move::silent()
    };
    app.bank_does(&wrong, Verb::Pay, how).await;
    app.operator().query_bank(&wrong).await.ok();
    mismatched(app, &wrong, "4400.00 RUB").await;
}

async fn a_notification_in_another_currency_pays_nothing_and_asks_for_attention(app: &TestApp) {
    let wrong = app.given(attempt()).await;
    let query = sber_callback(&[
        ("mdOrder", &wrong.bank_order_id),
        ("orderNumber", &wrong.order_number),
        ("operation", "deposited"),
        ("status", "1"),
        ("amount", "450000"),
        ("currency", "840"),
    ]);
    assert_eq!(
        app.nobody()
            .get(&format!("/callbacks/sber/main?{query}"))
            .await
            .status,
        200
    );
    mismatched(app, &wrong, "4500.00 USD").await;
}

async fn mismatched(app: &TestApp, attempt: &Given, told: &str) {
    let seen = app.viewer().see(attempt).await;
    assert_ne!(seen.text("bank_status"), "paid");
    assert_eq!(seen.text("crm_status"), "not_due");
    assert!(seen.is("needs_attention"));
    assert_eq!(seen.text("attention"), "amount_mismatch");
    assert_eq!(seen.diagnosis(), "amount_mismatch");
    assert_eq!(seen.detail(), told);
    assert_eq!(app.deliver().await, 0);
    assert!(app.posted(attempt).await.is_empty());
}

async fn a_refusal_that_comes_after_the_payment_changes_nothing(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.operator().query_bank(&paid).await.ok();
    app.deliver().await;
    let before = app.viewer().see(&paid).await;
    let late = sber_callback(&[
        ("mdOrder", &paid.bank_order_id),
        ("orderNumber", &paid.order_number),
        ("operation", "declinedByTimeout"),
        ("status", "1"),
    ]);
    assert_eq!(
        app.nobody()
            .get(&format!("/callbacks/sber/main?{late}"))
            .await
            .status,
        200
    );
    let after = app.viewer().see(&paid).await;
    assert_eq!(after.standing(), before.standing());
    assert_eq!(after.0["needs_attention"], false);
    assert_eq!(after.0["paid_at"], before.0["paid_at"]);
    assert_eq!(
        app.viewer().story(&paid).await.last().unwrap(),
        "callback_accepted"
    );
    assert_eq!(app.deliver().await, 0);
}

async fn a_partial_and_then_a_full_refund_are_passed_on_after_the_payment(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.deliver().await;

    app.bank_does(&paid, Verb::Refund, Move::of(150_000)).await;
    app.poll().await;
    app.deliver().await;
    let seen = app.viewer().see(&paid).await;
    assert_eq!(seen.standing(), "partially_refunded, synced");
    assert_eq!(seen.0["refunded"]["amount"], 150_000);
    assert_eq!(seen.diagnosis(), "refunded");

    app.bank_does(&paid, Verb::Refund, Move::of(300_000)).await;
    app.advance(30);
    app.poll().await;
    app.deliver().await;
    let seen = app.viewer().see(&paid).await;
    assert_eq!(seen.standing(), "refunded, synced");
    assert_eq!(seen.0["refunded"]["amount"], 450_000);

    let refund = |sum: i64| ("payment.refunded".to_owned(), sum, 1);
    let payment = ("payment.succeeded".to_owned(), 450_000, 1);
    assert_eq!(
        app.posted(&paid).await,
        [payment, refund(150_000), refund(300_000)]
    );
    let receipts = app.receipts(&paid).await;
    for refund in &receipts[1..] {
        assert_eq!(
            refund.body["data"]["refund_of"],
            receipts[0].body["data"]["delivery_id"]
        );
    }
}

async fn a_refund_waits_for_its_payment_to_arrive(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.bank_does(&paid, Verb::Refund, Move::of(450_000)).await;
    app.advance(15);
    app.poll().await;
    assert_eq!(app.viewer().see(&paid).await.standing(), "refunded, queued");
    let claimed = app.claim().await;
    assert_eq!(
        claimed.len(),
        1,
        "the refund is not due before the payment is there"
    );
    for held in claimed {
        app.sverka.deliver(held).await.unwrap();
    }
    app.deliver().await;
    let kinds: Vec<_> = app
        .posted(&paid)
        .await
        .into_iter()
        .map(|(kind, ..)| kind)
        .collect();
    assert_eq!(kinds, ["payment.succeeded", "payment.refunded"]);
}

async fn a_hold_is_no_payment_until_it_is_captured(app: &TestApp) {
    let held = app.given(attempt()).await;
    app.bank_does(&held, Verb::Hold, Move::default()).await;
    app.poll().await;
    let seen = app.viewer().see(&held).await;
    assert_eq!(seen.standing(), "authorized, not_due");
    assert_eq!(seen.diagnosis(), "money_held");
    app.pays(&held).await;
    app.deliver().await;
    assert_eq!(app.viewer().see(&held).await.standing(), "paid, synced");
}

async fn a_payment_that_the_bank_voided_goes_back_as_a_whole(app: &TestApp) {
    let voided = app.given(attempt()).await;
    app.pays(&voided).await;
    app.deliver().await;
    app.bank_does(&voided, Verb::Reverse, Move::default()).await;
    app.advance(15);
    app.poll().await;
    app.deliver().await;
    let seen = app.viewer().see(&voided).await;
    assert_eq!(seen.standing(), "reversed, synced");
    let kinds: Vec<_> = app
        .posted(&voided)
        .await
        .into_iter()
        .map(|(kind, sum, _)| (kind, sum))
        .collect();
    assert_eq!(
        kinds,
        [
            ("payment.succeeded".to_owned(), 450_000),
            ("payment.refunded".to_owned(), 450_000)
        ]
    );
}

async fn a_refused_try_may_be_followed_by_a_payment(app: &TestApp) {
    let tried = app.given(attempt()).await;
    app.bank_does(&tried, Verb::Decline, Move::default()).await;
    app.poll().await;
    let seen = app.viewer().see(&tried).await;
    assert_eq!(seen.standing(), "declined, not_due");
    assert_eq!(seen.diagnosis(), "declined_by_bank");
    app.pays(&tried).await;
    app.deliver().await;
    assert_eq!(app.viewer().see(&tried).await.standing(), "paid, synced");
}
