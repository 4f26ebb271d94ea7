//! T-Bank's notifications: repeated, sent again on request, lost, forged.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::Stand;
use common::tbank::{call, init, token};
use serde_json::{Value, json};
use sverka_simulator::api::{BankFaults, CallbackOutcome, Move, OrderState, Resend, ServiceMode};

#[tokio::test]
async fn a_notification_comes_again_until_the_answer_is_exactly_ok() {
    let stand = Stand::new().await;
    *stand.merchant.words.lock().unwrap() = vec!["ok", "OK\n", "", "OK"];
    init(&stand, "A-1", json!({})).await;
    stand
        .control
        .pay("tbank", "main", "A-1", &Move::default())
        .await
        .unwrap();
    let log = stand.quiet().await;
    assert_eq!(
        log.items.iter().map(|one| one.attempt).collect::<Vec<_>>(),
        [1, 2, 3, 4]
    );
}

#[tokio::test]
async fn what_was_lost_is_sent_again_on_request_and_once() {
    let stand = Stand::new().await;
    init(&stand, "A-1", json!({})).await;
    init(&stand, "A-2", json!({})).await;
    stand
        .control
        .pay("tbank", "main", "A-1", &Move::silent())
        .await
        .unwrap();
    stand
        .control
        .pay("tbank", "main", "A-2", &Move::default())
        .await
        .unwrap();
    stand.quiet().await;
    let sent = |answer: Value| (answer["Success"].clone(), answer["Count"].clone());
    assert_eq!(
        sent(call(&stand, "Resend", json!({})).await),
        (json!(true), json!(1))
    );
    stand.quiet().await;
    let orders: Vec<_> = stand
        .heard()
        .iter()
        .map(|one| serde_json::from_str::<Value>(&one.body).unwrap()["OrderId"].clone())
        .collect();
    assert_eq!(orders, ["A-2", "A-1"]);
    assert_eq!(
        sent(call(&stand, "Resend", json!({})).await),
        (json!(true), json!(0))
    );
}

#[tokio::test]
async fn faults_apply_to_calls_and_notifications_alike() {
    let stand = Stand::new().await;
    init(&stand, "A-1", json!({})).await;
    let faults = BankFaults {
        drop_rate: 1.0,
        query_mode: ServiceMode::SystemError,
        ..BankFaults::default()
    };
    stand
        .control
        .set_bank_faults("tbank", "main", &faults)
        .await
        .unwrap();
    stand
        .control
        .pay("tbank", "main", "A-1", &Move::default())
        .await
        .unwrap();
    assert_eq!(stand.quiet().await.items[0].outcome, CallbackOutcome::Dropped);
    let failed = call(&stand, "CheckOrder", json!({"OrderId": "A-1"})).await;
    assert_eq!(
        (&failed["Success"], &failed["ErrorCode"]),
        (&json!(false), &json!("9999"))
    );
    let lost = BankFaults {
        operation_mode: ServiceMode::Error500After,
        ..BankFaults::default()
    };
    stand
        .control
        .set_bank_faults("tbank", "main", &lost)
        .await
        .unwrap();
    let mut fields = json!({"TerminalKey": "DemoTerminalDEMO", "OrderId": "A-2", "Amount": 100});
    fields["Token"] = json!(token(&fields));
    let answer = stand
        .http
        .post(stand.url("/tbank/v2/Init"))
        .json(&fields)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 500);
    assert_eq!(
        stand.control.order("tbank", "main", "A-2").await.unwrap().state,
        OrderState::Registered
    );
}

#[tokio::test]
async fn a_forged_notification_claims_a_payment_under_a_wrong_token() {
    let stand = Stand::new().await;
    init(&stand, "A-1", json!({})).await;
    stand.control.forge("tbank", "main", "A-1").await.unwrap();
    stand.quiet().await;
    let body: Value = serde_json::from_str(&stand.heard()[0].body).unwrap();
    assert_eq!(
        (&body["Status"], &body["Amount"]),
        (&json!("CONFIRMED"), &json!(499_000))
    );
    assert_eq!(body["Token"].as_str().unwrap().len(), 64);
    assert_ne!(body["Token"], token(&body));
    stand
        .control
        .pay("tbank", "main", "A-1", &Move::default())
        .await
        .unwrap();
    let wrong_sum = Resend {
        wrong_amount: Some(1),
        ..Resend::default()
    };
    stand
        .control
        .send_callback("tbank", "main", "A-1", &wrong_sum)
        .await
        .unwrap();
    stand.quiet().await;
    let last: Value = serde_json::from_str(&stand.heard().pop().unwrap().body).unwrap();
    assert_eq!(
        (&last["Amount"], &last["Token"]),
        (&json!(1), &json!(token(&last)))
    );
}
