//! CloudPayments' notifications.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use common::cloudpayments::{BANK, SECRET, act, kinds, order};
use common::{Heard, Stand, hmac_sha256};
use sverka_simulator::api::{BankSettings, Move, OrderState, Verb};

#[tokio::test]
async fn every_notification_is_signed_over_what_is_sent_and_over_the_decoded_text() {
    let stand = Stand::new().await;
    order(&stand, "A-1", false).await;
    act(&stand, "A-1", Verb::Decline, Move::default()).await;
    stand.quiet().await;
    act(&stand, "A-1", Verb::Pay, Move::default()).await;
    stand.quiet().await;
    act(&stand, "A-1", Verb::Reverse, Move::default()).await;
    stand.quiet().await;
    let heard = stand.heard();
    assert_eq!(kinds(&heard), ["type=fail", "type=pay", "type=cancel"]);
    assert_eq!(
        (
            heard[0].params["ReasonCode"].as_str(),
            heard[0].params["Status"].as_str()
        ),
        ("5051", "Declined")
    );
    assert_eq!(
        (
            heard[1].params["Status"].as_str(),
            heard[1].params["AccountId"].as_str()
        ),
        ("Completed", "client@example.com")
    );
    for one in &heard {
        assert_eq!(
            (one.method.as_str(), one.params["InvoiceId"].as_str()),
            ("POST", "A-1")
        );
        let decoded: Vec<String> = url::form_urlencoded::parse(one.body.as_bytes())
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(
            one.headers["content-hmac"],
            STANDARD.encode(hmac_sha256(SECRET, &one.body))
        );
        assert_eq!(
            one.headers["x-content-hmac"],
            STANDARD.encode(hmac_sha256(SECRET, &decoded.join("&")))
        );
    }
}

#[tokio::test]
async fn a_notification_comes_until_the_answer_is_code_zero() {
    let stand = Stand::new().await;
    *stand.merchant.words.lock().unwrap() = vec!["", r#"{"code":13}"#, "OK", "{\"code\":0}"];
    order(&stand, "A-1", false).await;
    act(&stand, "A-1", Verb::Pay, Move::default()).await;
    stand.quiet().await;
    assert_eq!(stand.heard().len(), 4);
}

#[tokio::test]
async fn the_merchant_may_refuse_a_payment_beforehand() {
    let stand = Stand::new().await;
    let asking = BankSettings {
        check_payments: Some(true),
        ..BankSettings::default()
    };
    stand.control.set_bank(BANK, "main", &asking).await.unwrap();
    let made = order(&stand, "A-1", false).await;
    let pay = || {
        stand
            .http
            .post(made["Url"].as_str().unwrap())
            .form(&[("action", "pay")])
            .send()
    };
    stand.merchant.words.lock().unwrap().push(r#"{"code":13}"#);
    let html = pay().await.unwrap().text().await.unwrap();
    assert!(html.contains("Магазин не согласился"), "{html}");
    assert_eq!(
        stand.control.order(BANK, "main", "A-1").await.unwrap().state,
        OrderState::Registered
    );
    pay().await.unwrap();
    stand.quiet().await;
    assert_eq!(
        stand.control.order(BANK, "main", "A-1").await.unwrap().state,
        OrderState::Paid
    );
    let heard = stand.heard();
    assert_eq!(kinds(&heard), ["type=check", "type=check", "type=pay"]);
    assert!(!heard[0].params.contains_key("AuthCode") && heard[2].params.contains_key("AuthCode"));
}

#[tokio::test]
async fn it_loses_doubles_and_forges_as_told() {
    let stand = Stand::new().await;
    for number in ["A-1", "A-2", "A-3"] {
        order(&stand, number, false).await;
    }
    act(&stand, "A-1", Verb::Pay, Move::silent()).await;
    let noisy = Move {
        copies: Some(2),
        forge: true,
        ..Move::default()
    };
    act(&stand, "A-2", Verb::Pay, noisy).await;
    let wrong = Move {
        wrong_amount: Some(100),
        ..Move::default()
    };
    act(&stand, "A-3", Verb::Pay, wrong).await;
    stand.quiet().await;
    let heard = stand.heard();
    let is_signed =
        |one: &&Heard| one.headers["content-hmac"] == STANDARD.encode(hmac_sha256(SECRET, &one.body));
    assert!(heard.iter().all(|one| one.params["InvoiceId"] != "A-1"));
    let of_second: Vec<_> = heard
        .iter()
        .filter(|one| one.params["InvoiceId"] == "A-2")
        .collect();
    assert_eq!(
        (
            of_second.len(),
            of_second.iter().copied().filter(is_signed).count()
        ),
        (3, 2)
    );
    let third = heard.iter().find(|one| one.params["InvoiceId"] == "A-3").unwrap();
    assert!(is_signed(&third) && third.params["Amount"] == "1.00");
}
