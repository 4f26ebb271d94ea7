//! Settings: what is wrong is named together with its remedy, and no secret is shown.

use sverka_accounting::{ConnectionSettings, MoySkladSettings, Secret, build};

use super::{AGENT, ORGANIZATION, TOKEN, now, settings};
use crate::server::{Server, ok};

async fn refused(change: impl FnOnce(&mut MoySkladSettings)) -> &'static str {
    let server = Server::start(vec![ok("")]).await;
    let mut settings = settings(&server);
    change(&mut settings);
    match build(ConnectionSettings::MoySklad(Box::new(settings))) {
        Ok(_) => panic!("accepted"),
        Err(error) => {
            let text = error.to_string();
            assert!(!text.contains(TOKEN) && !text.contains("hunter2"), "{error}");
            assert!(!error.remedy.is_empty());
            error.field
        }
    }
}

#[tokio::test]
async fn what_is_wrong_is_named() {
    assert_eq!(refused(|s| s.url = Some("moysklad".to_owned())).await, "url");
    assert_eq!(
        refused(|s| {
            s.url = Some("http://api.moysklad.ru/api/remap/1.2/".to_owned());
            s.allow_private_network = false;
        })
        .await,
        "url"
    );
    assert_eq!(refused(|s| s.token = None).await, "token");
    assert_eq!(refused(|s| s.token = Some(Secret::new(" "))).await, "token");
    assert_eq!(
        refused(|s| s.password = Some(Secret::new("hunter2"))).await,
        "token"
    );
    assert_eq!(
        refused(|s| (s.token, s.user_name) = (None, Some("admin@club".to_owned()))).await,
        "token"
    );
    assert_eq!(
        refused(|s| s.organization = "Клуб".to_owned()).await,
        "organization"
    );
    assert_eq!(
        refused(|s| s.expense_item = Some("1".to_owned())).await,
        "expense_item"
    );
    assert_eq!(
        refused(|s| s.timezone = Some("Moscow".to_owned())).await,
        "timezone"
    );
    assert_eq!(refused(|s| s.currency = Some("руб".to_owned())).await, "currency");
    assert_eq!(
        refused(|s| (s.counterparty, s.create_clients) = (Some(AGENT.to_owned()), true)).await,
        "create_clients"
    );
    assert_eq!(
        refused(|s| s.requests_per_second = Some(0)).await,
        "requests_per_second"
    );
}

#[tokio::test]
async fn a_name_and_a_password_log_in_too_and_are_not_shown() {
    let server = Server::start(vec![crate::server::Play::Answer(
        "401 Unauthorized",
        r#"{"errors":[{"error":"hunter2 is wrong","code":1056}]}"#.to_owned(),
    )])
    .await;
    let by_password = MoySkladSettings {
        token: None,
        user_name: Some("admin@club".to_owned()),
        password: Some(Secret::new("hunter2")),
        ..settings(&server)
    };
    assert!(!format!("{by_password:?}").contains("hunter2"));
    let port = build(ConnectionSettings::MoySklad(Box::new(by_password))).unwrap();
    let sent = port.probe(now()).await.unwrap();
    assert!(!format!("{sent:?}").contains("hunter2"), "{sent:?}");
    // admin@club:hunter2
    assert!(server.requests()[0].contains("Basic YWRtaW5AY2x1YjpodW50ZXIy\r\n"));
}

#[test]
fn settings_are_read_from_a_table() {
    let table = serde_json::json!({"kind": "moysklad", "token": TOKEN, "organization": ORGANIZATION});
    let settings: ConnectionSettings = serde_json::from_value(table.clone()).unwrap();
    assert!(!format!("{settings:?}").contains(TOKEN));
    assert!(build(settings).is_ok());
    let mut misspelt = table;
    misspelt["organisation"] = ORGANIZATION.into();
    assert!(serde_json::from_value::<ConnectionSettings>(misspelt).is_err());
}
