//! A webhook as the accounting port: the stored bytes, signed anew at each try, sent once.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use sverka_app::ports::accounting::{
    AccountingPort, Check, CheckKind, CheckOutcome, Class, Order, Outgoing, Profile, Sent,
};
use url::Url;

use super::settings::{WebhookSettings, address};
use super::signature::Keys;
use super::{map, wire};
use crate::settings::SettingsError;
use crate::transport::{Limits, Mask, Transport};

const TIMEOUT: u32 = 20;

/// A receiver of webhooks.
#[derive(Debug)]
pub(crate) struct Webhook {
    transport: Transport,
    url: Url,
    keys: Keys,
    mask: Mask,
}

impl Webhook {
    pub(crate) fn new(settings: WebhookSettings) -> Result<Self, SettingsError> {
        let url = address(&settings)?;
        let limits = Limits {
            allow_private_network: settings.allow_private_network,
            ca_certificates: settings.ca_certificates.as_deref(),
            connect_timeout_seconds: settings.connect_timeout_seconds,
            timeout_seconds: settings.timeout_seconds.unwrap_or(TIMEOUT),
            requests_per_second: settings.requests_per_second,
        };
        Ok(Self {
            transport: Transport::new(&url, &limits)?,
            keys: Keys::new(settings.secret.all())?,
            mask: Mask::new(settings.secret.all().iter().cloned()),
            url,
        })
    }
}

#[async_trait]
impl AccountingPort for Webhook {
    fn profile(&self) -> Profile {
        Profile {
            class: Class::KeyEnforced,
            settling: SignedDuration::ZERO,
            longest_try: self.transport.longest(1),
            looks_up: false,
            matches_clients: false,
            is_strict: false,
        }
    }

    fn compose(&self, order: &Order) -> Vec<u8> {
        wire::compose(&order.attempt, &order.delivery)
    }

    async fn send(&self, outgoing: &Outgoing) -> Sent {
        let mut request = self.transport.request(Method::POST, self.url.clone());
        for (name, value) in wire::headers(outgoing, &self.keys) {
            request = request.header(name, value);
        }
        match self.transport.send(request.body(outgoing.body.clone())).await {
            Ok(answer) => answer.sent(map::verdict(&answer, outgoing.at), None, &self.mask),
            Err(silence) => silence.sent(),
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
