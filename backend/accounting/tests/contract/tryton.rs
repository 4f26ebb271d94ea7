//! Tryton through its port, against a server that plays back what a real Tryton 8.2 answered.

mod find;
mod live;
mod people;
mod refunds;
mod refusals;
mod self_test;
mod settings;
mod steps;

use std::sync::Arc;

use serde_json::{Value, json};
use sverka_accounting::{ConnectionSettings, Secret, TrytonSettings, build};
use sverka_app::ports::accounting::{AccountingPort, Order, Outgoing};
use sverka_domain::delivery::DeliveryKind;
use sverka_domain::ids::DeliveryId;
use uuid::Uuid;

use crate::body::{attempt, delivery};
use crate::server::{Play, Server, ok};

/// `common.db.login`
const LOGGED_IN: &str = r#"{"id":1,"result":[4,"34391fd843896173bc303905eeef583e",null]}"#;
/// `create` of a payment
const CREATED: &str = r#"{"id":1,"result":[2]}"#;
/// every step
const DONE: &str = r#"{"id":1,"result":null}"#;
/// `wizard.account.payment.process.create`
const OPENED: &str = r#"{"id":1,"result":[4,"process","end"]}"#;
/// `wizard.account.payment.process.execute`
const PROCESSED: &str = r#"{"id":1,"result":{"actions":[[{"res_model":"account.payment.group","id":200,"name":"Payment Groups"},{"res_id":[2]}]]}}"#;
const NOTHING: &str = r#"{"id":1,"result":[]}"#;
const KEY: &str = "00000000-0000-0000-0000-000000000002";

fn settings(url: &str) -> TrytonSettings {
    let table = json!({
        "kind": "tryton", "url": url, "database": "acc", "user": "payments-api", "password": "hunter2secret",
        "company": 1, "payment_journal": 1, "allow_private_network": true, "connect_timeout_seconds": 1,
        "timeout_seconds": 2, "try_timeout_seconds": 10,
    });
    match serde_json::from_value(table).unwrap() {
        ConnectionSettings::Tryton(settings) => settings,
        other => panic!("{other:?}"),
    }
}

fn port(settings: TrytonSettings) -> Arc<dyn AccountingPort> {
    build(ConnectionSettings::Tryton(settings)).unwrap()
}

fn order(kind: DeliveryKind) -> Order {
    let amount = if kind == DeliveryKind::Payment {
        499_000
    } else {
        100_000
    };
    let mut attempt = attempt();
    attempt.bank_order_id = Some("md-000777".to_owned());
    Order {
        attempt,
        delivery: delivery(kind, amount),
        client_key: Some("2".to_owned()),
        payment_document: (kind == DeliveryKind::Refund).then(|| "account.payment,2".to_owned()),
        is_rehearsal: false,
    }
}

fn outgoing(kind: DeliveryKind, is_repeat: bool) -> Outgoing {
    let port = port(settings("http://127.0.0.1:1/"));
    Outgoing {
        delivery_id: DeliveryId(Uuid::from_u128(2)),
        body: port.compose(&order(kind)),
        at: "2026-11-24T10:00:00Z".parse().unwrap(),
        is_repeat,
    }
}

/// A payment as `search_read` gives it; its ledger entry has the state `entry`.
fn row(state: &str, entry: Option<&str>) -> Value {
    json!({
        "id": 2, "number": "2", "reference": KEY, "kind": "receivable", "state": state,
        "amount": {"__class__": "Decimal", "decimal": "4990.00"}, "currency.": {"id": 1, "code": "RUB"},
        "party": 2, "party.": {"id": 2, "rec_name": "Иванов Иван Иванович"},
        "date": {"__class__": "date", "year": 2023, "month": 11, "day": 15}, "line": null,
        "create_uid": 4, "create_uid.": {"id": 4, "rec_name": "Payments API"},
        "clearing_move": entry.map(|_| 3),
        "clearing_move.": entry.map(|entry| {
            let number = (entry == "posted").then_some("2026-1");
            json!({"id": 3, "number": number, "state": entry})
        }),
    })
}

fn result(value: &Value) -> Play {
    ok(&json!({"id": 1, "result": value}).to_string())
}

fn user_error(words: &str) -> Play {
    ok(&json!({"id": 1, "error": ["UserError", [words, "", null]]}).to_string())
}

/// The method and the parameters of each request so far.
fn calls(server: &Server) -> Vec<(String, Vec<Value>)> {
    let call = |request: &String| {
        let (_, body) = request.split_once("\r\n\r\n").unwrap();
        let body: Value = serde_json::from_str(body).unwrap();
        let members: Vec<&String> = body.as_object().unwrap().keys().collect();
        assert_eq!(
            members,
            ["id", "method", "params"],
            "with any other member the answer has another shape"
        );
        let params = body["params"].as_array().unwrap().clone();
        (body["method"].as_str().unwrap().to_owned(), params)
    };
    server.requests().iter().map(call).collect()
}

fn methods(server: &Server) -> Vec<String> {
    calls(server).into_iter().map(|(method, _)| method).collect()
}
