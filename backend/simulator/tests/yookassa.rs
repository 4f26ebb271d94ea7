//! YooKassa over HTTP.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::Stand;
use serde_json::{Value, json};
use sverka_simulator::api::{BankFaults, Move, OrderState, ServiceMode, Verb};

struct Shop(Stand);

impl Shop {
    async fn new() -> Self {
        Self(Stand::new().await)
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        let url = self.0.url(&format!("/yookassa/main/v3/{path}"));
        let request = self.0.http.get(url);
        let answer = request
            .basic_auth("100500", Some("test_demo-yookassa-key"))
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn post(&self, path: &str, key: &str, body: &Value) -> (u16, Value) {
        let url = self.0.url(&format!("/yookassa/main/v3/{path}"));
        let request = self.0.http.post(url).header("Idempotence-Key", key);
        let answer = request
            .basic_auth("100500", Some("test_demo-yookassa-key"))
            .json(body)
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn heard(&self) -> Vec<Value> {
        self.0.quiet().await;
        let heard = self.0.heard().into_iter();
        heard
            .map(|one| serde_json::from_str(&one.body).unwrap())
            .collect()
    }
}

fn order(number: &str, capture: bool) -> Value {
    json!({
        "amount": {"value": "4990.00", "currency": "RUB"},
        "capture": capture,
        "confirmation": {"type": "redirect", "return_url": "http://shop/back"},
        "description": "Абонемент",
        "metadata": {"order_number": number, "club": "7"},
    })
}

#[tokio::test]
async fn a_payment_is_made_paid_by_a_person_and_refunded_in_part() {
    let shop = Shop::new().await;
    let (status, made) = shop.post("payments", "k-1", &order("A-1", true)).await;
    assert_eq!((status, made["status"].as_str()), (200, Some("pending")));
    let (id, page) = (
        made["id"].as_str().unwrap(),
        made["confirmation"]["confirmation_url"].as_str().unwrap(),
    );
    let html = shop.0.http.get(page).send().await.unwrap().text().await.unwrap();
    assert!(html.contains("ЮKassa (имитация)") && html.contains("Абонемент"));
    let left = shop
        .0
        .http
        .post(page)
        .form(&[("action", "pay")])
        .send()
        .await
        .unwrap();
    assert_eq!(left.headers()["location"], "http://shop/back");

    let (_, paid) = shop.get(&format!("payments/{id}")).await;
    assert_eq!(
        (&paid["status"], &paid["paid"]),
        (&json!("succeeded"), &json!(true))
    );
    assert_eq!(paid["refunded_amount"]["value"], "0.00");
    assert_eq!(paid["income_amount"]["value"], "4815.35");
    assert_eq!(paid["metadata"], json!({"order_number": "A-1", "club": "7"}));

    let refund = json!({"payment_id": id, "amount": {"value": "990.00", "currency": "RUB"}});
    let (status, refunded) = shop.post("refunds", "k-2", &refund).await;
    assert_eq!((status, &refunded["payment_id"]), (200, &json!(id)));
    let (_, paid) = shop.get(&format!("payments/{id}")).await;
    assert_eq!(
        (&paid["status"], &paid["refunded_amount"]["value"]),
        (&json!("succeeded"), &json!("990.00"))
    );
    let too_much = json!({"payment_id": id, "amount": {"value": "4000.01", "currency": "RUB"}});
    assert_eq!(shop.post("refunds", "k-3", &too_much).await.0, 400);
    let refund_id = refunded["id"].as_str().unwrap();
    assert_eq!(shop.get(&format!("refunds/{refund_id}")).await.1, refunded);

    let heard = shop.heard().await;
    let told: Vec<_> = heard.iter().map(|one| one["event"].as_str().unwrap()).collect();
    assert_eq!(told, ["payment.succeeded", "refund.succeeded"]);
    assert_eq!(heard[0]["object"]["amount"]["value"], "4990.00");
    assert_eq!(heard[1]["object"]["amount"]["value"], "990.00");
    assert_eq!(heard[1]["object"]["payment_id"], id);
}

#[tokio::test]
async fn a_key_is_good_for_one_payment() {
    let shop = Shop::new().await;
    let first = shop.post("payments", "k-1", &order("A-1", true)).await;
    assert_eq!(shop.post("payments", "k-1", &order("A-1", true)).await, first);
    assert_eq!(shop.post("payments", "k-1", &order("B-2", true)).await.0, 400);
    // Nothing hinders another payment for the same number.
    let (_, second) = shop.post("payments", "k-2", &order("A-1", true)).await;
    assert_ne!(second["id"], first.1["id"]);
    assert_eq!(second["metadata"], first.1["metadata"]);
    let url = shop.0.url("/yookassa/main/v3/payments");
    let keyless = shop
        .0
        .http
        .post(url)
        .basic_auth("100500", Some("test_demo-yookassa-key"));
    let answer = keyless.json(&order("C-3", true)).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert_eq!(shop.0.control.orders("yookassa", "main").await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_hold_is_captured_in_part_or_cancelled() {
    let shop = Shop::new().await;
    for number in ["take", "release"] {
        let (_, made) = shop.post("payments", number, &order(number, false)).await;
        let id = made["id"].as_str().unwrap().to_owned();
        let early = shop
            .post(&format!("payments/{id}/cancel"), "early", &json!({}))
            .await;
        assert_eq!(early.0, 400, "nothing is held yet");
        let held = shop
            .0
            .control
            .act("yookassa", "main", number, Verb::Hold, &Move::default())
            .await
            .unwrap();
        assert_eq!(held.state, OrderState::Held);
        let (path, body) = if number == "take" {
            (
                "capture",
                json!({"amount": {"value": "4000.00", "currency": "RUB"}}),
            )
        } else {
            ("cancel", json!({}))
        };
        let key = format!("{number}-2");
        let (status, now) = shop.post(&format!("payments/{id}/{path}"), &key, &body).await;
        assert_eq!(status, 200);
        if number == "take" {
            assert_eq!(
                (&now["status"], &now["amount"]["value"]),
                (&json!("succeeded"), &json!("4000.00"))
            );
        } else {
            assert_eq!(now["cancellation_details"]["reason"], "canceled_by_merchant");
        }
    }
    let heard = shop.heard().await;
    let mut told: Vec<_> = heard.iter().map(|one| one["event"].as_str().unwrap()).collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            "payment.canceled",
            "payment.succeeded",
            "payment.waiting_for_capture",
            "payment.waiting_for_capture"
        ]
    );
}

#[tokio::test]
async fn a_refused_try_is_told_to_nobody_and_the_end_is_told_with_its_reason() {
    let shop = Shop::new().await;
    for (number, reason) in [
        ("refused", "insufficient_funds"),
        ("late", "expired_on_confirmation"),
    ] {
        let made = shop.0.order("yookassa", "main", number).await;
        let one_try = Move {
            is_final: Some(false),
            ..Move::default()
        };
        shop.0
            .control
            .decline("yookassa", "main", number, &one_try)
            .await
            .unwrap();
        assert!(
            shop.heard()
                .await
                .iter()
                .all(|one| one["object"]["id"] != made.bank_order_id.as_str())
        );
        let verb = if number == "late" {
            Verb::Expire
        } else {
            Verb::Decline
        };
        shop.0
            .control
            .act("yookassa", "main", number, verb, &Move::default())
            .await
            .unwrap();
        let told = shop.heard().await.pop().unwrap();
        assert_eq!(told["event"], "payment.canceled");
        assert_eq!(told["object"]["cancellation_details"]["reason"], reason);
        assert_eq!(told["object"]["metadata"]["order_number"], number);
    }
}

#[tokio::test]
async fn payments_and_refunds_are_listed_page_by_page() {
    let shop = Shop::new().await;
    for number in ["A-1", "A-2", "A-3"] {
        shop.0.order("yookassa", "main", number).await;
    }
    shop.0
        .control
        .pay("yookassa", "main", "A-2", &Move::silent())
        .await
        .unwrap();
    shop.0
        .control
        .refund("yookassa", "main", "A-2", 100)
        .await
        .unwrap();
    let (_, first) = shop
        .get("payments?limit=2&created_at.gte=2020-01-01T00:00:00Z")
        .await;
    let numbers = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().unwrap().iter();
        items
            .map(|one| one["metadata"]["order_number"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(numbers(&first), ["A-3", "A-2"]);
    let cursor = first["next_cursor"].as_str().unwrap();
    let (_, second) = shop.get(&format!("payments?limit=2&cursor={cursor}")).await;
    assert_eq!(
        (numbers(&second), second.get("next_cursor")),
        (vec!["A-1".to_owned()], None)
    );
    let (_, paid) = shop.get("payments?status=succeeded").await;
    assert_eq!(numbers(&paid), ["A-2"]);
    let (_, none) = shop.get("payments?created_at.lt=2020-01-01T00:00:00Z").await;
    assert!(numbers(&none).is_empty());
    assert_eq!(shop.get("payments?limit=101").await.0, 400);
    let id = paid["items"][0]["id"].as_str().unwrap();
    let (_, refunds) = shop.get(&format!("refunds?payment_id={id}")).await;
    assert_eq!(refunds["items"][0]["amount"]["value"], "1.00");
    assert_eq!(shop.get("refunds/none").await.1["code"], "not_found");
}

#[tokio::test]
async fn strangers_and_faults_are_answered_in_yookassas_form() {
    let shop = Shop::new().await;
    let url = shop.0.url("/yookassa/main/v3/payments");
    let stranger = shop
        .0
        .http
        .get(&url)
        .basic_auth("100500", Some("wrong"))
        .send()
        .await
        .unwrap();
    assert_eq!(stranger.status(), 401);
    let said: Value = stranger.json().await.unwrap();
    assert_eq!(
        (&said["type"], &said["code"]),
        (&json!("error"), &json!("invalid_credentials"))
    );
    let order = shop.0.order("yookassa", "main", "A-1").await;
    let path = format!("payments/{}", order.bank_order_id);
    let faults = BankFaults {
        query_mode: ServiceMode::SystemError,
        operation_mode: ServiceMode::Error500After,
        ..BankFaults::default()
    };
    shop.0
        .control
        .set_bank_faults("yookassa", "main", &faults)
        .await
        .unwrap();
    let (status, said) = shop.get(&path).await;
    assert_eq!((status, &said["code"]), (500, &json!("internal_server_error")));
    // Done, and then no answer that says so: the key finds it again.
    let create = || {
        let request = shop.0.http.post(&url).header("Idempotence-Key", "k-9");
        request
            .basic_auth("100500", Some("test_demo-yookassa-key"))
            .json(&self::order("B-2", true))
            .send()
    };
    assert_eq!(create().await.unwrap().status(), 500);
    shop.0
        .control
        .set_bank_faults("yookassa", "main", &BankFaults::default())
        .await
        .unwrap();
    let found: Value = create().await.unwrap().json().await.unwrap();
    let known = shop.0.control.order("yookassa", "main", "B-2").await.unwrap();
    assert_eq!(found["id"], known.bank_order_id.as_str());
}

#[tokio::test]
async fn a_forged_notification_differs_in_nothing_but_the_truth() {
    let shop = Shop::new().await;
    shop.0.order("yookassa", "main", "A-1").await;
    shop.0.control.forge("yookassa", "main", "A-1").await.unwrap();
    let told = shop.heard().await.pop().unwrap();
    assert_eq!(
        (&told["event"], &told["object"]["status"]),
        (&json!("payment.succeeded"), &json!("succeeded"))
    );
    let truth = shop.0.control.order("yookassa", "main", "A-1").await.unwrap();
    let (_, asked) = shop.get(&format!("payments/{}", truth.bank_order_id)).await;
    assert_eq!(
        (truth.state, &asked["status"]),
        (OrderState::Registered, &json!("pending"))
    );
}
