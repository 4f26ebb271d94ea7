//! T-Bank over HTTP.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::Stand;
use common::tbank::{call, init, post, told};
use serde_json::{Value, json};
use sverka_simulator::api::{Move, Verb};

async fn status(stand: &Stand, number: &str) -> (String, i64) {
    let answer = call(stand, "CheckOrder", json!({"OrderId": number})).await;
    let latest = &answer["Payments"][0];
    (
        latest["Status"].as_str().unwrap().to_owned(),
        latest["Amount"].as_i64().unwrap(),
    )
}

#[tokio::test]
async fn a_payment_is_opened_paid_on_its_page_and_found_by_both_numbers() {
    let stand = Stand::new().await;
    let opened = init(
        &stand,
        "A-1",
        json!({"SuccessURL": "http://shop/ok", "DATA": {"Email": "a@b.ru"}}),
    )
    .await;
    assert_eq!(
        (
            &opened["Success"],
            &opened["ErrorCode"],
            &opened["Status"],
            &opened["Amount"]
        ),
        (&json!(true), &json!("0"), &json!("NEW"), &json!(499_000))
    );
    let page = opened["PaymentURL"].as_str().unwrap();
    let html = stand.http.get(page).send().await.unwrap().text().await.unwrap();
    assert!(html.contains("Т-Банк") && html.contains("Абонемент") && html.contains("Оплатить"));
    let left = stand
        .http
        .post(page)
        .form(&[("action", "pay")])
        .send()
        .await
        .unwrap();
    assert_eq!(left.headers()["location"], "http://shop/ok");
    stand.quiet().await;
    assert_eq!(told(&stand), [("CONFIRMED".to_owned(), true, 499_000)]);
    assert_eq!(status(&stand, "A-1").await, ("CONFIRMED".to_owned(), 499_000));
    let state = call(&stand, "GetState", json!({"PaymentId": opened["PaymentId"]})).await;
    assert_eq!(
        (
            &state["Status"],
            &state["OrderId"],
            &state["PaymentId"],
            &state["ErrorCode"]
        ),
        (
            &json!("CONFIRMED"),
            &json!("A-1"),
            &opened["PaymentId"],
            &json!("0")
        )
    );
    assert_eq!(state["RRN"].as_str().unwrap().len(), 12);
}

#[tokio::test]
async fn a_hold_is_confirmed_or_released_in_part_and_whole() {
    let stand = Stand::new().await;
    let opened = init(&stand, "A-1", json!({"PayType": "T"})).await;
    let id = json!({"PaymentId": opened["PaymentId"]});
    assert_eq!(call(&stand, "Confirm", id.clone()).await["ErrorCode"], "8");
    stand
        .control
        .act("tbank", "main", "A-1", Verb::Hold, &Move::default())
        .await
        .unwrap();
    stand.quiet().await;
    let part = json!({"PaymentId": opened["PaymentId"], "Amount": 99_000});
    let released = call(&stand, "Cancel", part).await;
    stand.quiet().await;
    assert_eq!(
        (
            &released["Status"],
            &released["OriginalAmount"],
            &released["NewAmount"]
        ),
        (&json!("PARTIAL_REVERSED"), &json!(499_000), &json!(400_000))
    );
    assert_eq!(call(&stand, "Confirm", id.clone()).await["Status"], "CONFIRMED");
    stand.quiet().await;
    assert_eq!(status(&stand, "A-1").await, ("CONFIRMED".to_owned(), 400_000));

    let opened = init(&stand, "A-2", json!({"PayType": "T"})).await;
    stand
        .control
        .act("tbank", "main", "A-2", Verb::Hold, &Move::default())
        .await
        .unwrap();
    stand.quiet().await;
    let released = call(&stand, "Cancel", json!({"PaymentId": opened["PaymentId"]})).await;
    assert_eq!(
        (&released["Status"], &released["NewAmount"]),
        (&json!("REVERSED"), &json!(0))
    );
    stand.quiet().await;
    let words: Vec<_> = told(&stand)
        .into_iter()
        .map(|(status, _, sum)| (status, sum))
        .collect();
    let expected = [
        ("AUTHORIZED", 499_000),
        ("PARTIAL_REVERSED", 400_000),
        ("CONFIRMED", 400_000),
        ("AUTHORIZED", 499_000),
        ("REVERSED", 0),
    ];
    assert_eq!(words, expected.map(|(status, sum)| (status.to_owned(), sum)));
}

#[tokio::test]
async fn a_payment_is_given_back_in_part_and_whole_and_a_repeated_request_moves_nothing() {
    let stand = Stand::new().await;
    let opened = init(&stand, "A-1", json!({})).await;
    stand
        .control
        .pay("tbank", "main", "A-1", &Move::default())
        .await
        .unwrap();
    stand.quiet().await;
    let part = json!({"PaymentId": opened["PaymentId"], "Amount": 100_000, "ExternalRequestId": "r-1"});
    for _ in 0..2 {
        let refunded = call(&stand, "Cancel", part.clone()).await;
        assert_eq!(
            (&refunded["Status"], &refunded["NewAmount"]),
            (&json!("PARTIAL_REFUNDED"), &json!(399_000))
        );
        stand.quiet().await;
    }
    let too_much = json!({"PaymentId": opened["PaymentId"], "Amount": 399_001});
    assert_eq!(call(&stand, "Cancel", too_much).await["Success"], false);
    let rest = call(&stand, "Cancel", json!({"PaymentId": opened["PaymentId"]})).await;
    assert_eq!(
        (&rest["Status"], &rest["NewAmount"]),
        (&json!("REFUNDED"), &json!(0))
    );
    assert_eq!(
        call(&stand, "Cancel", json!({"PaymentId": opened["PaymentId"]})).await["ErrorCode"],
        "8"
    );
    stand.quiet().await;
    let words: Vec<_> = told(&stand)
        .into_iter()
        .map(|(status, _, sum)| (status, sum))
        .collect();
    let expected = [
        ("CONFIRMED", 499_000),
        ("PARTIAL_REFUNDED", 399_000),
        ("REFUNDED", 0),
    ];
    assert_eq!(words, expected.map(|(status, sum)| (status.to_owned(), sum)));
}

#[tokio::test]
async fn an_unpaid_payment_is_given_up_refused_or_runs_out() {
    let stand = Stand::new().await;
    let opened = init(&stand, "gone", json!({})).await;
    assert_eq!(
        call(&stand, "Cancel", json!({"PaymentId": opened["PaymentId"]})).await["Status"],
        "CANCELED"
    );
    stand.quiet().await;
    init(&stand, "refused", json!({})).await;
    let one_try = Move {
        is_final: Some(false),
        ..Move::default()
    };
    stand
        .control
        .decline("tbank", "main", "refused", &one_try)
        .await
        .unwrap();
    assert_eq!(status(&stand, "refused").await.0, "AUTH_FAIL");
    stand
        .control
        .decline("tbank", "main", "refused", &Move::default())
        .await
        .unwrap();
    stand.quiet().await;
    assert_eq!(status(&stand, "refused").await.0, "REJECTED");
    init(&stand, "late", json!({})).await;
    stand
        .control
        .act("tbank", "main", "late", Verb::Expire, &Move::default())
        .await
        .unwrap();
    assert_eq!(status(&stand, "late").await.0, "DEADLINE_EXPIRED");
    stand.quiet().await;
    // The end of a payment's life is told to nobody, and neither is a try that leaves it open.
    assert_eq!(
        told(&stand),
        [
            ("CANCELED".to_owned(), true, 499_000),
            ("REJECTED".to_owned(), false, 499_000)
        ]
    );
    let body: Value = serde_json::from_str(&stand.heard()[1].body).unwrap();
    assert_eq!(body["ErrorCode"], "1051");
}

#[tokio::test]
async fn a_number_holds_several_payments_until_one_of_them_is_paid() {
    let stand = Stand::new().await;
    let first = init(&stand, "A-1", json!({})).await;
    stand
        .control
        .decline("tbank", "main", "A-1", &Move::default())
        .await
        .unwrap();
    let second = init(&stand, "A-1", json!({})).await;
    assert_ne!(first["PaymentId"], second["PaymentId"]);
    stand
        .control
        .pay("tbank", "main", "A-1", &Move::default())
        .await
        .unwrap();
    let all = call(&stand, "CheckOrder", json!({"OrderId": "A-1"})).await;
    let payments = all["Payments"].as_array().unwrap();
    let seen: Vec<_> = payments
        .iter()
        .map(|one| (&one["PaymentId"], &one["Status"], &one["Success"]))
        .collect();
    assert_eq!(
        seen,
        [
            (&second["PaymentId"], &json!("CONFIRMED"), &json!("true")),
            (&first["PaymentId"], &json!("REJECTED"), &json!("false")),
        ]
    );
    assert_eq!(payments[1]["ErrorCode"], 1051);
    let former = call(&stand, "GetState", json!({"PaymentId": first["PaymentId"]})).await;
    assert_eq!(
        (&former["Status"], &former["OrderId"]),
        (&json!("REJECTED"), &json!("A-1"))
    );
    let third = init(&stand, "A-1", json!({})).await;
    assert_eq!(
        (&third["Success"], &third["ErrorCode"]),
        (&json!(false), &json!("20"))
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_call_has_the_bank_s_code() {
    let stand = Stand::new().await;
    let unknown = call(&stand, "CheckOrder", json!({"OrderId": "none"})).await;
    assert_eq!(
        (&unknown["Success"], &unknown["ErrorCode"]),
        (&json!(false), &json!("7"))
    );
    assert_eq!(
        call(&stand, "GetState", json!({"PaymentId": "1"})).await["ErrorCode"],
        "7"
    );
    let forged = json!({"TerminalKey": "DemoTerminalDEMO", "OrderId": "none", "Token": "00"});
    assert_eq!(post(&stand, "CheckOrder", &forged).await["ErrorCode"], "204");
    let foreign = json!({"TerminalKey": "Other", "OrderId": "none", "Token": "00"});
    assert_eq!(post(&stand, "CheckOrder", &foreign).await["ErrorCode"], "501");
    for odd in [
        json!({"Amount": 0}),
        json!({"Amount": "12.5"}),
        json!({"PayType": "X"}),
        json!({"RedirectDueDate": "soon"}),
    ] {
        assert_eq!(init(&stand, "A-1", odd.clone()).await["ErrorCode"], "9", "{odd}");
    }
}

#[tokio::test]
async fn a_page_lives_until_its_due_date() {
    let stand = Stand::new().await;
    let soon = jiff::Timestamp::from_millisecond(stand.order("tbank", "main", "clock").await.created_at)
        .unwrap()
        + jiff::SignedDuration::from_secs(600);
    init(&stand, "A-1", json!({"RedirectDueDate": soon.to_string()})).await;
    let order = stand.control.order("tbank", "main", "A-1").await.unwrap();
    let life = order.expires_at - order.created_at;
    assert!((590_000..=600_000).contains(&life), "{life}");
}
