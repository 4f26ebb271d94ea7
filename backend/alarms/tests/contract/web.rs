//! The webhook and Telegram.

use std::sync::Arc;

use standardwebhooks::Webhook;
use sverka_alarms::{ChannelSettings, Secret, TelegramSettings, WebhookSettings, build};
use sverka_app::ports::alarm::AlarmPort;

use crate::notice::{SUBJECT, notice, refusal};
use crate::server::Server;

pub(crate) const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

fn webhook(port: u16) -> Arc<dyn AlarmPort> {
    let settings = WebhookSettings {
        url: format!("http://127.0.0.1:{port}/alarms"),
        secret: Secret::new(SECRET),
        allow_private_network: true,
    };
    build(&ChannelSettings::Webhook(settings)).unwrap()
}

fn telegram(port: u16) -> Arc<dyn AlarmPort> {
    let settings: TelegramSettings = serde_json::from_value(serde_json::json!({
        "token": TOKEN,
        "chat_id": -100_123,
        "base_url": format!("http://127.0.0.1:{port}"),
        "allow_private_network": true,
    }))
    .unwrap();
    build(&ChannelSettings::Telegram(settings)).unwrap()
}

fn header<'a>(request: &'a str, name: &str) -> &'a str {
    let found = request.lines().find_map(|line| {
        let (key, value) = line.split_once(": ")?;
        key.eq_ignore_ascii_case(name).then_some(value)
    });
    found.unwrap()
}

#[tokio::test]
async fn a_webhook_is_signed_and_has_one_id_for_all_tries() {
    let server = Server::http(vec![("204 No Content", "")]).await;
    let port = webhook(server.port);
    port.send(&notice()).await.unwrap();
    port.send(&notice()).await.unwrap();
    let seen = server.seen();
    assert_eq!(header(&seen[0], "webhook-id"), header(&seen[1], "webhook-id"));
    let (head, body) = seen[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /alarms HTTP/1.1"), "{head}");
    let seconds = header(&seen[0], "webhook-timestamp").parse().unwrap();
    let signed = Webhook::new(SECRET)
        .unwrap()
        .sign(header(&seen[0], "webhook-id"), seconds, body.as_bytes());
    assert_eq!(header(&seen[0], "webhook-signature"), signed.unwrap());
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["type"], "incident.opened");
    assert_eq!(body["data"]["subject"], SUBJECT);
    assert_eq!(body["data"]["counts"]["healed"], 37);
    assert_eq!(body["data"]["since"], "2026-11-24T11:05:00Z");
}

#[tokio::test]
async fn what_a_receiver_does_not_take_is_told_in_its_words() {
    let server = Server::http(vec![("503 Service Unavailable", "come\r\n back  later")]).await;
    assert_eq!(refusal(&*webhook(server.port)).await, "HTTP 503: come back later");
    let redirect = Server::http(vec![("302 Found", "")]).await;
    assert_eq!(refusal(&*webhook(redirect.port)).await, "HTTP 302");
    assert!(refusal(&*webhook(1)).await.starts_with("no answer: "));
}

#[tokio::test]
async fn a_chat_gets_the_text_and_nobody_gets_the_token() {
    let server = Server::http(vec![
        ("200 OK", r#"{"ok":true}"#),
        ("403 Forbidden", r#"{"ok":false,"description":"bot was kicked"}"#),
    ])
    .await;
    let port = telegram(server.port);
    port.send(&notice()).await.unwrap();
    let request = server.seen().remove(0);
    assert!(
        request.starts_with(&format!("POST /bot{TOKEN}/sendMessage HTTP/1.1")),
        "{request}"
    );
    let body: serde_json::Value = serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(body["chat_id"], "-100123");
    assert_eq!(body["text"], notice().text);
    let refused = refusal(&*port).await;
    assert!(
        refused.contains("bot was kicked") && !refused.contains(TOKEN),
        "{refused}"
    );
    let unreachable = refusal(&*telegram(1)).await;
    assert!(!unreachable.contains(TOKEN), "{unreachable}");
}
