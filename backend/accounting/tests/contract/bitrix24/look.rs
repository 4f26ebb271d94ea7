//! Looking for a payment, and the self-test.

use serde_json::{Value, json};
use sverka_accounting::{Bitrix24Settings, DealRule, PaymentRoad};
use sverka_app::ports::accounting::{CheckKind, CheckOutcome, Class, Order};
use sverka_domain::delivery::{MatchRule, Verdict};

use super::{
    KEY, calls, deals, error, methods, now, orders, payment, payment_order, port, refund_order, result,
    settings,
};
use crate::server::Server;

fn none() -> crate::server::Play {
    result(json!({"payments": []}))
}

fn theirs(id: u64, sum: &str, paid: &str, by: u64) -> Value {
    let mut payment = payment(id, sum, paid);
    payment["xmlId"] = json!("");
    payment["psInvoiceId"] = json!("");
    payment["empPaidId"] = json!(by);
    payment
}

#[tokio::test]
async fn it_is_looked_for_by_key_by_the_banks_numbers_and_in_the_clients_deal() {
    let mut numbered = theirs(150, "4500", "Y", 7);
    numbered["payVoucherNum"] = json!("123456789012");
    let others = [
        theirs(151, "4500", "Y", 7),
        theirs(152, "4499", "Y", 7),
        theirs(153, "4500", "N", 7),
        payment(144, "4500", "Y"),
    ];
    let server = Server::start(vec![
        result(json!({"payments": [payment(144, "4500", "Y")]})),
        none(),
        result(json!({"payments": [numbered]})),
        deals(&[10]),
        orders(&[200]),
        result(json!({"payments": others})),
    ])
    .await;
    let found = port(settings(&server))
        .look_up(&payment_order(), now())
        .await
        .unwrap();
    let seen: Vec<_> = found
        .iter()
        .map(|document| (document.key.as_str(), document.rule, document.is_ours))
        .collect();
    assert_eq!(
        seen,
        [
            ("144", MatchRule::OurKey, true),
            ("150", MatchRule::BankNumbers, false),
            ("151", MatchRule::ClientAmountDate, false),
        ],
        "another sum is another payment, and one that is not paid is an invoice that waits"
    );
    let calls = calls(&server);
    assert_eq!(calls[0].1["filter"], json!({"=xmlId": KEY}));
    assert_eq!(calls[1].1["filter"], json!({"=psInvoiceId": "md-1"}));
    assert_eq!(calls[2].1["filter"], json!({"=payVoucherNum": "123456789012"}));
    assert_eq!(calls[5].1["filter"], json!({"=orderId": [200]}));
    assert_eq!(found[0].date, Some("2023-11-14".parse().unwrap()));
    assert!(found[2].url.as_ref().unwrap().ends_with("/crm/deal/details/10/"));
}

#[tokio::test]
async fn in_a_deal_nothing_tells_ours_from_theirs_and_a_draft_of_a_lost_try_counts() {
    let short = |id: u64, paid: &str| {
        json!({
            "id": id, "accountNumber": "3653/1", "paid": paid, "sum": 4500, "currency": "RUB", "empPaidId": 1,
            "datePaid": if paid == "Y" { json!("2023-11-14T22:14:00+00:00") } else { Value::Null },
        })
    };
    for (doubts, expected) in [(0, vec!["1036"]), (1, vec!["1036", "1037"])] {
        let server = Server::start(vec![
            deals(&[10]),
            result(json!([short(1036, "Y"), short(1037, "N")])),
        ])
        .await;
        let road = Bitrix24Settings {
            payments: PaymentRoad::Deal,
            ..settings(&server)
        };
        let mut order = payment_order();
        order.delivery.doubts = doubts;
        let found = port(road).look_up(&order, now()).await.unwrap();
        let keys: Vec<&str> = found.iter().map(|document| document.key.as_str()).collect();
        assert_eq!(keys, expected);
        assert!(found.iter().all(|document| !document.is_ours));
    }
}

#[tokio::test]
async fn a_search_that_was_not_answered_is_none() {
    let server = Server::start(vec![error(
        "500 Internal Server Error",
        json!("INTERNAL_SERVER_ERROR"),
        "x",
    )])
    .await;
    let sent = port(settings(&server))
        .look_up(&payment_order(), now())
        .await
        .unwrap_err();
    assert!(matches!(sent.verdict, Verdict::NotApplied { .. }));
    let mut other = payment(1, "4500", "Y");
    other["xmlId"] = json!("another");
    let server = Server::start(vec![result(json!({"payments": [other]}))]).await;
    let sent = port(settings(&server))
        .look_up(&payment_order(), now())
        .await
        .unwrap_err();
    assert!(sent.verdict.reason().unwrap().contains("filter"));
}

#[tokio::test]
async fn a_refund_is_a_state_and_not_looked_for() {
    let server = Server::start(vec![none()]).await;
    let found = port(settings(&server))
        .look_up(&refund_order(450_000), now())
        .await;
    assert_eq!(found.unwrap(), Vec::new());
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_profile_says_what_the_portal_can_do() {
    let server = Server::start(vec![none()]).await;
    let profile = port(settings(&server)).profile();
    assert_eq!((profile.class, profile.looks_up), (Class::LookUpOnly, true));
    assert_eq!(profile.settling.as_secs(), 90);
    assert!(!profile.matches_clients);
    let by_client = Bitrix24Settings {
        deals: DealRule::Client,
        ..settings(&server)
    };
    assert!(port(by_client).profile().matches_clients);
}

#[tokio::test]
async fn a_test_makes_sure_of_rights_fields_and_filters() {
    let fields = || result(json!({"payment": {"xmlId": {}, "sum": {}, "paid": {}}}));
    let server = Server::start(vec![
        result(json!({"ID": "1", "ADMIN": true})),
        fields(),
        result(json!({"fields": {"originId": {}}})),
        none(),
        result(json!({"payments": [payment(144, "4500", "Y")]})),
    ])
    .await;
    let checks = port(settings(&server))
        .self_test(Some(payment_order()), now())
        .await;
    let outcomes: Vec<_> = checks.iter().map(|check| (check.kind, check.outcome)).collect();
    assert_eq!(
        outcomes,
        [
            (CheckKind::Reach, CheckOutcome::Passed),
            (CheckKind::LogIn, CheckOutcome::Passed),
            (CheckKind::Metadata, CheckOutcome::Passed),
            (CheckKind::FilterFindsNothing, CheckOutcome::Passed),
            (CheckKind::FilterFindsOne, CheckOutcome::Passed),
            (CheckKind::KeyIsEnforced, CheckOutcome::Skipped),
        ]
    );
    assert!(methods(&server).iter().all(|method| !method.ends_with("add")));

    let server = Server::start(vec![result(json!({"ID": "1", "ADMIN": false})), none()]).await;
    let checks = port(settings(&server)).self_test(None::<Order>, now()).await;
    assert_eq!(checks[2].outcome, CheckOutcome::Failed);
    assert!(checks[2].detail.as_ref().unwrap().contains("administrator"));

    let server = Server::start(vec![
        result(json!({"ADMIN": true})),
        fields(),
        result(json!({"fields": {"title": {}}})),
        result(json!({"payments": [payment(144, "4500", "Y")]})),
    ])
    .await;
    let checks = port(settings(&server)).self_test(None::<Order>, now()).await;
    assert_eq!(checks[2].detail.as_deref(), Some("a deal has no field originId"));
    assert_eq!(
        checks[3].outcome,
        CheckOutcome::Failed,
        "the filter is not applied"
    );

    let server = Server::start(vec![error("401 Unauthorized", json!("NO_AUTH_FOUND"), "нет")]).await;
    let checks = port(settings(&server)).self_test(None::<Order>, now()).await;
    assert_eq!(
        (checks[0].outcome, checks[1].outcome),
        (CheckOutcome::Passed, CheckOutcome::Failed)
    );
    let probe = port(settings(&server)).probe(now()).await.unwrap();
    assert!(matches!(probe.verdict, Verdict::ConnectionRefused { .. }));
}
