//! An order to pass on.

use jiff::{SignedDuration, Timestamp};
use serde_json::Map;
use sverka_app::ports::accounting::Order;
use sverka_domain::attempt::{Attempt, AttemptState};
use sverka_domain::client::Client;
use sverka_domain::delivery::{Delivery, DeliveryKind, DeliveryState};
use sverka_domain::ids::{AttemptId, DeliveryId};
use sverka_domain::money::{Currency, Money};
use uuid::Uuid;

#[expect(
    clippy::disallowed_methods,
    reason = "the simulator has the real clock, so those who call it have it too"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// A payment of that number, a minute ago.
pub(crate) fn payment(number: u128, amount: i64, phone: &str) -> Order {
    let at = now() - SignedDuration::from_mins(1);
    let mut state = AttemptState::new(Money::new(amount, Currency::RUB));
    state.paid_at = Some(at);
    Order {
        attempt: Attempt {
            id: AttemptId(Uuid::from_u128(number)),
            merchant: "main".to_owned(),
            order_number: format!("A-{number}"),
            bank: "sber".to_owned(),
            bank_account: "main".to_owned(),
            payment_url: None,
            bank_order_id: Some(format!("md-{number}'+ %")),
            rrn: None,
            payment_type: "membership".to_owned(),
            client: Client {
                name: "Кузнецов Илья".to_owned(),
                phone: Some(phone.to_owned()),
                email: None,
                external_id: None,
            },
            description: None,
            metadata: Map::new(),
            state,
            next_query_at: None,
            last_query_at: None,
            last_query_error: None,
            created_at: at,
            updated_at: at,
            version: 1,
        },
        delivery: delivery(DeliveryKind::Payment, number, amount, at),
        client_key: None,
        payment_document: None,
        is_rehearsal: false,
    }
}

/// A refund of part of that payment, which became that document.
pub(crate) fn refund(of: &Order, document: &str, amount: i64) -> Order {
    let number = of.delivery.id.0.as_u128() + 1_000_000;
    let mut delivery = delivery(DeliveryKind::Refund, number, amount, now());
    delivery.after = Some(of.delivery.id);
    Order {
        delivery,
        payment_document: Some(document.to_owned()),
        ..of.clone()
    }
}

fn delivery(kind: DeliveryKind, number: u128, amount: i64, at: Timestamp) -> Delivery {
    Delivery {
        id: DeliveryId(Uuid::from_u128(number)),
        attempt_id: AttemptId(Uuid::from_u128(number)),
        kind,
        after: None,
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
        next_try_at: at,
        lease: None,
        document_ref: None,
        last_error: None,
        created_at: at,
        updated_at: at,
        version: 1,
    }
}
