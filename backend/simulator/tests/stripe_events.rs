//! Stripe's events.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::Stand;
use common::stripe::{BANK, SECRET, act, event, post, session, signed_at};
use serde_json::{Value, json};
use sverka_simulator::api::{Move, Verb};

#[tokio::test]
async fn holds_are_captured_and_let_go() {
    let stand = Stand::new().await;
    for number in ["A-1", "A-1~2"] {
        session(&stand, &[("payment_intent_data[capture_method]", "manual")]).await;
        act(&stand, number, Verb::Hold, Move::default()).await;
    }
    let id = async |number: &str| {
        stand
            .control
            .order(BANK, "main", number)
            .await
            .unwrap()
            .bank_order_id
    };
    let capture = format!("payment_intents/{}/capture", id("A-1").await);
    let taken: Value = post(&stand, &capture, &[("amount_to_capture", "400000")], None)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(
        (&taken["status"], &taken["amount_received"]),
        (&json!("succeeded"), &json!(400_000))
    );
    assert_eq!(post(&stand, &capture, &[], None).await.status(), 400);
    let cancel = format!("payment_intents/{}/cancel", id("A-1~2").await);
    let gone: Value = post(&stand, &cancel, &[], None).await.json().await.unwrap();
    assert_eq!(
        (&gone["status"], &gone["cancellation_reason"]),
        (&json!("canceled"), &json!("requested_by_customer"))
    );
    stand.quiet().await;
    let mut kinds: Vec<String> = stand
        .heard()
        .iter()
        .map(|one| event(one)["type"].as_str().unwrap().to_owned())
        .collect();
    kinds.sort_unstable();
    assert_eq!(
        kinds,
        [
            "payment_intent.amount_capturable_updated",
            "payment_intent.amount_capturable_updated",
            "payment_intent.canceled",
            "payment_intent.succeeded"
        ]
    );
}

#[tokio::test]
async fn every_event_is_signed_with_the_time_and_names_what_happened() {
    let stand = Stand::new().await;
    let one_try = Move {
        is_final: Some(false),
        ..Move::default()
    };
    session(&stand, &[]).await;
    stand.order(BANK, "main", "E").await;
    stand.order(BANK, "main", "F").await;
    for (number, verb, how) in [
        ("A-1", Verb::Decline, one_try),
        ("A-1", Verb::Pay, Move::default()),
        ("A-1", Verb::Refund, Move::of(100)),
        ("E", Verb::Pay, Move::default()),
        ("F", Verb::Expire, Move::default()),
    ] {
        act(&stand, number, verb, how).await;
        stand.quiet().await;
    }
    let heard = stand.heard();
    let told: Vec<_> = heard.iter().map(event).collect();
    assert_eq!(
        told.iter()
            .map(|one| one["type"].as_str().unwrap())
            .collect::<Vec<_>>(),
        [
            "payment_intent.payment_failed",
            "checkout.session.completed",
            "charge.refunded",
            "payment_intent.succeeded",
            "checkout.session.expired"
        ]
    );
    assert!(heard.iter().all(|one| signed_at(one, SECRET).is_some()));
    assert_eq!(told[0]["data"]["object"]["metadata"]["order_number"], "A-1");
    assert_eq!(told[1]["data"]["object"]["payment_status"], "paid");
    assert_eq!(told[2]["data"]["object"]["amount_refunded"], 100);
    assert!(
        told.iter()
            .all(|one| one["id"].as_str().unwrap().starts_with("evt_") && one["livemode"] == false)
    );
}

#[tokio::test]
async fn an_event_comes_again_under_the_same_id_until_it_is_taken() {
    let stand = Stand::new().await;
    *stand.merchant.statuses.lock().unwrap() = vec![500, 302, 204];
    stand.order(BANK, "main", "E").await;
    let noisy = Move {
        forge: true,
        ..Move::default()
    };
    act(&stand, "E", Verb::Pay, Move::default()).await;
    stand.quiet().await;
    let heard = stand.heard();
    assert_eq!(heard.len(), 3);
    assert!(heard.iter().all(|one| event(one)["id"] == event(&heard[0])["id"]));
    stand.order(BANK, "main", "F").await;
    act(&stand, "F", Verb::Pay, noisy).await;
    stand.quiet().await;
    let of_second: Vec<_> = stand.heard().split_off(3);
    assert_eq!(
        of_second
            .iter()
            .filter(|one| signed_at(one, SECRET).is_none())
            .count(),
        1
    );
    assert!(
        of_second
            .iter()
            .all(|one| event(one)["type"] == "payment_intent.succeeded")
    );
}
