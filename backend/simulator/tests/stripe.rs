//! Stripe over HTTP: the calls.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::Stand;
use common::stripe::{BANK, KEY, SESSION, act, get, post, session};
use serde_json::{Value, json};
use sverka_simulator::api::{BankFaults, Move, Order, ServiceMode, Verb};

#[tokio::test]
async fn a_session_is_made_paid_on_its_page_and_read() {
    let stand = Stand::new().await;
    let made = session(&stand, &[]).await;
    let id = made["id"].as_str().unwrap();
    for (name, value) in [
        ("object", json!("checkout.session")),
        ("status", json!("open")),
        ("payment_status", json!("unpaid")),
        ("amount_total", json!(499_000)),
        ("currency", json!("rub")),
        ("client_reference_id", json!("A-1")),
        ("metadata", json!({"order_number": "A-1"})),
        ("payment_intent", Value::Null),
    ] {
        assert_eq!(made[name], value, "{name}");
    }
    let page = made["url"].as_str().unwrap();
    let html = stand.http.get(page).send().await.unwrap().text().await.unwrap();
    assert!(html.contains("Stripe (имитация)"), "{html}");
    let left = stand
        .http
        .post(page)
        .form(&[("action", "pay")])
        .send()
        .await
        .unwrap();
    assert_eq!(
        left.headers()["location"].to_str().unwrap(),
        format!("http://shop/back?session={id}")
    );

    let read = get(
        &stand,
        &format!("checkout/sessions/{id}"),
        &[("expand[]", "payment_intent.latest_charge")],
    )
    .await;
    assert_eq!(
        (&read["status"], &read["payment_status"]),
        (&json!("complete"), &json!("paid"))
    );
    let intent = &read["payment_intent"];
    assert_eq!(
        (&intent["status"], &intent["amount_received"]),
        (&json!("succeeded"), &json!(499_000))
    );
    assert_eq!(
        (
            &intent["latest_charge"]["object"],
            &intent["latest_charge"]["captured"]
        ),
        (&json!("charge"), &json!(true))
    );
    let plain = get(
        &stand,
        &format!("payment_intents/{}", intent["id"].as_str().unwrap()),
        &[],
    )
    .await;
    assert!(plain["latest_charge"].is_string());
}

#[tokio::test]
async fn every_state_has_its_words() {
    let stand = Stand::new().await;
    for (nth, (verb, status, of_session)) in [
        (Verb::Acs, "requires_action", "open"),
        (Verb::Hold, "requires_capture", "complete"),
        (Verb::Pay, "succeeded", "complete"),
        (Verb::Decline, "canceled", "expired"),
        (Verb::Expire, "canceled", "expired"),
    ]
    .into_iter()
    .enumerate()
    {
        let number = format!("B-{nth}");
        stand.order(BANK, "main", &number).await;
        let order = act(&stand, &number, verb, Move::default()).await;
        let intent = get(&stand, &format!("payment_intents/{}", order.bank_order_id), &[]).await;
        assert_eq!(intent["status"], status, "{verb:?}");
        assert_eq!(intent["last_payment_error"].is_object(), verb == Verb::Decline);
        let session = order.bank_order_id.replace("pi_", "cs_test_");
        assert_eq!(
            get(&stand, &format!("checkout/sessions/{session}"), &[]).await["status"],
            of_session,
            "{verb:?}"
        );
    }
    let one_try = Move {
        is_final: Some(false),
        ..Move::default()
    };
    stand.order(BANK, "main", "C").await;
    let order = act(&stand, "C", Verb::Decline, one_try).await;
    let intent = get(&stand, &format!("payment_intents/{}", order.bank_order_id), &[]).await;
    assert_eq!(
        (&intent["status"], &intent["last_payment_error"]["decline_code"]),
        (&json!("requires_payment_method"), &json!("insufficient_funds"))
    );
    let missing = get(&stand, "payment_intents/pi_0", &[]).await;
    assert_eq!(missing["error"]["code"], "resource_missing");
}

#[tokio::test]
async fn a_wrong_key_is_not_let_in_and_an_idempotency_key_is_good_for_one_call() {
    let stand = Stand::new().await;
    let url = stand.url("/stripe/main/v1/payment_intents");
    assert_eq!(
        stand
            .http
            .get(&url)
            .bearer_auth("sk_test_other")
            .send()
            .await
            .unwrap()
            .status(),
        401
    );
    assert_eq!(
        stand
            .http
            .get(&url)
            .basic_auth(KEY, Some(""))
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    let create = async |form: &[(&str, &str)], key| -> (u16, Value) {
        let answer = post(&stand, "checkout/sessions", form, Some(key)).await;
        (answer.status().as_u16(), answer.json().await.unwrap())
    };
    let (_, first) = create(&SESSION, "k-1").await;
    assert_eq!(create(&SESSION, "k-1").await, (200, first.clone()));
    let (_, other) = create(&SESSION, "k-2").await;
    assert_ne!(other["id"], first["id"]);
    let (status, refused) = create(&SESSION[..8], "k-1").await;
    assert_eq!(
        (status, &refused["error"]["type"]),
        (400, &json!("idempotency_error"))
    );
}

#[tokio::test]
async fn intents_are_searched_by_metadata_once_somebody_has_tried() {
    let stand = Stand::new().await;
    session(&stand, &[]).await;
    let search = async |query: &str| get(&stand, "payment_intents/search", &[("query", query)]).await;
    let ours = "metadata['order_number']:'A-1'";
    assert_eq!(search(ours).await["data"], json!([]));
    act(&stand, "A-1", Verb::Pay, Move::default()).await;
    let found = search(ours).await;
    assert_eq!(
        (&found["object"], &found["has_more"]),
        (&json!("search_result"), &json!(false))
    );
    assert_eq!(found["data"][0]["metadata"]["order_number"], "A-1");
    assert_eq!(
        search("metadata[\"order_number\"]:\"a-1\" AND status:'succeeded'").await["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(search("metadata['order_number']:'A-2'").await["data"], json!([]));
    assert_eq!(search("nonsense").await["error"]["type"], "invalid_request_error");
}

/// A paid order and a refund of a part of it.
async fn refunded(stand: &Stand) -> (Order, Value) {
    session(stand, &[]).await;
    let paid = act(stand, "A-1", Verb::Pay, Move::default()).await;
    let of = ("payment_intent", paid.bank_order_id.as_str());
    let made = post(stand, "refunds", &[of, ("amount", "99000")], None).await;
    let refund = made.json().await.unwrap();
    (paid, refund)
}

#[tokio::test]
async fn a_charge_tells_what_went_back_and_what_the_balance_shows() {
    let stand = Stand::new().await;
    let (paid, _) = refunded(&stand).await;
    let query = [("limit", "100"), ("expand[]", "data.balance_transaction")];
    let charges = get(&stand, "charges", &query).await;
    let charge = &charges["data"][0];
    for (name, value) in [
        ("amount", json!(499_000)),
        ("amount_refunded", json!(99_000)),
        ("refunded", json!(false)),
    ] {
        assert_eq!(charge[name], value, "{name}");
    }
    let balance = &charge["balance_transaction"];
    assert_eq!(
        (&balance["fee"], &balance["net"]),
        (&json!(14_471), &json!(484_529))
    );
    let later = (paid.created_at / 1_000 + 3_600).to_string();
    let none = get(&stand, "charges", &[("created[gte]", later.as_str())]).await;
    assert_eq!(none["data"], json!([]));
    stand.control.refund(BANK, "main", "A-1", 400_000).await.unwrap();
    let path = format!("charges/{}", charge["id"].as_str().unwrap());
    assert_eq!(get(&stand, &path, &[]).await["refunded"], true);
}

#[tokio::test]
async fn a_refund_is_an_object_of_its_own() {
    let stand = Stand::new().await;
    let (paid, refund) = refunded(&stand).await;
    assert_eq!(
        (&refund["status"], &refund["amount"]),
        (&json!("succeeded"), &json!(99_000))
    );
    let of = ("payment_intent", paid.bank_order_id.as_str());
    let too_much = post(&stand, "refunds", &[of, ("amount", "499000")], None).await;
    assert_eq!(too_much.status(), 400);
    let path = format!("refunds/{}", refund["id"].as_str().unwrap());
    assert_eq!(get(&stand, &path, &[]).await, refund);
    let query = [
        ("expand[]", "data.charge"),
        ("expand[]", "data.balance_transaction"),
    ];
    let listed = get(&stand, "refunds", &query).await["data"][0].clone();
    assert_eq!(
        (&listed["id"], &listed["charge"]["id"]),
        (&refund["id"], &refund["charge"])
    );
    assert_eq!(listed["charge"]["metadata"]["order_number"], "A-1");
    assert_eq!(listed["balance_transaction"]["net"], -99_000);
}

#[tokio::test]
async fn a_list_goes_page_by_page() {
    let stand = Stand::new().await;
    for nth in 0..5 {
        let number = format!("D-{nth}");
        stand.order(BANK, "main", &number).await;
        act(&stand, &number, Verb::Pay, Move::silent()).await;
    }
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let mut query = vec![("limit", "2")];
        if !after.is_empty() {
            query.push(("starting_after", after.as_str()));
        }
        let page = get(&stand, "payment_intents", &query).await;
        seen.extend(
            page["data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["id"].as_str().unwrap().to_owned()),
        );
        if page["has_more"] == false {
            break;
        }
        after = seen.last().unwrap().clone();
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 5);
}

#[tokio::test]
async fn it_fails_as_told() {
    let stand = Stand::new().await;
    let set = async |query_mode, operation_mode| {
        let faults = BankFaults {
            query_mode,
            operation_mode,
            ..BankFaults::default()
        };
        stand
            .control
            .set_bank_faults(BANK, "main", &faults)
            .await
            .unwrap();
    };
    set(ServiceMode::SystemError, ServiceMode::Error500After).await;
    assert_eq!(
        get(&stand, "payment_intents/pi_0", &[]).await["error"]["type"],
        "api_error"
    );
    assert_eq!(
        post(&stand, "checkout/sessions", &SESSION, None).await.status(),
        500
    );
    assert!(stand.control.order(BANK, "main", "A-1").await.is_ok());
    set(ServiceMode::Busy429, ServiceMode::Ok).await;
    let url = stand.url("/stripe/main/v1/payment_intents/pi_0");
    assert_eq!(
        stand
            .http
            .get(url)
            .bearer_auth(KEY)
            .send()
            .await
            .unwrap()
            .status(),
        429
    );
}

#[tokio::test]
async fn a_session_that_nobody_paid_can_be_ended() {
    let stand = Stand::new().await;
    let made = session(&stand, &[]).await;
    let path = format!("checkout/sessions/{}/expire", made["id"].as_str().unwrap());
    let ended: Value = post(&stand, &path, &[], None).await.json().await.unwrap();
    assert_eq!(
        (&ended["status"], &ended["url"]),
        (&json!("expired"), &Value::Null)
    );
    assert_eq!(post(&stand, &path, &[], None).await.status(), 400);
}
