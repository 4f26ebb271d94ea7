//! Settings of both 1C kinds: what is wrong is named together with its remedy, and no secret is shown.

use serde_json::{Value, json};
use sverka_accounting::{ConnectionSettings, SettingsError, build};

use crate::onec::{PASSWORD, table};
use crate::verdicts::SECRET;

fn refused(table: Value) -> SettingsError {
    let settings: ConnectionSettings = serde_json::from_value(table).unwrap();
    let Err(error) = build(settings) else {
        panic!("accepted")
    };
    assert!(!error.to_string().contains(PASSWORD), "{error}");
    assert!(!error.remedy.is_empty());
    error
}

fn changed(change: impl FnOnce(&mut Value)) -> Value {
    let mut table = table("https://1c.example/b/odata/standard.odata/");
    change(&mut table);
    table
}

#[test]
fn what_is_wrong_is_named_with_its_remedy() {
    let cases: Vec<(&str, &str, Value, &str)> = vec![
        (
            "/url",
            "url",
            json!("https://1c.example/b/"),
            "odata/standard.odata",
        ),
        (
            "/url",
            "url",
            json!("https://u:hunter2-hunter2@1c.example/odata/standard.odata/"),
            "user_name",
        ),
        (
            "/url",
            "url",
            json!("https://1c.example/odata/standard.odata/?a=1"),
            "without ?",
        ),
        ("/user_name", "user_name", json!(""), "colon"),
        ("/timezone", "timezone", json!("Moscow"), "Europe/Moscow"),
        (
            "/read_timeout_seconds",
            "read_timeout_seconds",
            json!(1),
            "connect_timeout_seconds",
        ),
        (
            "/timeout_seconds",
            "timeout_seconds",
            json!(1),
            "connect_timeout_seconds",
        ),
        ("/payment/entity", "payment", json!("Catalog_Оплата"), "Document_"),
        ("/payment/entity", "payment", json!("Document_"), "Document_"),
        (
            "/payment/amount",
            "payment",
            json!("Сумма документа"),
            "$metadata",
        ),
        ("/payment/amount", "payment", json!("Комментарий"), "of its own"),
        ("/payment/rrn", "payment", json!("х' or 1 eq 1"), "letters"),
        ("/payment/constants", "payment", json!({"А": []}), "rows"),
        ("/clients/entity", "clients", json!("Контрагенты"), "Catalog_"),
        ("/class", "payment", json!("look_up_only"), "reference"),
    ];
    for (pointer, field, value, remedy) in cases {
        let error = refused(changed(|table| {
            if let Some(place) = table.pointer_mut(pointer) {
                *place = value.clone();
            } else {
                table[&pointer[1..]] = value.clone();
            }
        }));
        assert_eq!(error.field, field, "{pointer} {value}: {error}");
        assert!(
            error.remedy.contains(remedy) || error.problem.contains(remedy),
            "{error}"
        );
    }
}

#[test]
fn what_does_not_fit_together_is_named() {
    let remove = |table: &mut Value, key: &str, of: &str| {
        let place = if of.is_empty() { table } else { &mut table[of] };
        place.as_object_mut().unwrap().remove(key);
    };
    let error = refused(changed(|table| remove(table, "client", "payment")));
    assert_eq!(error.field, "payment");
    let error = refused(changed(|table| {
        remove(table, "clients", "");
        table["create_clients"] = json!(true);
    }));
    assert_eq!(error.field, "create_clients");
    let error = refused(changed(|table| {
        for key in ["external_id", "phone", "email"] {
            remove(table, key, "clients");
        }
    }));
    assert_eq!(error.field, "clients");
    let error = refused(changed(|table| {
        remove(table, "external_id", "clients");
        table["clients"]["contacts_entity"] = json!("Catalog_Контрагенты_КонтактнаяИнформация");
        table["create_clients"] = json!(true);
    }));
    assert_eq!(error.field, "create_clients");
    let error = refused(changed(|table| {
        table["payment"]["payment"] = json!("Основание_Key")
    }));
    assert_eq!(error.field, "payment");
}

#[test]
fn good_settings_are_accepted_and_unknown_keys_are_not() {
    let good = changed(|_| ());
    let settings: ConnectionSettings = serde_json::from_value(good).unwrap();
    assert!(!format!("{settings:?}").contains(PASSWORD));
    assert!(build(settings).is_ok());
    for pointer in ["", "/payment", "/clients", "/payment/rows/0"] {
        let misspelt = changed(|table| {
            table.pointer_mut(pointer).unwrap()["amont"] = json!("x");
        });
        assert!(
            serde_json::from_value::<ConnectionSettings>(misspelt).is_err(),
            "{pointer}"
        );
    }
}

#[test]
fn an_http_service_is_called_as_a_user_or_with_a_token() {
    let service = |more: Value| {
        let mut table =
            json!({"kind": "onec_http", "url": "https://1c.example/b/hs/sverka", "secret": SECRET});
        let (place, more) = (table.as_object_mut().unwrap(), more.as_object().unwrap().clone());
        place.extend(more);
        table
    };
    for (more, field) in [
        (json!({"user_name": "a", "token": PASSWORD}), "token"),
        (json!({"user_name": "a:b"}), "user_name"),
        (json!({"password": PASSWORD}), "password"),
        (json!({"token": "два\nслова"}), "token"),
        (
            json!({"token": PASSWORD, "token_header": "X Token"}),
            "token_header",
        ),
        (json!({"url": "https://1c.example/b/hs/sverka?x=1"}), "url"),
        (json!({"secret": PASSWORD}), "secret"),
    ] {
        assert_eq!(refused(service(more)).field, field);
    }
    for more in [
        json!({}),
        json!({"user_name": "a", "password": ""}),
        json!({"token": PASSWORD}),
    ] {
        let settings: ConnectionSettings = serde_json::from_value(service(more)).unwrap();
        assert!(build(settings).is_ok());
    }
}
