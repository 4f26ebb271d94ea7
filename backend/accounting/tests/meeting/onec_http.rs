//! The HTTP service of a base.

use serde_json::json;
use sverka_app::ports::accounting::CheckOutcome;
use sverka_domain::delivery::{MatchRule, Verdict};
use sverka_simulator::api::{OnecCall, OnecMode};

use crate::onec::{PHONE, SUM, Stand};
use crate::order::{now, payment, refund};

async fn service() -> Stand {
    Stand::with(|table| {
        let url = table["url"]
            .as_str()
            .unwrap()
            .replace("odata/standard.odata/", "hs/sverka/payments");
        *table = json!({
            "kind": "onec_http", "url": url, "secret": "whsec_ZGVtby1zZWNyZXQtZm9yLXN2ZXJrYS1zaW11bGF0b3I=",
            "user_name": "sverka", "password": "demo-password", "allow_private_network": true,
            "connect_timeout_seconds": 1, "timeout_seconds": 2,
        });
    })
    .await
}

#[tokio::test]
async fn a_payment_and_its_refund_are_posted_once_and_looked_up() {
    let stand = service().await;
    let order = payment(1, SUM, PHONE);
    assert_eq!(stand.port.look_up(&order, now()).await.unwrap(), []);
    stand.next(OnecMode::DropAfter, OnecCall::Service).await;
    let sent = stand.send(&order, false).await;
    assert!(matches!(sent.verdict, Verdict::Unknown { .. }), "{sent:?}");
    let sent = stand.send(&order, true).await;
    let is_there = matches!(
        sent.verdict,
        Verdict::Applied { .. } | Verdict::AlreadyThere { .. }
    );
    assert!(is_there, "{sent:?}");
    let one = stand.has_one(SUM).await;
    assert_eq!(sent.document_key.as_deref(), Some(one.ref_key.as_str()));
    let found = stand.port.look_up(&order, now()).await.unwrap();
    assert_eq!(
        (found[0].key.as_str(), found[0].rule),
        (one.ref_key.as_str(), MatchRule::OurKey)
    );
    assert!(found[0].is_posted && found[0].number.as_deref() == Some(one.number.as_str()));

    let sent = stand.send(&refund(&order, &one.ref_key, 1_000), false).await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    assert_eq!(stand.documents().await.len(), 2);
    let checks = stand.port.self_test(Some(order), now()).await;
    assert!(
        checks.iter().all(|check| check.outcome == CheckOutcome::Passed),
        "{checks:?}"
    );
    stand.stop().await;
}

#[tokio::test]
async fn what_the_base_refuses_comes_back_in_its_words() {
    let stand = service().await;
    stand.base_is(|base| base.service_demands_client = true).await;
    let sent = stand.send(&payment(1, SUM, "+79990000000"), false).await;
    let reason = "client_not_found".to_owned();
    assert_eq!(sent.verdict, Verdict::Refused { reason });
    stand
        .base_is(|base| base.closed_until = Some("2999-12-31".to_owned()))
        .await;
    let sent = stand.send(&payment(1, SUM, PHONE), false).await;
    let Verdict::Refused { reason } = &sent.verdict else {
        panic!("{sent:?}")
    };
    assert!(
        !reason.contains("HTTP") && !reason.starts_with("refused"),
        "{reason}"
    );
    assert!(stand.documents().await.is_empty(), "one transaction");
    stand.next(OnecMode::Unauthorized, OnecCall::Service).await;
    let sent = stand.send(&payment(1, SUM, PHONE), false).await;
    assert!(
        matches!(sent.verdict, Verdict::ConnectionRefused { .. }),
        "{sent:?}"
    );
    stand.stop().await;
}

#[tokio::test]
async fn a_document_that_a_person_marked_for_deletion_is_no_success() {
    let stand = service().await;
    let order = payment(1, SUM, PHONE);
    let key = stand.send(&order, false).await.document_key.unwrap();
    let nothing = serde_json::Map::new();
    let act = stand
        .control
        .act_on_onec_document("main", (&key, "mark"), &nothing);
    act.await.unwrap();
    let sent = stand.send(&order, true).await;
    assert!(matches!(sent.verdict, Verdict::Held { .. }), "{sent:?}");
    let found = stand.port.look_up(&order, now()).await.unwrap();
    assert!(found[0].is_deleted && !found[0].is_posted, "{found:?}");
    stand.stop().await;
}
