//! A base of the simulator, the way to it, and the plain road of a payment.

use std::sync::Arc;

use serde_json::{Value, json};
use sverka_accounting::{ConnectionSettings, build};
use sverka_app::ports::accounting::{
    AccountingPort, CheckKind, CheckOutcome, ClientMatch, Order, Outgoing, Sent,
};
use sverka_domain::delivery::Verdict;
use sverka_simulator::api::{OnecCall, OnecDocument, OnecFaults, OnecMode, OnecSettings};
use sverka_simulator::client::Control;
use sverka_simulator::{Options, Running};

use crate::order::{now, payment, refund};

pub(crate) const SUM: i64 = 499_050;
/// Кузнецов Илья Петрович.
pub(crate) const PHONE: &str = "+79161234502";
pub(crate) const CLIENT: &str = "5a1d0c00-0000-4000-8000-000000000002";

/// A base, the way to it, and the other way in.
pub(crate) struct Stand {
    pub(crate) port: Arc<dyn AccountingPort>,
    pub(crate) control: Control,
    running: Running,
}

pub(crate) fn table(url: &str) -> Value {
    let document = |entity: &str| {
        json!({
            "entity": entity, "amount": "СуммаДокумента", "client": "Контрагент_Key", "reference": "Комментарий",
            "comment": "НазначениеПлатежа", "bank_order_id": "НомерВходящегоДокумента",
            "constants": {"ХозяйственнаяОперация": "ПоступлениеОплатыОтКлиента"},
            "rows": [{"part": "РасшифровкаПлатежа", "amount": ["Сумма"]}],
        })
    };
    let mut refund = document("Document_СписаниеБезналичныхДенежныхСредств");
    refund["payment"] = json!({
        "attribute": "ДокументОснование", "type": "Document_ПоступлениеБезналичныхДенежныхСредств",
    });
    json!({
        "kind": "onec_odata", "url": format!("{url}/onec/main/odata/standard.odata/"),
        "user_name": "sverka", "password": "demo-password", "timezone": "Europe/Moscow",
        "allow_private_network": true, "connect_timeout_seconds": 1, "read_timeout_seconds": 2, "timeout_seconds": 2,
        "payment": document("Document_ПоступлениеБезналичныхДенежныхСредств"),
        "refund": refund,
        "clients": {
            "entity": "Catalog_Контрагенты", "phone": "НомерТелефонаДляПоиска", "email": "АдресЭПДляПоиска",
        },
    })
}

impl Stand {
    pub(crate) async fn new() -> Self {
        Self::with(|_| ()).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Value)) -> Self {
        let options = Options::demo("127.0.0.1:0".parse().unwrap(), "http://127.0.0.1:1");
        let running = sverka_simulator::start(options).await.unwrap();
        let mut table = table(running.url().trim_end_matches('/'));
        change(&mut table);
        let settings: ConnectionSettings = serde_json::from_value(table).unwrap();
        Self {
            port: build(settings).unwrap(),
            control: Control::new(running.url()).unwrap(),
            running,
        }
    }

    pub(crate) async fn base_is(&self, change: impl FnOnce(&mut OnecSettings)) {
        let mut settings = self.control.onec("main").await.unwrap().settings;
        change(&mut settings);
        self.control.set_onec("main", &settings).await.unwrap();
    }

    pub(crate) async fn next(&self, mode: OnecMode, call: OnecCall) {
        let faults = OnecFaults {
            hang_ms: Some(3_000),
            ..OnecFaults::once(mode, call)
        };
        self.control.set_onec_faults("main", &faults).await.unwrap();
    }

    pub(crate) fn outgoing(&self, order: &Order, is_repeat: bool) -> Outgoing {
        Outgoing {
            delivery_id: order.delivery.id,
            body: self.port.compose(order),
            at: now(),
            is_repeat,
        }
    }

    pub(crate) async fn send(&self, order: &Order, is_repeat: bool) -> Sent {
        self.port.send(&self.outgoing(order, is_repeat)).await
    }

    pub(crate) async fn documents(&self) -> Vec<OnecDocument> {
        self.control.onec_documents("main").await.unwrap()
    }

    /// One document, posted, of that sum.
    pub(crate) async fn has_one(&self, amount: i64) -> OnecDocument {
        let mut documents = self.documents().await;
        let one = documents.pop().expect("a document");
        assert!(documents.is_empty(), "no second one: {documents:?}");
        assert!(
            one.posted && !one.deletion_mark && one.amount == amount,
            "{one:?}"
        );
        one
    }

    pub(crate) async fn stop(self) {
        self.running.stop().await;
    }
}

/// A payment of a client whom the base knows.
pub(crate) fn known(number: u128) -> Order {
    Order {
        client_key: Some(CLIENT.to_owned()),
        ..payment(number, SUM, PHONE)
    }
}

#[tokio::test]
async fn a_payment_goes_from_its_client_s_phone_to_a_posted_document_and_is_found_again() {
    let stand = Stand::new().await;
    let mut order = payment(1, SUM, PHONE);
    let ClientMatch::One(client) = stand.port.find_client(&order, now()).await.unwrap() else {
        panic!("one")
    };
    assert_eq!(
        (client.key.as_str(), client.name.as_str()),
        (CLIENT, "Кузнецов Илья Петрович")
    );
    order.client_key = Some(client.key);
    assert_eq!(stand.port.look_up(&order, now()).await.unwrap(), []);
    let sent = stand.send(&order, false).await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");

    let one = stand.has_one(SUM).await;
    assert_eq!(sent.document_key.as_deref(), Some(one.ref_key.as_str()));
    assert_eq!(one.client_key.as_deref(), Some(CLIENT));
    assert_eq!(one.attributes["НомерВходящегоДокумента"], json!("md-1'+ %"));
    assert_eq!(one.attributes["РасшифровкаПлатежа"][0]["Сумма"], json!(4990.5));
    let paid = order.attempt.state.paid_at.unwrap();
    let zone = jiff::tz::TimeZone::get("Europe/Moscow").unwrap();
    assert_eq!(
        one.date,
        zone.to_datetime(paid).strftime("%Y-%m-%dT%H:%M:%S").to_string()
    );

    let found = stand.port.look_up(&order, now()).await.unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].is_posted && found[0].is_ours && found[0].amount == Some(order.delivery.amount));

    let refund = refund(&order, &one.ref_key, 100_000);
    let sent = stand.send(&refund, false).await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    let all = stand.documents().await;
    let back = all.iter().find(|one| one.amount == 100_000).unwrap();
    assert!(back.posted && back.entity == "Document_СписаниеБезналичныхДенежныхСредств");
    assert_eq!(back.attributes["ДокументОснование"], json!(one.ref_key));
    stand.stop().await;
}

#[tokio::test]
async fn the_self_test_passes_and_names_what_is_misspelt() {
    let stand = Stand::new().await;
    let mut order = known(1);
    let sent = stand.send(&order, false).await;
    order.delivery.body = Some(stand.port.compose(&order));
    order.delivery.document_key = sent.document_key;
    let before = stand.control.onec("main").await.unwrap();
    let checks = stand.port.self_test(Some(order), now()).await;
    assert_eq!(checks.len(), 6);
    for check in &checks {
        assert_eq!(check.outcome, CheckOutcome::Passed, "{checks:?}");
    }
    let after = stand.control.onec("main").await.unwrap();
    assert_eq!(
        (before.documents, before.posted),
        (after.documents, after.posted),
        "nothing was changed"
    );
    stand.stop().await;

    let misspelt =
        Stand::with(|table| table["payment"]["bank_order_id"] = json!("НомерВходящегоДокумнта")).await;
    let checks = misspelt.port.self_test(None, now()).await;
    let metadata = checks
        .iter()
        .find(|check| check.kind == CheckKind::Metadata)
        .unwrap();
    assert_eq!(metadata.outcome, CheckOutcome::Failed);
    assert!(
        metadata
            .detail
            .as_deref()
            .unwrap()
            .contains("НомерВходящегоДокумнта")
    );
    misspelt.stop().await;
}

#[tokio::test]
async fn a_composite_client_is_written_and_searched_by_its_type() {
    let stand = Stand::with(|table| {
        table["payment"] = json!({
            "entity": "Document_ОперацияПоПлатежнойКарте", "amount": "СуммаДокумента",
            "client": {"attribute": "Контрагент", "type": "Catalog_Контрагенты"},
            "rrn": "СсылочныйНомер", "bank_order_id": "НомерЧекаЭТ", "comment": "Комментарий",
            "rows": [{"part": "РасшифровкаПлатежа", "amount": ["Сумма"]}],
        });
    })
    .await;
    let mut order = known(1);
    order.attempt.rrn = Some("123456789012".to_owned());
    let sent = stand.send(&order, false).await;
    assert!(matches!(sent.verdict, Verdict::Applied { .. }), "{sent:?}");
    let one = stand.has_one(SUM).await;
    assert_eq!(
        one.attributes["Контрагент_Type"],
        json!("StandardODATA.Catalog_Контрагенты")
    );
    assert_eq!(one.client_key.as_deref(), Some(CLIENT));
    // Another payment of the same client, sum and day: ours is found, and known to be ours.
    let found = stand.port.look_up(&known(2), now()).await.unwrap();
    assert!(
        found.len() == 1 && found[0].is_ours && found[0].is_same_client == Some(true),
        "{found:?}"
    );
    stand.stop().await;
}
