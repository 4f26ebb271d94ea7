//! MoySklad, against a service that answers by a script.

mod clients;
mod create;
mod faults;
mod look;
mod settings;

use std::sync::Arc;

use serde_json::{Value, json};
use sverka_accounting::{ConnectionSettings, MoySkladSettings, Secret, build};
use sverka_app::ports::accounting::{AccountingPort, Order, Outgoing};
use sverka_domain::delivery::DeliveryKind;
use uuid::Uuid;

use crate::body::{attempt, delivery};
use crate::server::{Play, Server, asked, ok};

pub(crate) const TOKEN: &str = "t0k3nt0k3nt0k3n";
pub(crate) const ORGANIZATION: &str = "fae3561a-2e58-11e6-8a84-bae50000004e";
pub(crate) const AGENT: &str = "1489a08d-32ca-11e6-8a84-bae50000000d";
pub(crate) const EXPENSE: &str = "1be2350e-0479-11e5-b03a-448a5b426e7e";
pub(crate) const DOCUMENT: &str = "64aa2e8c-3f95-11e6-8a84-bae50000010f";
pub(crate) const CODE: &str = "00000000-0000-0000-0000-000000000002";

pub(crate) fn settings(server: &Server) -> MoySkladSettings {
    MoySkladSettings {
        url: Some(format!("{}api/remap/1.2", server.base)),
        token: Some(Secret::new(TOKEN)),
        user_name: None,
        password: None,
        organization: ORGANIZATION.to_owned(),
        organization_account: None,
        expense_item: Some(EXPENSE.to_owned()),
        project: None,
        sales_channel: None,
        counterparty: None,
        create_clients: false,
        currency: None,
        timezone: None,
        strict: false,
        allow_private_network: true,
        ca_certificates: None,
        connect_timeout_seconds: Some(1),
        timeout_seconds: Some(2),
        requests_per_second: Some(1000),
        settling_seconds: None,
    }
}

pub(crate) fn port(settings: MoySkladSettings) -> Arc<dyn AccountingPort> {
    build(ConnectionSettings::MoySklad(Box::new(settings))).unwrap()
}

pub(crate) fn payment_order() -> Order {
    Order {
        attempt: attempt(),
        delivery: delivery(DeliveryKind::Payment, 450_000),
        client_key: Some(AGENT.to_owned()),
        payment_document: None,
        is_rehearsal: false,
    }
}

pub(crate) fn refund_order(amount: i64) -> Order {
    Order {
        delivery: delivery(DeliveryKind::Refund, amount),
        payment_document: Some(DOCUMENT.to_owned()),
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

/// The key that our document is created under, as the adapter itself says.
pub(crate) fn sync_id(port: &dyn AccountingPort, order: &Order) -> Value {
    let parcel: Value = serde_json::from_slice(&port.compose(order)).unwrap();
    let key = parcel["document"]["syncId"].clone();
    assert!(key.as_str().unwrap().parse::<Uuid>().is_ok());
    key
}

/// A document as the service shows it.
pub(crate) fn document(sync_id: &Value) -> Value {
    json!({
        "meta": {
            "href": format!("https://api.moysklad.ru/api/remap/1.2/entity/paymentin/{DOCUMENT}"), "type": "paymentin",
            "mediaType": "application/json", "uuidHref": format!("https://online.moysklad.ru/app/#paymentin/edit?id={DOCUMENT}"),
        },
        "id": DOCUMENT, "name": "00017", "sum": 450_000.0, "moment": "2023-11-15 01:13:20.000", "applicable": true,
        "syncId": sync_id, "externalCode": CODE, "incomingNumber": "md-1", "description": "д", "paymentPurpose": "п",
        "agent": link("counterparty", AGENT), "organization": link("organization", ORGANIZATION),
    })
}

pub(crate) fn link(kind: &str, id: &str) -> Value {
    let href = format!("https://api.moysklad.ru/api/remap/1.2/entity/{kind}/{id}");
    json!({"meta": {"href": href, "type": kind, "mediaType": "application/json"}})
}

pub(crate) fn with(mut document: Value, field: &str, value: Value) -> Value {
    document[field] = value;
    document
}

pub(crate) fn one(value: &Value) -> Play {
    ok(&value.to_string())
}

pub(crate) fn rows(rows: &[Value]) -> Play {
    ok(&json!({"meta": {"size": rows.len()}, "rows": rows}).to_string())
}

pub(crate) fn fault(status: &'static str, code: u32, words: &str) -> Play {
    Play::Answer(
        status,
        json!({"errors": [{"error": words, "code": code}]}).to_string(),
    )
}

/// The lines of the requests so far, without the common part of the path, filters decoded; and their bodies.
pub(crate) fn calls(server: &Server) -> Vec<(String, Value)> {
    let requests = server.requests();
    let calls = requests.iter().map(|request| {
        let (line, body) = asked(request);
        let (method, target) = line.split_once(' ').unwrap();
        let url = url::Url::parse(&format!("http://x{target}")).unwrap();
        let path = url.path().strip_prefix("/api/remap/1.2/").unwrap().to_owned();
        let filter = url.query_pairs().find(|(name, _)| name == "filter");
        let filter = filter.map(|(_, value)| format!("?{value}")).unwrap_or_default();
        (format!("{method} {path}{filter}"), body)
    });
    calls.collect()
}

pub(crate) fn lines(server: &Server) -> Vec<String> {
    calls(server).into_iter().map(|(line, _)| line).collect()
}
