//! The RBS gateway over HTTP.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::{Stand, rbs_checksum};
use serde_json::json;
use sverka_simulator::api::{CallbackMethod, Move, Verb};

#[tokio::test]
async fn an_order_is_registered_paid_and_refunded_in_part() {
    let stand = Stand::new().await;
    let made = stand
        .sber(
            "register.do",
            &[
                ("orderNumber", "A/1"),
                ("amount", "499000"),
                ("returnUrl", "http://shop/back"),
            ],
        )
        .await;
    let id = made["orderId"].as_str().unwrap().to_owned();
    assert!(
        made["formUrl"]
            .as_str()
            .unwrap()
            .ends_with(&format!("/sber/main/pay/{id}"))
            && made.get("errorCode").is_none()
    );

    let fresh = stand
        .sber("getOrderStatusExtended.do", &[("orderNumber", "A/1")])
        .await;
    assert_eq!(
        (&fresh["errorCode"], &fresh["orderStatus"], &fresh["actionCode"]),
        (&json!("0"), &json!(0), &json!(-100))
    );
    assert_eq!(fresh["attributes"], json!([{"name": "mdOrder", "value": id}]));

    stand
        .control
        .pay("sber", "main", "A/1", &Move::default())
        .await
        .unwrap();
    let paid = stand.sber("getOrderStatusExtended.do", &[("orderId", &id)]).await;
    assert_eq!(
        (&paid["orderStatus"], &paid["actionCode"], &paid["currency"]),
        (&json!(2), &json!(0), &json!("643"))
    );
    assert_eq!(paid["paymentAmountInfo"]["depositedAmount"], 499_000);
    assert!(paid["depositedDate"].as_i64().unwrap() > 1_500_000_000_000);

    let refund = [
        ("orderId", id.as_str()),
        ("amount", "99000"),
        ("externalRefundId", "r-1"),
    ];
    for _ in 0..2 {
        assert_eq!(stand.sber("refund.do", &refund).await["errorCode"], "0");
    }
    let rest = stand.sber("getOrderStatusExtended.do", &[("orderId", &id)]).await;
    assert_eq!(
        (
            &rest["orderStatus"],
            &rest["paymentAmountInfo"]["depositedAmount"]
        ),
        (&json!(4), &json!(400_000))
    );
    assert_eq!(rest["refunds"].as_array().unwrap().len(), 1);
    assert_eq!(
        stand
            .sber("refund.do", &[("orderId", &id), ("amount", "400001")])
            .await["errorCode"],
        "7"
    );
}

#[tokio::test]
async fn refusals_have_the_documented_codes() {
    let stand = Stand::new().await;
    stand.order("sber", "main", "A-1").await;
    let again = [
        ("orderNumber", "A-1"),
        ("amount", "100"),
        ("returnUrl", "http://shop"),
    ];
    assert_eq!(stand.sber("register.do", &again).await["errorCode"], "1");
    assert_eq!(
        stand.sber("register.do", &[("amount", "100")]).await["errorCode"],
        "4"
    );
    assert_eq!(
        stand
            .sber("getOrderStatusExtended.do", &[("orderNumber", "nothing")])
            .await["errorCode"],
        "6"
    );
    assert_eq!(
        stand
            .sber("refund.do", &[("orderNumber", "A-1"), ("amount", "100")])
            .await["errorCode"],
        "7"
    );
    let url = stand.url(
        "/sber/main/payment/rest/getOrderStatusExtended.do?userName=demo-api&password=wrong&orderNumber=A-1",
    );
    let denied: serde_json::Value = stand.http.get(url).send().await.unwrap().json().await.unwrap();
    assert_eq!(denied["errorCode"], "5");
}

#[tokio::test]
async fn a_held_payment_is_captured_by_the_merchant() {
    let stand = Stand::new().await;
    let made = stand
        .sber(
            "registerPreAuth.do",
            &[
                ("orderNumber", "H"),
                ("amount", "1000"),
                ("returnUrl", "http://shop"),
            ],
        )
        .await;
    let id = made["orderId"].as_str().unwrap().to_owned();
    assert_eq!(
        stand
            .sber("deposit.do", &[("orderId", &id), ("amount", "0")])
            .await["errorCode"],
        "7"
    );
    stand
        .control
        .act("sber", "main", "H", Verb::Hold, &Move::default())
        .await
        .unwrap();
    assert_eq!(
        stand.sber("getOrderStatusExtended.do", &[("orderId", &id)]).await["orderStatus"],
        1
    );
    assert_eq!(
        stand
            .sber("deposit.do", &[("orderId", &id), ("amount", "0")])
            .await["errorCode"],
        "0"
    );
    stand.quiet().await;
    let told: Vec<String> = stand
        .heard()
        .iter()
        .map(|heard| heard.params["operation"].clone())
        .collect();
    assert_eq!(told, ["approved", "deposited"]);
}

#[tokio::test]
async fn callbacks_are_signed_by_get_and_by_post() {
    let stand = Stand::new().await;
    for (account, secret) in [("main", "demo-callback-secret"), ("second", "demo-second-secret")] {
        stand.order("sber", account, "Заказ 1").await;
        stand
            .control
            .pay("sber", account, "Заказ 1", &Move::default())
            .await
            .unwrap();
        stand.quiet().await;
        let heard = stand.heard().pop().unwrap();
        assert_eq!(heard.path, format!("/callbacks/sber/{account}"));
        assert_eq!(heard.params["checksum"], rbs_checksum(secret, &heard.params));
        assert_eq!(
            (
                heard.params["operation"].as_str(),
                heard.params["status"].as_str()
            ),
            ("deposited", "1")
        );
        assert_eq!(
            heard.params.get("amount").map(String::as_str),
            (account == "second").then_some("499000")
        );
        assert_eq!(heard.method, if account == "main" { "GET" } else { "POST" });
    }
    assert_eq!(stand.quiet().await.items[1].method, CallbackMethod::Post);
}

#[tokio::test]
async fn an_order_that_nobody_pays_expires_and_the_merchant_is_told() {
    let stand = Stand::new().await;
    let short = [
        ("orderNumber", "late"),
        ("amount", "100"),
        ("returnUrl", "http://shop"),
        ("sessionTimeoutSecs", "0"),
    ];
    stand.sber("register.do", &short).await;
    tokio::time::sleep(std::time::Duration::from_millis(1_300)).await;
    let status = stand
        .sber("getOrderStatusExtended.do", &[("orderNumber", "late")])
        .await;
    assert_eq!(
        (&status["orderStatus"], &status["actionCode"]),
        (&json!(6), &json!(-2007))
    );
    stand.quiet().await;
    assert_eq!(stand.heard()[0].params["operation"], "declinedByTimeout");
}

#[tokio::test]
async fn the_list_for_reconciliation_has_paid_orders() {
    let stand = Stand::new().await;
    for number in ["paid", "unpaid"] {
        stand.order("sber", "main", number).await;
    }
    stand
        .control
        .pay("sber", "main", "paid", &Move::silent())
        .await
        .unwrap();
    let list = stand
        .sber(
            "getLastOrdersForMerchants.do",
            &[
                ("from", "20200101000000"),
                ("to", "20990101000000"),
                ("transactionStates", "DEPOSITED"),
            ],
        )
        .await;
    assert_eq!(
        (&list["totalCount"], &list["orderStatuses"][0]["orderNumber"]),
        (&json!(1), &json!("paid"))
    );
}
