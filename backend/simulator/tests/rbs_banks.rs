//! The RBS gateway as Alfa-Bank and VTB run it, and Sber's newer gateway.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::{Stand, rbs_checksum};
use serde_json::{Value, json};
use sverka_simulator::api::{BankFaults, CallbackOutcome, Move, OrderState, ServiceMode, Verb};

async fn form(stand: &Stand, bank: &str, user: &str, call: &str, params: &[(&str, &str)]) -> Value {
    let credentials = [("userName", user), ("password", "demo-password")];
    let form: Vec<&(&str, &str)> = credentials.iter().chain(params).collect();
    let url = stand.url(&format!("/{bank}/main/payment/rest/{call}"));
    let answer = stand.http.post(url).form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

#[tokio::test]
async fn other_banks_run_the_same_gateway_under_their_own_names() {
    let stand = Stand::new().await;
    for (bank, user, secret) in [
        ("alfa", "demo-alfa", "demo-alfa-secret"),
        ("vtb", "demo-vtb", "demo-vtb-secret"),
    ] {
        let order = [
            ("orderNumber", "A-1"),
            ("amount", "499000"),
            ("returnUrl", "http://shop/back"),
        ];
        let made = form(&stand, bank, user, "register.do", &order).await;
        let (page, id) = (
            made["formUrl"].as_str().unwrap(),
            made["orderId"].as_str().unwrap(),
        );
        assert!(page.ends_with(&format!("/{bank}/main/pay/{id}")));
        let left = stand
            .http
            .post(page)
            .form(&[("action", "pay")])
            .send()
            .await
            .unwrap();
        let location = left.headers()["location"].to_str().unwrap().to_owned();
        assert_eq!(location, format!("http://shop/back?orderId={id}"));
        let paid = form(
            &stand,
            bank,
            user,
            "getOrderStatusExtended.do",
            &[("orderId", id)],
        )
        .await;
        assert_eq!(
            (&paid["orderStatus"], &paid["errorCode"]),
            (&json!(2), &json!("0"))
        );
        let refund = [("orderId", id), ("amount", "99000")];
        assert_eq!(
            form(&stand, bank, user, "refund.do", &refund).await["errorCode"],
            "0"
        );
        stand.quiet().await;
        let heard: Vec<_> = stand
            .heard()
            .into_iter()
            .filter(|one| one.path == format!("/callbacks/{bank}/main"))
            .collect();
        let operations: Vec<&str> = heard.iter().map(|one| one.params["operation"].as_str()).collect();
        assert_eq!(operations, ["deposited", "refunded"]);
        for one in &heard {
            assert_eq!(one.params["checksum"], rbs_checksum(secret, &one.params));
        }
    }
    let foreign = form(&stand, "vtb", "demo-alfa", "refund.do", &[("orderId", "x")]).await;
    assert_eq!(foreign["errorCode"], "5", "the banks know nothing of one another");
}

async fn ecom(stand: &Stand, call: &str, more: &Value) -> Value {
    let mut body = json!({"userName": "demo-ecom", "password": "demo-password"});
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    let url = stand.url(&format!("/sber_ecom/main/ecomm/gw/partner/api/v1/{call}"));
    let answer = stand.http.post(url).json(&body).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

#[tokio::test]
async fn the_newer_gateway_takes_json_and_tells_unsigned() {
    let stand = Stand::new().await;
    let order = json!({"orderNumber": "A-1", "amount": 499_000, "returnUrl": "http://shop/back"});
    let made = ecom(&stand, "register.do", &order).await;
    let id = made["orderId"].as_str().unwrap().to_owned();
    let again = ecom(&stand, "register.do", &order).await;
    assert_eq!(again["errorCode"], "1");
    let page = made["formUrl"].as_str().unwrap();
    assert!(
        stand
            .http
            .get(page)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
            .contains("новый шлюз")
    );
    stand
        .http
        .post(page)
        .form(&[("action", "pay")])
        .send()
        .await
        .unwrap();
    let status = "getOrderStatusExtended.do";
    let paid = ecom(&stand, status, &json!({"orderNumber": "A-1"})).await;
    assert_eq!(
        (&paid["orderStatus"], &paid["amount"]),
        (&json!(2), &json!(499_000))
    );
    let refund = json!({"orderId": id, "amount": 99_000, "externalRefundId": "r-1"});
    for _ in 0..2 {
        assert_eq!(ecom(&stand, "refund.do", &refund).await["errorCode"], "0");
    }
    stand.quiet().await;
    let heard = stand.heard();
    assert_eq!(heard.len(), 2, "a repeated refund moves nothing");
    let told: Value = serde_json::from_str(&heard[0].body).unwrap();
    assert_eq!(
        told,
        json!({"mdOrder": id, "orderNumber": "A-1", "operation": "deposited", "status": 1, "additionalParams": {}})
    );
    assert_eq!(heard[0].method, "POST");
}

#[tokio::test]
async fn the_newer_gateway_is_particular_about_its_questions() {
    let stand = Stand::new().await;
    let order = stand.order("sber_ecom", "main", "A-1").await;
    let status = "getOrderStatusExtended.do";
    let both = json!({"orderNumber": "A-1", "orderId": order.bank_order_id});
    assert_eq!(ecom(&stand, status, &both).await["errorCode"], "5");
    let unknown = ecom(&stand, status, &json!({"orderNumber": "B-2"})).await;
    assert_eq!(unknown["errorCode"], "5", "an order that is not there");
    assert_eq!(
        ecom(&stand, status, &json!({"orderNumber": "A-1"})).await["orderStatus"],
        0
    );
    let url = stand.url("/sber_ecom/main/ecomm/gw/partner/api/v1/getOrderStatusExtended.do");
    let as_form = stand
        .http
        .post(&url)
        .form(&[("orderNumber", "A-1")])
        .send()
        .await
        .unwrap();
    assert_eq!(as_form.status(), 400);
    let list = stand.url("/sber_ecom/main/ecomm/gw/partner/api/v1/getLastOrdersForMerchants.do");
    assert_eq!(
        stand
            .http
            .post(list)
            .json(&json!({}))
            .send()
            .await
            .unwrap()
            .status(),
        404
    );
}

#[tokio::test]
async fn faults_work_at_every_gateway() {
    let stand = Stand::new().await;
    for bank in ["alfa", "vtb", "sber_ecom"] {
        stand.order(bank, "main", "A-1").await;
        let faults = BankFaults {
            drop_rate: 1.0,
            query_mode: ServiceMode::Busy429,
            query_times: Some(1),
            ..BankFaults::default()
        };
        stand
            .control
            .set_bank_faults(bank, "main", &faults)
            .await
            .unwrap();
        let path = match bank {
            "sber_ecom" => "/sber_ecom/main/ecomm/gw/partner/api/v1/getOrderStatusExtended.do".to_owned(),
            _ => format!("/{bank}/main/payment/rest/getOrderStatusExtended.do"),
        };
        let ask = || {
            stand
                .http
                .post(stand.url(&path))
                .json(&json!({"orderNumber": "A-1"}))
                .send()
        };
        let busy = ask().await.unwrap();
        assert_eq!(
            (busy.status().as_u16(), &busy.headers()["retry-after"]),
            (429, &"1".parse().unwrap())
        );
        assert_eq!(ask().await.unwrap().status(), 200, "{bank}");
        let held = stand
            .control
            .act(bank, "main", "A-1", Verb::Hold, &Move::default())
            .await
            .unwrap();
        assert_eq!(held.state, OrderState::Held);
        let reversed = stand
            .control
            .act(bank, "main", "A-1", Verb::Reverse, &Move::default())
            .await
            .unwrap();
        assert_eq!(reversed.state, OrderState::Reversed);
        stand.control.forge(bank, "main", "A-1").await.unwrap();
    }
    let log = stand.quiet().await;
    let of = |outcome| log.items.iter().filter(|one| one.outcome == outcome).count();
    assert_eq!((of(CallbackOutcome::Dropped), of(CallbackOutcome::Sent)), (6, 3));
    assert!(
        log.items
            .iter()
            .all(|one| one.forged == (one.outcome == CallbackOutcome::Sent))
    );
}
