//! Rows with something in every field.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sverka_app::ports::bank::{AccountKey, RawCallback};
use sverka_app::ports::store::{
    Actor, ActorKind, Event, EventKind, EventSource, Notification, NotificationVerdict, Page, Try,
};
use sverka_domain::attempt::{Attempt, AttemptState, BankFact, Claim};
use sverka_domain::client::Client;
use sverka_domain::delivery::{
    Delivery, DeliveryKind, DeliveryState, FoundClient, FoundDocument, Hold, HoldReason, MatchRule,
};
use sverka_domain::ids::{AttemptId, DeliveryId, EventId, LeaseId, NotificationId};
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::{BankStatus, CrmStatus, StatusSource};
use uuid::Uuid;

/// The `n`th identifier.
pub(crate) fn id(n: u128) -> Uuid {
    Uuid::from_u128((0x0198_9f2e << 96) + n)
}

/// A time, in seconds after some moment, and some microseconds.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_microsecond(1_790_000_000_123_456).unwrap() + SignedDuration::from_secs(seconds)
}

/// The account of the attempts below.
pub(crate) fn account() -> AccountKey {
    AccountKey {
        bank: "sber".to_owned(),
        account: "main".to_owned(),
    }
}

/// Roubles.
pub(crate) fn roubles(amount: i64) -> Money {
    Money::new(amount * 100, Currency::RUB)
}

/// The first page, great enough for everything.
pub(crate) fn everything() -> Page {
    Page {
        after: None,
        limit: 1_000,
    }
}

/// An attempt of which nothing is known yet.
pub(crate) fn attempt(n: u128) -> Attempt {
    let created_at = at(i64::try_from(n).unwrap());
    Attempt {
        id: AttemptId(id(n)),
        merchant: "main".to_owned(),
        order_number: format!("A-{n}"),
        bank: "sber".to_owned(),
        bank_account: "main".to_owned(),
        bank_order_id: None,
        rrn: None,
        payment_url: None,
        payment_type: "membership".to_owned(),
        client: Client {
            name: "Иванова Мария".to_owned(),
            phone: None,
            email: None,
            external_id: None,
        },
        description: None,
        metadata: serde_json::Map::new(),
        state: AttemptState::new(roubles(4_500)),
        next_query_at: None,
        last_query_at: None,
        last_query_error: None,
        created_at,
        updated_at: created_at,
        version: 1,
    }
}

/// An attempt with something in every field, and words in several scripts.
pub(crate) fn full_attempt(n: u128) -> Attempt {
    let mut full = attempt(n);
    full.payment_url = Some(format!("https://bank.example/pay/{n}"));
    full.bank_order_id = Some(format!("b8d7-{n}"));
    full.rrn = Some(format!("4300{n:08}"));
    full.client = Client {
        name: "Ёлкина-Şahin 王 🏋️ d'Arc".to_owned(),
        phone: Some("+79161234567".to_owned()),
        email: Some("m.ivanova@пример.рф".to_owned()),
        external_id: Some("crm:77".to_owned()),
    };
    full.description = Some("Абонемент «Год»\nс заморозкой\t100%".to_owned());
    full.metadata = json!({
        "b": 1, "a": [1.5, null, true, "ё\u{0000}"], "big": u64::MAX, "nested": {"ключ": "值"}
    })
    .as_object()
    .unwrap()
    .clone();
    full.state = full_state();
    full.next_query_at = Some(at(1_000));
    full.last_query_at = Some(at(900));
    full.last_query_error = Some("банк не ответил".to_owned());
    full.updated_at = at(901);
    full.version = 7;
    full
}

fn full_state() -> AttemptState {
    let mut state = AttemptState::new(roubles(4_500));
    let paid = BankFact {
        status: BankStatus::Paid,
        amount: Some(roubles(4_500)),
        refunded: None,
        paid_at: Some(Timestamp::from_nanosecond(1_790_000_000_123_456_789).unwrap()),
    };
    let other_sum = BankFact {
        amount: Some(roubles(1)),
        ..paid.clone()
    };
    state.facts.query.absorb(Some(&paid), state.amount, at(10));
    state.facts.registry.absorb(&other_sum, state.amount, at(11));
    state.facts.claim = Some(Claim::renewed(None, BankStatus::Refunded, at(12)));
    state.bank_status = BankStatus::PartiallyRefunded;
    state.bank_status_source = StatusSource::BankQuery;
    state.paid_at = Some(at(9));
    state.refunded = 50_000;
    state.attention = Some(sverka_domain::attempt::Attention::BankContradictsOverride);
    state.crm_status = CrmStatus::InDoubt;
    state.crm_document_ref = Some("ПКО-17".to_owned());
    state.passed_on.payment = true;
    state.passed_on.refunded = 50_000;
    state
}

/// The same attempt, paid at that time, with or without a notification.
pub(crate) fn paid(mut attempt: Attempt, paid_at: Timestamp, told: bool) -> Attempt {
    let fact = BankFact {
        status: BankStatus::Paid,
        amount: Some(attempt.state.amount),
        refunded: None,
        paid_at: Some(paid_at),
    };
    attempt
        .state
        .facts
        .query
        .absorb(Some(&fact), attempt.state.amount, paid_at);
    attempt.state.facts.callback.payment_heard_at = told.then_some(paid_at);
    attempt.state.bank_status = BankStatus::Paid;
    attempt.state.paid_at = Some(paid_at);
    attempt
}

/// A queued payment of the attempt `of`.
pub(crate) fn delivery(n: u128, of: u128) -> Delivery {
    Delivery {
        id: DeliveryId(id(n)),
        attempt_id: AttemptId(id(of)),
        kind: DeliveryKind::Payment,
        after: None,
        connection: Some("crm".to_owned()),
        amount: roubles(4_500),
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
        next_try_at: at(100),
        lease: None,
        document_ref: None,
        last_error: None,
        created_at: at(i64::try_from(n).unwrap()),
        updated_at: at(i64::try_from(n).unwrap()),
        version: 1,
    }
}

/// A delivery with something in every field.
pub(crate) fn full_delivery(n: u128, of: u128, after: u128) -> Delivery {
    Delivery {
        kind: DeliveryKind::Refund,
        after: Some(DeliveryId(id(after))),
        body: Some(vec![0, 255, 10, 0]),
        state: DeliveryState::PostedByHand,
        attention: Some(sverka_domain::delivery::Attention::PostedTwice),
        tries: u32::MAX,
        doubts: 3,
        lease: Some((LeaseId(id(n + 1_000)), at(200))),
        document_ref: Some("РКО-1".to_owned()),
        last_error: Some("отказ «нет такого клиента»".to_owned()),
        look_ups: 2,
        slow_tries: 1,
        is_cleared: true,
        document_key: Some(format!("guid-{n}")),
        linked_by: Some(MatchRule::BankNumbers),
        client_key: Some("client-7".to_owned()),
        ruled_out: vec!["guid-8".to_owned()],
        hold: Some(hold()),
        sweep_at: Some(at(900)),
        sweeps: 4,
        version: 9,
        ..delivery(n, of)
    }
}

/// What a person has to decide, with all that can be found.
fn hold() -> Hold {
    Hold {
        reason: HoldReason::PossibleDuplicate,
        since: at(250),
        documents: vec![FoundDocument {
            key: "guid-9".to_owned(),
            number: Some("0000-000009".to_owned()),
            rule: MatchRule::ClientAmountDate,
            amount: Some(Money::new(450_000, Currency::RUB)),
            date: Some(jiff::civil::date(2026, 11, 24)),
            is_posted: true,
            is_deleted: false,
            is_ours: false,
            author: Some("Петрова".to_owned()),
            client: Some("Иванова Мария".to_owned()),
            is_same_client: Some(true),
            comment: Some("оплата картой".to_owned()),
            url: None,
        }],
        clients: vec![FoundClient {
            key: "client-7".to_owned(),
            name: "Иванова Мария".to_owned(),
            phone: Some("+79161234567".to_owned()),
            email: None,
        }],
    }
}

/// A try of a delivery that began.
pub(crate) fn begun(delivery: &Delivery, number: u32) -> Try {
    Try {
        delivery_id: delivery.id,
        kind: delivery.kind,
        number,
        started_at: at(300),
        ended_at: None,
        verdict: None,
        http_status: None,
        answer: None,
        next_try_at: None,
    }
}

/// A genuine notification about the order of the attempt `n`.
pub(crate) fn notification(n: u128) -> Notification {
    Notification {
        id: NotificationId(id(n)),
        account: account(),
        attempt_id: None,
        order_number: Some(format!("A-{n}")),
        bank_order_id: Some(format!("b8d7-{n}")),
        received_at: at(i64::try_from(n).unwrap()),
        raw: RawCallback {
            method: "POST".to_owned(),
            query: "mdOrder=%D1%91&a=1".to_owned(),
            body: vec![0xff, 0, b'x'],
            headers: vec![
                ("user-agent".to_owned(), "банк".to_owned()),
                ("b".to_owned(), String::new()),
            ],
            from: Some("2001:db8::1".parse().unwrap()),
        },
        verdict: NotificationVerdict::Received,
        repeats: 0,
        raw_dropped_at: None,
    }
}

/// A digest.
pub(crate) fn digest(n: u8) -> [u8; 32] {
    [n; 32]
}

/// An entry of the timeline of the attempt `of`.
pub(crate) fn event(n: u128, of: u128) -> Event {
    Event {
        id: EventId(id(n)),
        attempt_id: AttemptId(id(of)),
        at: at(i64::try_from(n).unwrap()),
        kind: EventKind::Recorded,
        source: EventSource::App,
        actor: Actor {
            kind: ActorKind::System,
            id: None,
            name: None,
        },
        bank_status: None,
        crm_status: None,
        reason: None,
        document_ref: None,
        notification_id: None,
        delivery: None,
        details: serde_json::Map::new(),
    }
}
