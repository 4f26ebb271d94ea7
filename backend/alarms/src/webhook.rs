//! A webhook, signed by Standard Webhooks: `v1,` and base64 of HMAC-SHA256 over `id.seconds.body`. `webhook-id` is the
//! same at every try, so that the receiver sees one alarm.

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::Sha256;
use sverka_app::ports::alarm::{AlarmError, AlarmEvent, AlarmPort, IncidentNotice, Notice, NoticeAbout};
use sverka_app::ports::store::{ConnectionAlarm, ConnectionTopic};
use url::Url;
use zeroize::Zeroizing;

use crate::http::{client, send};
use crate::settings::{Secret, SettingsError, address};

/// 128 bits.
const SHORTEST_KEY: usize = 16;

/// Settings of a webhook.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookSettings {
    /// Where to post.
    pub url: String,
    /// `whsec_` and base64 of the key.
    pub secret: Secret,
    /// Whether the address may be plain `http`, for a receiver in one's own network.
    #[serde(default)]
    pub allow_private_network: bool,
}

pub(crate) struct Webhook {
    client: Client,
    url: Url,
    key: Zeroizing<Vec<u8>>,
}

impl Webhook {
    pub(crate) fn new(settings: &WebhookSettings) -> Result<Self, SettingsError> {
        Ok(Self {
            client: client()?,
            url: address("url", &settings.url, settings.allow_private_network)?,
            key: key(&settings.secret)?,
        })
    }

    fn sign(&self, id: &str, seconds: i64, body: &[u8]) -> Result<String, AlarmError> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key)
            .map_err(|_| AlarmError("the key cannot sign".to_owned()))?;
        mac.update(format!("{id}.{seconds}.").as_bytes());
        mac.update(body);
        Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
    }
}

fn key(secret: &Secret) -> Result<Zeroizing<Vec<u8>>, SettingsError> {
    let wrong = |problem| {
        let remedy = "give whsec_ and the base64 of 24 to 64 random bytes";
        SettingsError::new("secret", problem, remedy)
    };
    let encoded = secret
        .expose()
        .trim()
        .strip_prefix("whsec_")
        .ok_or_else(|| wrong("does not begin with whsec_"))?;
    let key = STANDARD_NO_PAD
        .decode(encoded.trim_end_matches('='))
        .map_err(|_| wrong("is not base64 after whsec_"))?;
    let key = Zeroizing::new(key);
    if key.len() < SHORTEST_KEY {
        return Err(wrong("is too short to be safe"));
    }
    Ok(key)
}

#[async_trait]
impl AlarmPort for Webhook {
    async fn send(&self, notice: &Notice) -> Result<(), AlarmError> {
        let body = body(notice).to_string().into_bytes();
        let (id, seconds) = (notice.id.to_string(), notice.now.as_second());
        let request = self
            .client
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", &id)
            .header("webhook-timestamp", seconds)
            .header("webhook-signature", self.sign(&id, seconds, &body)?);
        send(request.body(body)).await
    }
}

fn body(notice: &Notice) -> Value {
    let (kind, mut data) = match &notice.about {
        NoticeAbout::Incident(about) => (format!("incident.{}", notice.event), incident(about)),
        NoticeAbout::Connection(about) => (connection_event(about.topic, notice.event), connection(about)),
    };
    data["subject"] = notice.subject.clone().into();
    data["text"] = notice.text.clone().into();
    json!({"type": kind, "timestamp": notice.now.to_string(), "data": data})
}

fn incident(about: &IncidentNotice) -> Value {
    let counts = about.counts;
    json!({
        "incident_id": about.incident,
        "bank": about.account.bank,
        "bank_account": about.account.account,
        "kind": about.kind,
        "since": about.since.to_string(),
        "opened_at": about.opened_at.to_string(),
        "closed_at": about.closed_at.map(|at| at.to_string()),
        "counts": {
            "paid": counts.paid,
            "heard": counts.heard,
            "healed": counts.healed,
            "waiting": counts.waiting,
        },
    })
}

fn connection_event(topic: ConnectionTopic, event: AlarmEvent) -> String {
    let what = match (topic, event) {
        (ConnectionTopic::Outage, AlarmEvent::Opened) => "failing",
        (ConnectionTopic::Outage, AlarmEvent::Closed) => "recovered",
        (ConnectionTopic::Stuck, _) => "stuck",
    };
    format!("connection.{what}")
}

fn connection(about: &ConnectionAlarm) -> Value {
    let told = &about.told;
    json!({
        "connection": about.connection,
        "since": about.since.to_string(),
        "waiting": told.waiting,
        "oldest_at": told.oldest_at.map(|at| at.to_string()),
        "amount": told.amounts,
        "last_error": told.last_error,
        "stuck": told.stuck,
        "stuck_since": told.stuck_since.map(|at| at.to_string()),
    })
}
