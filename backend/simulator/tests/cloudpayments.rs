//! CloudPayments over HTTP: the calls.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::Stand;
use common::cloudpayments::{BANK, SECRET, act, call, find, kinds, order, send};
use serde_json::{Value, json};
use sverka_simulator::api::{BankFaults, Move, ServiceMode, Verb};

#[tokio::test]
async fn an_order_is_made_paid_on_its_page_and_found() {
    let stand = Stand::new().await;
    let made = order(&stand, "A-1", false).await;
    assert_eq!(
        (&made["Amount"], &made["Currency"]),
        (&json!(4990.0), &json!("RUB"))
    );
    assert_eq!(
        find(&stand, "A-1").await,
        json!({"Success": false, "Message": "Not found"})
    );

    let page = made["Url"].as_str().unwrap();
    let html = stand.http.get(page).send().await.unwrap().text().await.unwrap();
    assert!(
        html.contains("CloudPayments (имитация)") && html.contains("Заказ A-1"),
        "{html}"
    );
    stand
        .http
        .post(page)
        .form(&[("action", "pay")])
        .send()
        .await
        .unwrap();
    stand.quiet().await;

    let found = find(&stand, "A-1").await;
    let model = &found["Model"];
    assert_eq!(found["Success"], true);
    for (name, value) in [
        ("Amount", json!(4990.0)),
        ("Currency", json!("RUB")),
        ("InvoiceId", json!("A-1")),
        ("AccountId", json!("client@example.com")),
        ("Status", json!("Completed")),
        ("StatusCode", json!(3)),
        ("ReasonCode", json!(0)),
        ("Refunded", json!(false)),
        ("TotalFee", json!(174.65)),
        ("Type", json!(0)),
    ] {
        assert_eq!(model[name], value, "{name}");
    }
    assert_eq!(
        model["ConfirmDateIso"].as_str().unwrap().len(),
        "2014-08-09T11:49:41".len()
    );
    let id = &model["TransactionId"];
    assert!(id.is_u64());
    assert_eq!(
        call(&stand, "payments/get", json!({"TransactionId": id})).await["Model"],
        *model
    );
    act(&stand, "A-1", Verb::Settle, Move::default()).await;
    assert_eq!(find(&stand, "A-1").await["Model"]["PayoutAmount"], json!(4815.35));
}

#[tokio::test]
async fn a_form_is_as_good_as_json_and_a_wrong_secret_is_not_let_in() {
    let stand = Stand::new().await;
    order(&stand, "A-1", false).await;
    act(&stand, "A-1", Verb::Pay, Move::default()).await;
    let ask = |secret: &'static str| {
        stand
            .http
            .post(stand.url("/cloudpayments/main/payments/find"))
            .basic_auth("pk_demo", Some(secret))
            .form(&[("InvoiceId", "A-1")])
            .send()
    };
    let answer: Value = ask(SECRET).await.unwrap().json().await.unwrap();
    assert_eq!(answer["Model"]["Status"], "Completed");
    assert_eq!(ask("other").await.unwrap().status(), 401);
}

#[tokio::test]
async fn the_same_request_id_makes_one_order_and_another_order_may_have_the_same_invoice() {
    let stand = Stand::new().await;
    let body = json!({"Amount": "10.00", "Description": "x", "InvoiceId": "A-1"});
    let create = async |id: &'static str| -> Value {
        let answer = send(&stand, "orders/create", &body, Some(id)).await;
        answer.json::<Value>().await.unwrap()["Model"]["Url"].clone()
    };
    let first = create("r-1").await;
    assert_eq!(create("r-1").await, first);
    assert_ne!(create("r-2").await, first);
    let pay = Move::default();
    stand.control.pay(BANK, "main", "A-1~2", &pay).await.unwrap();
    assert_eq!(find(&stand, "A-1").await["Model"]["Status"], "Completed");
    let other = json!({"Amount": "11.00", "Description": "x", "InvoiceId": "A-1"});
    let refused = send(&stand, "orders/create", &other, Some("r-1")).await;
    assert_eq!(refused.json::<Value>().await.unwrap()["Success"], false);
}

#[tokio::test]
async fn a_refused_try_is_a_transaction_and_a_later_one_may_succeed() {
    let stand = Stand::new().await;
    order(&stand, "A-1", false).await;
    act(&stand, "A-1", Verb::Acs, Move::default()).await;
    assert_eq!(
        find(&stand, "A-1").await["Model"]["Status"],
        "AwaitingAuthentication"
    );
    let one_try = Move {
        is_final: Some(false),
        ..Move::default()
    };
    act(&stand, "A-1", Verb::Decline, one_try).await;
    let refused = find(&stand, "A-1").await;
    assert_eq!(
        (&refused["Success"], &refused["Model"]["StatusCode"]),
        (&json!(false), &json!(5))
    );
    assert_eq!(refused["Model"]["ReasonCode"], 5051);
    act(&stand, "A-1", Verb::Pay, Move::default()).await;
    let paid = find(&stand, "A-1").await;
    assert_eq!(paid["Model"]["Status"], "Completed");
    assert_ne!(paid["Model"]["TransactionId"], refused["Model"]["TransactionId"]);
}

#[tokio::test]
async fn a_hold_is_confirmed_in_part_or_let_go() {
    let stand = Stand::new().await;
    for (number, path, status) in [("A-1", "confirm", "Completed"), ("A-2", "void", "Cancelled")] {
        order(&stand, number, true).await;
        let held = act(&stand, number, Verb::Hold, Move::default()).await;
        assert_eq!(find(&stand, number).await["Model"]["Status"], "Authorized");
        let too_much = json!({"TransactionId": held.bank_order_id, "Amount": 5000});
        if path == "confirm" {
            assert_eq!(
                call(&stand, "payments/confirm", too_much).await["Message"],
                "Amount is too big"
            );
        }
        let body = json!({"TransactionId": held.bank_order_id, "Amount": 1000});
        let body = if path == "confirm" {
            body
        } else {
            json!({"TransactionId": held.bank_order_id})
        };
        assert_eq!(
            call(&stand, &format!("payments/{path}"), body.clone()).await["Success"],
            true
        );
        assert_eq!(find(&stand, number).await["Model"]["Status"], status);
        assert_eq!(
            call(&stand, &format!("payments/{path}"), body).await["Success"],
            false
        );
    }
    stand.quiet().await;
    let heard = stand.heard();
    assert_eq!(
        kinds(&heard),
        ["type=pay", "type=confirm", "type=pay", "type=cancel"]
    );
    assert_eq!(
        heard
            .iter()
            .map(|one| one.params["Amount"].as_str())
            .collect::<Vec<_>>(),
        ["4990.00", "1000.00", "4990.00", "4990.00"]
    );
    assert_eq!(
        (
            heard[0].params["Status"].as_str(),
            heard[1].params["Status"].as_str()
        ),
        ("Authorized", "Completed")
    );
}

#[tokio::test]
async fn refunds_are_operations_that_only_the_newer_calls_see() {
    let stand = Stand::new().await;
    order(&stand, "A-1", false).await;
    let paid = act(&stand, "A-1", Verb::Pay, Move::default()).await;
    let refund = json!({"TransactionId": paid.bank_order_id, "Amount": 990.00});
    let made = call(&stand, "payments/refund", refund).await;
    let id = made["Model"]["TransactionId"].clone();
    assert_eq!(find(&stand, "A-1").await["Model"]["Refunded"], false);
    let last = call(&stand, "v2/payments/find", json!({"InvoiceId": "A-1"})).await["Model"].clone();
    assert_eq!((&last["TransactionId"], &last["Amount"]), (&id, &json!(990.0)));
    assert_eq!(last["OriginalTransactionId"].to_string(), paid.bank_order_id);
    stand.control.refund(BANK, "main", "A-1", 400_000).await.unwrap();
    assert_eq!(find(&stand, "A-1").await["Model"]["Refunded"], true);
    let rest = json!({"TransactionId": paid.bank_order_id, "Amount": 1});
    assert_eq!(call(&stand, "payments/refund", rest).await["Success"], false);
    stand.quiet().await;
    let heard = stand.heard();
    assert_eq!(kinds(&heard), ["type=pay", "type=refund", "type=refund"]);
    assert_eq!(heard[1].params["PaymentTransactionId"], paid.bank_order_id);
    assert_eq!(heard[1].params["TransactionId"], id.to_string());
    assert_eq!(heard[2].params["Amount"], "4000.00");
}

#[tokio::test]
async fn a_period_is_listed_old_to_new_and_by_status() {
    let stand = Stand::new().await;
    for number in ["A-1", "A-2"] {
        order(&stand, number, false).await;
    }
    act(&stand, "A-1", Verb::Decline, Move::default()).await;
    let paid = act(&stand, "A-2", Verb::Pay, Move::default()).await;
    stand.control.refund(BANK, "main", "A-2", 100).await.unwrap();
    let list = async |from: i64, to: i64, statuses: Value| -> Vec<Value> {
        let text = |ms| jiff::Timestamp::from_millisecond(ms).unwrap().to_string();
        let body = json!({"PageNumber": 1, "CreatedDateGte": text(from), "CreatedDateLte": text(to), "Statuses": statuses});
        let answer = call(&stand, "v2/payments/list", body).await;
        answer["Model"].as_array().unwrap().clone()
    };
    let (from, to) = (paid.created_at - 60_000, paid.created_at + 60_000);
    let all = list(from, to, json!([])).await;
    let told: Vec<_> = all
        .iter()
        .map(|one| {
            (
                one["InvoiceId"].as_str().unwrap(),
                one["Status"].as_str().unwrap(),
                one["Type"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("A-1", "Declined", 0),
            ("A-2", "Completed", 0),
            ("A-2", "Completed", 1)
        ]
    );
    assert_eq!(list(from, to, json!(["Declined", "Cancelled"])).await.len(), 1);
    assert!(list(from - 60_000, from, json!([])).await.is_empty());
    let day = jiff::Timestamp::from_millisecond(paid.created_at)
        .unwrap()
        .strftime("%Y-%m-%d")
        .to_string();
    let of_day = call(&stand, "payments/list", json!({"Date": day, "TimeZone": "UTC"})).await;
    assert_eq!(
        of_day["Model"].as_array().unwrap().len(),
        2,
        "refunds are not in the old list"
    );
}

#[tokio::test]
async fn it_fails_as_told() {
    let stand = Stand::new().await;
    order(&stand, "A-1", false).await;
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
    for (mode, status) in [
        (ServiceMode::Error500, 500),
        (ServiceMode::Busy429, 429),
        (ServiceMode::SystemError, 500),
        (ServiceMode::Garbage, 200),
    ] {
        set(mode, ServiceMode::Ok).await;
        let answer = send(&stand, "payments/find", &json!({"InvoiceId": "A-1"}), None).await;
        assert_eq!(answer.status(), status, "{mode:?}");
    }
    set(ServiceMode::Ok, ServiceMode::Error500After).await;
    let body = json!({"Amount": 10, "Description": "x", "InvoiceId": "B-1"});
    assert_eq!(send(&stand, "orders/create", &body, None).await.status(), 500);
    assert!(stand.control.order(BANK, "main", "B-1").await.is_ok());
}
