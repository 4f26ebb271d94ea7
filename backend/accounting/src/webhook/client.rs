//! A webhook as the accounting port: the stored bytes, signed anew at each try, sent once.

use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Client, Response};
use sverka_app::ports::accounting::{
    AccountingPort, Check, CheckKind, CheckOutcome, Class, Order, Outgoing, Profile, Sent,
};
use url::Url;

use super::address::{PublicOnly, is_private_literal};
use super::answer::Answer;
use super::settings::{WebhookSettings, address};
use super::signature::Keys;
use super::{map, wire};
use crate::settings::SettingsError;

const CONNECT_TIMEOUT: u32 = 5;
const TIMEOUT: u32 = 20;
/// An answer is a document's number or a few words on why not.
const MAX_BODY: usize = 64 * 1024;

/// A receiver of webhooks.
#[derive(Debug)]
pub(crate) struct Webhook {
    client: Client,
    url: Url,
    keys: Keys,
    /// One request is a whole try.
    longest_try: SignedDuration,
    /// The address is written out, and in a network that is not allowed.
    is_out_of_bounds: bool,
}

impl Webhook {
    pub(crate) fn new(settings: WebhookSettings) -> Result<Self, SettingsError> {
        let url = address(&settings)?;
        Ok(Self {
            client: client(&settings)?,
            keys: Keys::new(settings.secret.all())?,
            longest_try: SignedDuration::from_secs(i64::from(settings.timeout_seconds.unwrap_or(TIMEOUT))),
            is_out_of_bounds: !settings.allow_private_network && is_private_literal(&url),
            url,
        })
    }

    async fn post(&self, outgoing: &Outgoing) -> reqwest::Result<Response> {
        let (id, seconds) = (outgoing.delivery_id.to_string(), outgoing.at.as_second());
        let signature = self.keys.sign(&id, seconds, &outgoing.body);
        self.client
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", seconds)
            .header("webhook-signature", signature)
            .body(outgoing.body.clone())
            .send()
            .await
    }
}

/// A client that sends once: no redirects (a 307 would repeat the request elsewhere), no repeats, no proxy,
/// and a fresh connection for each try, so that a failure to connect means that no byte was sent.
fn client(settings: &WebhookSettings) -> Result<Client, SettingsError> {
    let seconds = |field, told: Option<u32>, usual| match told.unwrap_or(usual) {
        0 => Err(SettingsError::new(
            field,
            "is zero",
            "give 1 or more, or leave it out",
        )),
        seconds => Ok(Duration::from_secs(u64::from(seconds))),
    };
    let connect = seconds(
        "connect_timeout_seconds",
        settings.connect_timeout_seconds,
        CONNECT_TIMEOUT,
    )?;
    let whole = seconds("timeout_seconds", settings.timeout_seconds, TIMEOUT)?;
    if connect >= whole {
        // Else a failure to connect, which is sure, would look like a missing answer, which is not.
        return Err(SettingsError::new(
            "timeout_seconds",
            "is not longer than the time to connect",
            "give more than connect_timeout_seconds (5 when left out)",
        ));
    }
    let mut builder = Client::builder()
        .user_agent(concat!("sverka/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .pool_max_idle_per_host(0)
        .connect_timeout(connect)
        .timeout(whole);
    if !settings.allow_private_network {
        builder = builder.dns_resolver(PublicOnly);
    }
    let wrong = |problem| {
        let remedy = "give the root certificates as PEM text, -----BEGIN CERTIFICATE-----";
        SettingsError::new("ca_certificates", problem, remedy)
    };
    if let Some(pem) = &settings.ca_certificates {
        match reqwest::Certificate::from_pem_bundle(pem.as_bytes()) {
            Ok(certificates) if !certificates.is_empty() => builder = builder.tls_certs_merge(certificates),
            _ => return Err(wrong("holds no certificate")),
        }
    }
    builder.build().map_err(|_| wrong("cannot be used for TLS"))
}

async fn read(mut response: Response) -> reqwest::Result<Answer> {
    let text = |headers: &HeaderMap, name| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let status = response.status().as_u16();
    let retry_after = text(response.headers(), RETRY_AFTER);
    let content_type = text(response.headers(), CONTENT_TYPE)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let (mut body, mut is_cut) = (Vec::new(), false);
    while let Some(chunk) = response.chunk().await? {
        let room = MAX_BODY - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            is_cut = true;
            break;
        }
    }
    Ok(Answer {
        status,
        retry_after,
        content_type,
        body: String::from_utf8_lossy(&body).into_owned(),
        is_cut,
    })
}

#[async_trait]
impl AccountingPort for Webhook {
    fn profile(&self) -> Profile {
        Profile {
            class: Class::KeyEnforced,
            settling: SignedDuration::ZERO,
            longest_try: self.longest_try,
            looks_up: false,
            matches_clients: false,
            is_strict: false,
        }
    }

    fn compose(&self, order: &Order) -> Vec<u8> {
        wire::compose(&order.attempt, &order.delivery)
    }

    async fn send(&self, outgoing: &Outgoing) -> Sent {
        let silent = |verdict, http_status| Sent {
            verdict,
            document_key: None,
            http_status,
            answer: None,
        };
        if self.is_out_of_bounds {
            return silent(map::private(), None);
        }
        let response = match self.post(outgoing).await {
            Ok(response) => response,
            Err(error) => return silent(map::no_answer(&error), None),
        };
        let status = response.status().as_u16();
        match read(response).await {
            Ok(answer) => Sent {
                verdict: map::verdict(&answer, outgoing.at),
                document_key: None,
                http_status: Some(status),
                answer: answer.kept(),
            },
            Err(error) => silent(map::no_answer(&error), Some(status)),
        }
    }

    async fn self_test(&self, _posted: Option<Order>, _at: Timestamp) -> Vec<Check> {
        // A receiver knows nothing but deliveries: whether it is there shows with the first of them.
        vec![Check {
            kind: CheckKind::Reach,
            outcome: CheckOutcome::Skipped,
            detail: None,
        }]
    }
}
