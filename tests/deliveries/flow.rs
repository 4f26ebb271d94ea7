//! Several deliveries under way at once, where the system enforces our key.

use std::time::Duration;

use sverka_app::deliveries::{DeliverError, Delivered};
use sverka_app::ports::accounting::Class;
use sverka_domain::delivery::DeliveryState;
use sverka_domain::ids::AttemptId;
use sverka_domain::status::BankStatus;

use crate::stage::Stage;
use crate::system::{Asked, Play, System};
use crate::words::{silence, unreachable};

const AT_ONCE: usize = 4;
const TAKES: Duration = Duration::from_millis(5);

async fn stage() -> Stage {
    Stage::over(System::new(Class::KeyEnforced).taking(AT_ONCE, TAKES)).await
}

async fn payments(stage: &Stage, count: usize) -> Vec<AttemptId> {
    let mut ids = Vec::with_capacity(count);
    for _ in 0..count {
        stage.seconds(1);
        ids.push(stage.paid().await);
    }
    ids
}

async fn flow(stage: &Stage) -> Result<Vec<Delivered>, DeliverError> {
    stage.app.deliver_due("crm", || false).await
}

/// Does whatever comes due, until nothing is.
async fn flow_to_the_end(stage: &Stage) {
    for _ in 0..100 {
        let Some(due) = stage.app.next_delivery_due("crm".to_owned()).await.unwrap() else {
            return;
        };
        stage.advance(due.duration_since(stage.now()).max(jiff::SignedDuration::ZERO));
        flow(stage).await.unwrap();
    }
    panic!("it never comes to an end");
}

async fn assert_made_once(stage: &Stage, ids: &[AttemptId]) {
    let mut expected = Vec::new();
    for id in ids {
        let payment = stage.payment(*id).await;
        assert_eq!(payment.state, DeliveryState::Synced);
        expected.push(payment.id.to_string());
    }
    let mut made_for = stage.system.made_for();
    made_for.sort_unstable();
    expected.sort_unstable();
    assert_eq!(made_for, expected);
}

#[tokio::test]
async fn as_many_as_the_system_takes_are_under_way_the_oldest_begun_first() {
    let stage = stage().await;
    let ids = payments(&stage, 50).await;
    let outcomes = flow(&stage).await.unwrap();
    assert_eq!(outcomes, [Delivered::Sent; 50]);
    assert_eq!(stage.system.most_at_once(), AT_ONCE);
    assert_made_once(&stage, &ids).await;
    let mut in_order = Vec::new();
    for id in &ids {
        in_order.push(stage.payment(*id).await.id.to_string());
    }
    assert_eq!(stage.system.made_for(), in_order);
    let state = stage.connection().await;
    assert_eq!((state.failures, state.last_good_at), (0, Some(stage.now())));
}

#[tokio::test]
async fn a_refund_is_not_begun_beside_its_payment() {
    let stage = stage().await;
    let id = stage.paid().await;
    stage.set(id, BankStatus::Refunded).await;
    assert_eq!(flow(&stage).await.unwrap(), [Delivered::Sent]);
    assert_eq!(stage.deliveries(id).await[1].state, DeliveryState::Queued);
    assert_eq!(flow(&stage).await.unwrap(), [Delivered::Sent]);
    let states = stage.deliveries(id).await;
    assert!(
        states
            .iter()
            .all(|delivery| delivery.state == DeliveryState::Synced)
    );
}

#[tokio::test]
async fn at_the_first_sign_of_an_outage_nothing_more_is_begun_and_the_rest_is_given_back() {
    let stage = stage().await;
    let ids = payments(&stage, 40).await;
    stage.system.plays((0..AT_ONCE).map(|_| Play::Say(unreachable())));
    let outcomes = flow(&stage).await.unwrap();
    assert_eq!(stage.system.asked(), [Asked::Send; AT_ONCE], "{outcomes:?}");
    let state = stage.connection().await;
    assert_eq!(state.failures, u32::try_from(AT_ONCE).unwrap());
    assert!(state.paused_until.is_some_and(|until| until > stage.now()));
    for id in &ids[AT_ONCE..] {
        let payment = stage.payment(*id).await;
        assert_eq!((payment.state, payment.lease), (DeliveryState::Queued, None));
    }
    flow_to_the_end(&stage).await;
    assert_made_once(&stage, &ids).await;
}

#[tokio::test]
async fn unknown_answers_in_a_row_are_counted_though_they_come_at_once() {
    let stage = stage().await;
    let ids = payments(&stage, 20).await;
    stage.system.plays((0..5).map(|_| Play::DoAndSay(silence())));
    flow(&stage).await.unwrap();
    let state = stage.connection().await;
    assert!(state.failures == 0 || state.paused_until.is_some(), "{state:?}");
    flow_to_the_end(&stage).await;
    assert_made_once(&stage, &ids).await;
}

#[tokio::test]
async fn where_only_a_search_helps_one_goes_after_the_other() {
    let stage = Stage::new(Class::LookUpOnly).await;
    let ids = payments(&stage, 12).await;
    flow(&stage).await.unwrap();
    assert_eq!(stage.system.most_at_once(), 1);
    flow_to_the_end(&stage).await;
    assert_made_once(&stage, &ids).await;
}

#[tokio::test]
async fn who_is_told_to_stop_ends_what_is_under_way_and_gives_the_rest_back() {
    let stage = stage().await;
    let ids = payments(&stage, 40).await;
    let system = stage.system.clone();
    let stops = move || system.most_at_once() > 0;
    let outcomes = stage.app.deliver_due("crm", stops).await.unwrap();
    assert!((1..40).contains(&outcomes.len()), "{}", outcomes.len());
    for id in &ids {
        let payment = stage.payment(*id).await;
        assert_eq!(payment.lease, None);
        assert!(matches!(
            payment.state,
            DeliveryState::Synced | DeliveryState::Queued
        ));
    }
    flow_to_the_end(&stage).await;
    assert_made_once(&stage, &ids).await;
}

#[tokio::test]
async fn a_document_that_two_answers_name_is_the_first_ones() {
    let stage = stage().await;
    let ids = payments(&stage, 2).await;
    let named = |_| {
        let applied = sverka_domain::delivery::Verdict::Applied { document_ref: None };
        Play::Say(crate::words::said(applied, Some("guid-1".to_owned())))
    };
    stage.system.plays((0..2).map(named));
    flow(&stage).await.unwrap();
    let states = [
        stage.payment(ids[0]).await.state,
        stage.payment(ids[1]).await.state,
    ];
    assert_eq!(states, [DeliveryState::Synced, DeliveryState::Held]);
}
