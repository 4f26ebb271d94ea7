//! Settings: what is wrong is named together with its remedy, and the secret is never shown.

use sverka_accounting::{Bitrix24Settings, ConnectionSettings, DealRule, Secret, build};

use super::{CODE, settings};
use crate::server::{Server, ok};

async fn refused(change: impl FnOnce(&mut Bitrix24Settings)) -> &'static str {
    let server = Server::start(vec![ok("")]).await;
    let mut settings = settings(&server);
    change(&mut settings);
    match build(ConnectionSettings::Bitrix24(Box::new(settings))) {
        Ok(_) => panic!("accepted"),
        Err(error) => {
            assert!(!error.to_string().contains(CODE), "{error}");
            assert!(!error.remedy.is_empty());
            error.field
        }
    }
}

#[tokio::test]
async fn what_is_wrong_is_named() {
    for url in [
        "portal",
        "https://portal.bitrix24.ru/",
        "https://portal.bitrix24.ru/rest/s3cr3tc0de/",
        "https://portal.bitrix24.ru/rest/one/s3cr3tc0de/",
        "https://user:s3cr3tc0de@portal.bitrix24.ru/rest/1/s3cr3tc0de/",
        "ftp://portal.bitrix24.ru/rest/1/s3cr3tc0de/",
    ] {
        assert_eq!(refused(|s| s.url = Secret::new(url)).await, "url", "{url}");
    }
    assert_eq!(
        refused(|s| {
            s.url = Secret::new("http://portal.example/rest/1/s3cr3tc0de/");
            s.allow_private_network = false;
        })
        .await,
        "url"
    );
    assert_eq!(refused(|s| s.pay_system_id = None).await, "pay_system_id");
    assert_eq!(
        refused(|s| s.deal_field = Some("origin id".to_owned())).await,
        "deal_field"
    );
    assert_eq!(refused(|s| s.create_clients = true).await, "create_clients");
    assert_eq!(
        refused(|s| s.client_originator = Some("app".to_owned())).await,
        "client_originator"
    );
    assert_eq!(
        refused(|s| {
            s.deals = DealRule::Client;
            s.client_originator = Some(" ".to_owned());
        })
        .await,
        "client_originator"
    );
    assert_eq!(
        refused(|s| s.requests_per_second = Some(0)).await,
        "requests_per_second"
    );
    assert_eq!(refused(|s| s.timeout_seconds = Some(0)).await, "timeout_seconds");
}

#[test]
fn settings_are_read_from_a_table_and_show_no_secret() {
    let table = serde_json::json!({
        "kind": "bitrix24", "url": format!("https://portal.bitrix24.ru/rest/1/{CODE}/"),
        "payments": "order", "pay_system_id": 6, "deals": "order_number",
    });
    let settings: ConnectionSettings = serde_json::from_value(table.clone()).unwrap();
    assert!(!format!("{settings:?}").contains(CODE));
    assert!(build(settings).is_ok());
    let mut misspelt = table;
    misspelt["paysystem"] = 6.into();
    assert!(serde_json::from_value::<ConnectionSettings>(misspelt).is_err());
}
