//! The adapter against a real Tryton: `scripts/tryton fresh --unique >env`, then `env $(cat env) cargo nextest run
//! --workspace --run-ignored only --test contract -E 'test(tryton::live)'`.

use jiff::Timestamp;
use serde_json::json;
use sverka_app::ports::accounting::{CheckOutcome, ClientMatch, Outgoing};
use sverka_domain::delivery::{DeliveryKind, MatchRule, Verdict};

use super::*;

#[expect(
    clippy::disallowed_methods,
    reason = "the server to test against is named by who runs the test"
)]
fn told(name: &str) -> String {
    std::env::var(format!("TRYTON_{name}"))
        .unwrap_or_else(|_| panic!("no TRYTON_{name}: see the top of this file"))
}

fn live() -> TrytonSettings {
    let table = json!({
        "kind": "tryton", "url": told("URL"), "database": told("DATABASE"), "user": told("USER"),
        "password": told("PASSWORD"), "company": 1, "payment_journal": 1, "allow_private_network": true,
        "unique_reference": true, "create_clients": true,
    });
    match serde_json::from_value(table).unwrap() {
        ConnectionSettings::Tryton(settings) => settings,
        other => panic!("{other:?}"),
    }
}

fn sent_as(port: &dyn AccountingPort, order: &Order, at: Timestamp, is_repeat: bool) -> Outgoing {
    Outgoing {
        delivery_id: order.delivery.id,
        body: port.compose(order),
        at,
        is_repeat,
    }
}

#[tokio::test]
#[ignore = "needs a Tryton server"]
#[expect(
    clippy::disallowed_methods,
    reason = "documents are of today, and no key is used twice"
)]
async fn a_payment_its_repeats_and_its_refund() {
    let at = Timestamp::now();
    let port = port(live());
    let mut payment = order(DeliveryKind::Payment);
    payment.attempt.state.paid_at = Some(at);
    payment.delivery.id = DeliveryId(Uuid::now_v7());
    payment.delivery.created_at = at;
    let ClientMatch::One(client) = port.find_client(&payment, at).await.unwrap() else {
        panic!("the client was not made")
    };
    let ClientMatch::One(again) = port.find_client(&payment, at).await.unwrap() else {
        panic!("the client is not found")
    };
    assert_eq!(client.key, again.key);
    payment.client_key = Some(client.key);
    assert_eq!(port.look_up(&payment, at).await.unwrap(), []);

    let sent = port.send(&sent_as(port.as_ref(), &payment, at, false)).await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    for is_repeat in [false, true] {
        let again = port.send(&sent_as(port.as_ref(), &payment, at, is_repeat)).await;
        assert!(matches!(again.verdict, Verdict::AlreadyThere { .. }), "{again:?}");
        assert_eq!(again.document_key, sent.document_key);
    }
    let found = port.look_up(&payment, at).await.unwrap();
    assert_eq!((found.len(), found[0].rule), (1, MatchRule::OurKey));
    assert!(found[0].is_posted && found[0].is_ours && !found[0].is_deleted);

    for (part, amount) in [("some", 100_000), ("the rest", 399_000)] {
        let mut refund = order(DeliveryKind::Refund);
        refund.delivery.id = DeliveryId(Uuid::now_v7());
        refund.delivery.created_at = at;
        refund.delivery.amount.amount = amount;
        refund.client_key.clone_from(&payment.client_key);
        refund.payment_document.clone_from(&sent.document_key);
        let back = port.send(&sent_as(port.as_ref(), &refund, at, false)).await;
        assert!(
            matches!(back.verdict, Verdict::Applied { .. }),
            "{part}: {back:?}"
        );
        let found = port.look_up(&refund, at).await.unwrap();
        assert_eq!((found.len(), found[0].rule), (1, MatchRule::OurKey));
    }
    let checks = port.self_test(Some(payment), at).await;
    assert!(
        checks.iter().all(|check| check.outcome == CheckOutcome::Passed),
        "{checks:?}"
    );
}
