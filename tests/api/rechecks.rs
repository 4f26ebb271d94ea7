//! A payment that stands is looked at again, and not more often than its bank's policy says.

use sverka_simulator::api::{Move, Verb};
use sverka_tests::whole::{TestApp, attempt};

sverka_tests::on_both_engines! {
    a_payment_that_stands_is_looked_at_once_a_night,
    a_refusal_that_stands_is_let_go_when_no_card_can_be_tried_any_more,
}

/// How many questions there are in so many hours.
async fn asked_within(app: &TestApp, hours: u32) -> usize {
    let mut asked = 0;
    for _ in 0..hours {
        app.advance(3600);
        asked += app.poll().await;
    }
    asked
}

async fn a_payment_that_stands_is_looked_at_once_a_night(app: &TestApp) {
    let paid = app.given(attempt()).await;
    app.pays(&paid).await;
    app.deliver().await;
    asked_within(app, 1).await;
    let asked = asked_within(app, 72).await;
    assert!((2..=3).contains(&asked), "asked {asked} times in three days");
}

async fn a_refusal_that_stands_is_let_go_when_no_card_can_be_tried_any_more(app: &TestApp) {
    let refused = app.given(attempt()).await;
    app.bank_does(&refused, Verb::Decline, Move::default()).await;
    let asked = asked_within(app, 80).await;
    assert!((10..80).contains(&asked), "asked {asked} times");
    assert_eq!(asked_within(app, 72).await, 0);
}
