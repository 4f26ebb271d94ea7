//! A 1C base by a script: the settings, the order and the answers that the tests have in common.

use std::sync::Arc;

use serde_json::{Value, json};
use sverka_accounting::{ConnectionSettings, OnecOdataSettings, build};
use sverka_app::ports::accounting::{AccountingPort, Order, Outgoing};
use sverka_domain::delivery::DeliveryKind;

use crate::body::{attempt, delivery};
use crate::server::{Play, Server};

/// The client of the order, in the base.
pub(crate) const CLIENT: &str = "11111111-2222-3333-4444-555555555555";
/// Where the interface is published.
pub(crate) const PATH: &str = "/b/odata/standard.odata/";
/// `Document_Оплата`, encoded.
pub(crate) const DOCUMENT: &str = "Document_%D0%9E%D0%BF%D0%BB%D0%B0%D1%82%D0%B0";
pub(crate) const PASSWORD: &str = "hunter2-hunter2";

pub(crate) fn table(url: &str) -> Value {
    json!({
        "kind": "onec_odata",
        "url": url,
        "user_name": "Сверка",
        "password": PASSWORD,
        "timezone": "Europe/Moscow",
        "allow_private_network": true,
        "connect_timeout_seconds": 1,
        "read_timeout_seconds": 2,
        "timeout_seconds": 3,
        "payment": {
            "entity": "Document_Оплата",
            "amount": "СуммаДокумента",
            "client": "Контрагент_Key",
            "comment": "Комментарий",
            "rrn": "СсылочныйНомер",
            "bank_order_id": "НомерЧекаЭТ",
            "constants": {"ВидОперации": "ОплатаПокупателя"},
            "rows": [{"part": "РасшифровкаПлатежа", "amount": ["СуммаПлатежа"], "constants": {"СтавкаНДС": "БезНДС"}}],
        },
        "refund": {
            "entity": "Document_Оплата",
            "amount": "СуммаДокумента",
            "client": "Контрагент_Key",
            "payment": {"attribute": "ДокументОснование", "type": "Document_Оплата"},
            "constants": {"ВидОперации": "ВозвратПокупателю"},
        },
        "clients": {"entity": "Catalog_Контрагенты", "external_id": "КодCRM", "phone": "Телефон", "email": "Почта"},
    })
}

pub(crate) fn settings(table: Value) -> OnecOdataSettings {
    match serde_json::from_value(table).unwrap() {
        ConnectionSettings::OnecOdata(settings) => *settings,
        _ => panic!("another kind"),
    }
}

/// A base that answers by a script, and the way to it.
pub(crate) struct Base {
    pub(crate) server: Server,
    pub(crate) port: Arc<dyn AccountingPort>,
}

impl Base {
    pub(crate) async fn new(plays: Vec<Play>) -> Self {
        Self::with(plays, |_| ()).await
    }

    pub(crate) async fn with(plays: Vec<Play>, change: impl FnOnce(&mut Value)) -> Self {
        Self::scripted(|_| plays, change).await
    }

    /// The script is told the key that the document of [`order`] gets, which depends on the address.
    pub(crate) async fn scripted(
        plays: impl FnOnce(&str) -> Vec<Play>,
        change: impl FnOnce(&mut Value),
    ) -> Self {
        let mut way = None;
        let server = Server::scripted(|base| {
            let mut table = table(&format!("{base}b/odata/standard.odata"));
            change(&mut table);
            let settings = ConnectionSettings::OnecOdata(Box::new(settings(table)));
            let port = way.insert(build(settings).unwrap());
            plays(&key_of(port.as_ref(), &order()))
        })
        .await;
        Self {
            server,
            port: way.unwrap(),
        }
    }

    /// The first lines of the requests, without the path of the interface and the version.
    pub(crate) fn lines(&self) -> Vec<String> {
        let line = |request: &String| {
            let line = request.lines().next().unwrap_or_default();
            line.replace(PATH, "").replace(" HTTP/1.1", "")
        };
        self.server.requests().iter().map(line).collect()
    }

    /// The body of the request of that number.
    pub(crate) fn body(&self, number: usize) -> Value {
        let requests = self.server.requests();
        let (_, body) = requests[number].split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap()
    }

    /// The request that passes `order` on.
    pub(crate) fn outgoing(&self, order: &Order) -> Outgoing {
        Outgoing {
            delivery_id: order.delivery.id,
            body: self.port.compose(order),
            at: "2026-11-24T10:00:00Z".parse().unwrap(),
            is_repeat: false,
        }
    }

    pub(crate) fn repeat(&self, order: &Order) -> Outgoing {
        Outgoing {
            is_repeat: true,
            ..self.outgoing(order)
        }
    }

    /// The key that the order's document gets.
    pub(crate) fn key(&self, order: &Order) -> String {
        key_of(self.port.as_ref(), order)
    }
}

fn key_of(port: &dyn AccountingPort, order: &Order) -> String {
    let facts: Value = serde_json::from_slice(&port.compose(order)).unwrap();
    facts["key"].as_str().unwrap().to_owned()
}

/// 4 500 roubles, paid at 01:13:20 in Moscow.
pub(crate) fn order() -> Order {
    let mut attempt = attempt();
    attempt.rrn = Some("123456789012".to_owned());
    Order {
        attempt,
        delivery: delivery(DeliveryKind::Payment, 450_000),
        client_key: Some(CLIENT.to_owned()),
        payment_document: None,
        is_rehearsal: false,
    }
}

pub(crate) fn refund() -> Order {
    Order {
        delivery: delivery(DeliveryKind::Refund, 100_050),
        payment_document: Some("99999999-2222-3333-4444-555555555555".to_owned()),
        ..order()
    }
}

/// The document as the base shows it.
pub(crate) fn document(key: &str) -> Value {
    json!({
        "Ref_Key": key, "Number": "0000-000017", "Date": "2023-11-15T01:13:20", "Posted": false, "DeletionMark": false,
        "СуммаДокумента": 4500, "Контрагент_Key": CLIENT, "ВидОперации": "ОплатаПокупателя",
    })
}

/// The document with something else in it.
pub(crate) fn with(key: &str, name: &str, value: impl Into<Value>) -> Value {
    let mut document = document(key);
    document[name] = value.into();
    document
}

pub(crate) fn posted(key: &str) -> Value {
    with(key, "Posted", true)
}

pub(crate) fn shown(object: &Value) -> Play {
    Play::Answer("200 OK", object.to_string())
}

pub(crate) fn created(object: &Value) -> Play {
    Play::Answer("201 Created", object.to_string())
}

pub(crate) fn listed(objects: &[Value]) -> Play {
    Play::Answer("200 OK", json!({ "value": objects }).to_string())
}

pub(crate) fn fault(status: &'static str, code: i32, words: &str) -> Play {
    let body = json!({"odata.error": {"code": code.to_string(), "message": {"lang": "ru", "value": words}}});
    Play::Answer(status, body.to_string())
}

pub(crate) fn absent() -> Play {
    fault("404 Not Found", 9, "Экземпляр сущности не найден")
}
