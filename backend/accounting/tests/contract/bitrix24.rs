//! Bitrix24, against a portal that answers by a script.

mod clients;
mod deal;
mod faults;
mod look;
mod order;
mod settings;

use std::sync::Arc;

use serde_json::{Value, json};
use sverka_accounting::{
    Bitrix24Settings, ConnectionSettings, DealRule, PaymentRoad, RefundRoad, Secret, build,
};
use sverka_app::ports::accounting::{AccountingPort, Order, Outgoing};
use sverka_domain::delivery::DeliveryKind;

use crate::body::{attempt, delivery};
use crate::server::{Play, Server, asked, ok};

pub(crate) const CODE: &str = "s3cr3tc0de";
pub(crate) const KEY: &str = "00000000-0000-0000-0000-000000000002";

pub(crate) fn settings(server: &Server) -> Bitrix24Settings {
    Bitrix24Settings {
        url: Secret::new(format!("{}rest/1/{CODE}/", server.base)),
        payments: PaymentRoad::Order,
        pay_system_id: Some(6),
        deals: DealRule::OrderNumber,
        deal_field: None,
        deal_category: None,
        client_originator: None,
        create_clients: false,
        refunds: RefundRoad::ByHand,
        allow_private_network: true,
        ca_certificates: None,
        connect_timeout_seconds: Some(1),
        timeout_seconds: Some(2),
        requests_per_second: Some(1000),
        settling_seconds: None,
    }
}

pub(crate) fn port(settings: Bitrix24Settings) -> Arc<dyn AccountingPort> {
    build(ConnectionSettings::Bitrix24(Box::new(settings))).unwrap()
}

pub(crate) fn payment_order() -> Order {
    let mut attempt = attempt();
    attempt.rrn = Some("123456789012".to_owned());
    Order {
        attempt,
        delivery: delivery(DeliveryKind::Payment, 450_000),
        client_key: None,
        payment_document: None,
        is_rehearsal: false,
    }
}

pub(crate) fn refund_order(amount: i64) -> Order {
    Order {
        delivery: delivery(DeliveryKind::Refund, amount),
        payment_document: Some("144".to_owned()),
        ..payment_order()
    }
}

pub(crate) fn now() -> jiff::Timestamp {
    "2023-11-14T22:20:00Z".parse().unwrap()
}

pub(crate) fn outgoing(port: &dyn AccountingPort, order: &Order, is_repeat: bool) -> Outgoing {
    Outgoing {
        delivery_id: order.delivery.id,
        body: port.compose(order),
        at: now(),
        is_repeat,
    }
}

pub(crate) fn result(value: Value) -> Play {
    ok(&json!({"result": value, "time": {"operating": 0}}).to_string())
}

pub(crate) fn error(status: &'static str, code: Value, words: &str) -> Play {
    Play::Answer(
        status,
        json!({"error": code, "error_description": words}).to_string(),
    )
}

/// Which methods were called, in turn, and with what.
pub(crate) fn calls(server: &Server) -> Vec<(String, Value)> {
    let requests = server.requests();
    let calls = requests.iter().map(|request| {
        let (line, body) = asked(request);
        let method = line.strip_prefix(&format!("POST /rest/1/{CODE}/")).unwrap();
        (method.to_owned(), body)
    });
    calls.collect()
}

pub(crate) fn methods(server: &Server) -> Vec<String> {
    calls(server).into_iter().map(|(method, _)| method).collect()
}

pub(crate) fn deals(deals: &[u64]) -> Play {
    let rows: Vec<Value> = deals
        .iter()
        .map(|id| json!({"id": id, "title": "Абонемент", "originId": "A-1", "contactId": 17}))
        .collect();
    result(json!({"items": rows}))
}

pub(crate) fn orders(orders: &[u64]) -> Play {
    let rows: Vec<Value> = orders
        .iter()
        .map(|id| json!({"orderId": id, "ownerId": 10, "ownerTypeId": 2}))
        .collect();
    result(json!({"orderEntity": rows}))
}

/// A payment as `sale.payment.*` shows it.
pub(crate) fn payment(id: u64, sum: &str, paid: &str) -> Value {
    json!({
        "id": id, "accountNumber": format!("200/{id}"), "orderId": 200, "paid": paid, "sum": sum.parse::<f64>().unwrap(),
        "currency": "RUB", "datePaid": "2023-11-14T22:13:20+00:00", "empPaidId": 1, "xmlId": KEY, "psInvoiceId": "md-1",
        "payVoucherNum": "", "comments": "",
    })
}
