//! What is wrong with settings is told with the remedy.

use sverka_alarms::{ChannelSettings, EmailSettings, Secret, build};

use crate::mail;
use crate::web::SECRET;

fn wrong(settings: ChannelSettings) -> &'static str {
    match build(&settings) {
        Ok(_) => panic!("it was taken"),
        Err(error) => {
            assert!(!error.to_string().contains("s3cret"), "{error}");
            error.field
        }
    }
}

fn read(json: serde_json::Value) -> ChannelSettings {
    serde_json::from_value(json).unwrap()
}

#[test]
fn a_webhook_needs_an_address_and_a_key() {
    let webhook =
        |url: &str, secret: &str| read(serde_json::json!({"kind": "webhook", "url": url, "secret": secret}));
    assert_eq!(wrong(webhook("alarms", SECRET)), "url");
    assert_eq!(wrong(webhook("http://alarms.example/", SECRET)), "url");
    assert_eq!(wrong(webhook("https://me:s3cret@alarms.example/", SECRET)), "url");
    assert_eq!(wrong(webhook("https://alarms.example/", "s3cret")), "secret");
    assert_eq!(
        wrong(webhook("https://alarms.example/", "whsec_c2hvcnQ=")),
        "secret"
    );
    assert!(build(&webhook("https://alarms.example/", SECRET)).is_ok());
}

#[test]
fn a_chat_needs_a_token() {
    let chat =
        |token: &str| read(serde_json::json!({"kind": "telegram", "token": token, "chat_id": "@duty"}));
    assert_eq!(wrong(chat("")), "token");
    assert_eq!(wrong(chat("s3cret/../x")), "token");
    assert!(build(&chat("1:a-b_c")).is_ok());
}

#[test]
fn mail_needs_addresses_and_keeps_its_password() {
    let email = |change: fn(&mut EmailSettings)| {
        let mut settings = mail::settings(25);
        change(&mut settings);
        ChannelSettings::Email(settings)
    };
    assert_eq!(wrong(email(|s| s.to.clear())), "to");
    assert_eq!(wrong(email(|s| s.to.push("nobody".to_owned()))), "to");
    assert_eq!(wrong(email(|s| s.from.clear())), "from");
    assert_eq!(wrong(email(|s| s.host.clear())), "host");
    assert_eq!(wrong(email(|s| s.user_name = Some("me".to_owned()))), "password");
    assert_eq!(
        wrong(email(|s| s.password = Some(Secret::new("s3cret")))),
        "user_name"
    );
    assert_eq!(
        wrong(email(|s| {
            s.user_name = Some("me".to_owned());
            s.password = Some(Secret::new("s3cret"));
        })),
        "tls"
    );
}
