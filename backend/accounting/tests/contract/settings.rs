//! Settings: what is wrong is named together with its remedy, and no secret is shown.

use sverka_accounting::{CONNECTION_KINDS, ConnectionSettings, Secret, Secrets, WebhookSettings, build};
use sverka_app::ports::accounting::Class;

use crate::verdicts::webhook;

fn refused(change: impl FnOnce(&mut WebhookSettings)) -> &'static str {
    let mut settings = webhook("https://crm.example/payments");
    change(&mut settings);
    match build(ConnectionSettings::Webhook(settings)) {
        Ok(_) => panic!("accepted"),
        Err(error) => {
            assert!(!error.to_string().contains("hunter2"), "{error}");
            error.field
        }
    }
}

#[test]
fn what_is_wrong_is_named() {
    for url in [
        "",
        "crm",
        "ftp://crm.example/",
        "https://user:hunter2@crm.example/",
        "mailto:a@b.ru",
    ] {
        assert_eq!(refused(|s| s.url = url.to_owned()), "url", "{url}");
    }
    assert_eq!(
        refused(|s| s.secret = Secrets::One(Secret::new("hunter2"))),
        "secret"
    );
    assert_eq!(refused(|s| s.secret = Secrets::Several(Vec::new())), "secret");
    assert_eq!(
        refused(|s| s.ca_certificates = Some("hunter2".to_owned())),
        "ca_certificates"
    );
    assert_eq!(refused(|s| s.timeout_seconds = Some(0)), "timeout_seconds");
    assert_eq!(
        refused(|s| s.connect_timeout_seconds = Some(0)),
        "connect_timeout_seconds"
    );
    assert_eq!(
        refused(|s| s.requests_per_second = Some(0)),
        "requests_per_second"
    );
}

#[test]
fn who_would_make_a_second_document_must_be_able_to_tell_what_it_has() {
    let look_up_only = |s: &mut WebhookSettings| s.class = Some(Class::LookUpOnly);
    assert_eq!(refused(look_up_only), "look_up_url");
    for url in [
        "crm",
        "https://elsewhere.example/payments",
        "https://crm.example/payments?id=",
        "http://crm.example/payments",
    ] {
        let asked = |s: &mut WebhookSettings| {
            s.look_up_url = Some(url.to_owned());
            s.allow_private_network = false;
        };
        assert_eq!(refused(asked), "look_up_url", "{url}");
    }
}

#[test]
fn clients_names_do_not_cross_the_internet_in_the_clear() {
    let plain = |s: &mut WebhookSettings| {
        (s.url, s.allow_private_network) = ("http://crm.example/".to_owned(), false)
    };
    assert_eq!(refused(plain), "url");
    assert!(build(ConnectionSettings::Webhook(webhook("http://crm.lan/"))).is_ok());
}

#[test]
fn settings_are_read_from_a_table_and_unknown_keys_are_refused() {
    for secret in [serde_json::json!("hunter2"), serde_json::json!(["hunter2", "b"])] {
        let table = serde_json::json!({"kind": "webhook", "url": "https://c.example/", "secret": secret});
        let ConnectionSettings::Webhook(settings) = serde_json::from_value(table).unwrap() else {
            panic!("another kind")
        };
        assert!(!settings.allow_private_network);
        assert!(!format!("{settings:?}").contains("hunter2"));
    }
    let misspelt = serde_json::json!({"kind": "webhook", "url": "u", "secret": "s", "timeout": 5});
    assert!(serde_json::from_value::<ConnectionSettings>(misspelt).is_err());
    let mut kinds: Vec<&str> = CONNECTION_KINDS.iter().map(|info| info.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds.len(), CONNECTION_KINDS.len());
}
