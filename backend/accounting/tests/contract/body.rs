//! The body of a webhook, byte for byte.

use jiff::Timestamp;
use serde_json::Map;
use sverka_app::ports::accounting::Order;
use sverka_domain::attempt::{Attempt, AttemptState};
use sverka_domain::client::Client;
use sverka_domain::delivery::{Delivery, DeliveryKind, DeliveryState};
use sverka_domain::ids::{AttemptId, DeliveryId};
use sverka_domain::money::{Currency, Money};
use uuid::Uuid;

use crate::verdicts::{port, webhook};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

pub(crate) fn attempt() -> Attempt {
    let mut state = AttemptState::new(Money::new(450_000, Currency::RUB));
    state.paid_at = Some(at(0));
    Attempt {
        id: AttemptId(Uuid::from_u128(1)),
        merchant: "main".to_owned(),
        order_number: "A-1".to_owned(),
        bank: "sber".to_owned(),
        bank_account: "main".to_owned(),
        payment_url: None,
        bank_order_id: Some("md-1".to_owned()),
        rrn: None,
        payment_type: "membership".to_owned(),
        client: Client {
            name: "Иванов \"Иван\"".to_owned(),
            phone: Some("+79161234567".to_owned()),
            email: None,
            external_id: Some("c-9".to_owned()),
        },
        description: Some("not passed on".to_owned()),
        metadata: Map::new(),
        state,
        next_query_at: None,
        last_query_at: None,
        last_query_error: None,
        created_at: at(-60),
        updated_at: at(0),
        version: 1,
    }
}

pub(crate) fn delivery(kind: DeliveryKind, amount: i64) -> Delivery {
    Delivery {
        id: DeliveryId(Uuid::from_u128(2)),
        attempt_id: AttemptId(Uuid::from_u128(1)),
        kind,
        after: (kind == DeliveryKind::Refund).then_some(DeliveryId(Uuid::from_u128(3))),
        connection: None,
        amount: Money::new(amount, Currency::RUB),
        body: None,
        state: DeliveryState::Queued,
        attention: None,
        tries: 0,
        doubts: 0,
        look_ups: 0,
        slow_tries: 0,
        is_cleared: false,
        document_key: None,
        linked_by: None,
        client_key: None,
        ruled_out: Vec::new(),
        hold: None,
        sweep_at: None,
        sweeps: 0,
        next_try_at: at(5),
        lease: None,
        document_ref: None,
        last_error: None,
        created_at: at(5),
        updated_at: at(5),
        version: 1,
    }
}

fn composed(attempt: &Attempt, delivery: &Delivery) -> String {
    let port = port(webhook("https://crm.example/"));
    let order = Order {
        attempt: attempt.clone(),
        delivery: delivery.clone(),
        client_key: None,
        payment_document: None,
        is_rehearsal: false,
    };
    let bytes = port.compose(&order);
    assert_eq!(bytes, port.compose(&order), "the same bytes each time");
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_payment_is_told_with_the_time_at_which_the_client_paid() {
    let expected = concat!(
        r#"{"type":"payment.succeeded","timestamp":"2023-11-14T22:13:20Z","data":{"#,
        r#""delivery_id":"00000000-0000-0000-0000-000000000002","attempt_id":"00000000-0000-0000-0000-000000000001","#,
        r#""order_number":"A-1","bank":"sber","bank_account":"main","bank_order_id":"md-1","payment_type":"membership","#,
        r#""amount":{"amount":450000,"currency":"RUB"},"#,
        r#""client":{"name":"Иванов \"Иван\"","phone":"+79161234567","email":null,"external_id":"c-9"},"#,
        r#""paid_at":"2023-11-14T22:13:20Z"}}"#
    );
    assert_eq!(
        composed(&attempt(), &delivery(DeliveryKind::Payment, 450_000)),
        expected
    );
}

#[test]
fn a_refund_is_told_with_its_own_sum_and_the_payment_that_it_belongs_to() {
    let told = composed(&attempt(), &delivery(DeliveryKind::Refund, 100_000));
    assert!(
        told.starts_with(r#"{"type":"payment.refunded","timestamp":"2023-11-14T22:13:25Z","data":{"#),
        "{told}"
    );
    assert!(told.contains(r#""amount":{"amount":100000,"currency":"RUB"}"#));
    assert!(
        told.ends_with(
            r#""paid_at":"2023-11-14T22:13:20Z","refund_of":"00000000-0000-0000-0000-000000000003"}}"#
        ),
        "{told}"
    );
}

#[test]
fn without_the_time_of_payment_the_time_of_queueing_stands_for_it() {
    let mut attempt = attempt();
    attempt.state.paid_at = None;
    let told = composed(&attempt, &delivery(DeliveryKind::Payment, 450_000));
    assert!(
        told.contains(r#""timestamp":"2023-11-14T22:13:25Z""#) && told.contains(r#""paid_at":null"#),
        "{told}"
    );
}
