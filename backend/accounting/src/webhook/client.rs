//! A webhook as the accounting port: the stored bytes, signed anew at each try, sent once.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use sverka_app::ports::accounting::{AccountingPort, Check, Class, Order, Outgoing, Profile, Sent};
use sverka_domain::delivery::{FoundDocument, HoldReason, Verdict};
use url::Url;

use super::check::NOBODYS;
use super::settings::{WebhookSettings, address, look_up_address};
use super::signature::Keys;
use super::{look, map, wire};
use crate::settings::SettingsError;
use crate::transport::{Limits, Mask, Transport};

const TIMEOUT: u32 = 20;
/// Behind a web server a request may live longer than we wait for it.
const SETTLING: u32 = 180;
/// Requests at a time, to a receiver that knows a repeat.
const AT_ONCE: u32 = 8;
/// More than this no receiver was built for.
const MOST_AT_ONCE: u32 = 256;

/// A receiver of webhooks.
#[derive(Debug)]
pub(crate) struct Webhook {
    pub(super) transport: Transport,
    pub(super) url: Url,
    pub(super) look_up_url: Option<Url>,
    keys: Keys,
    mask: Mask,
    class: Class,
    settling: SignedDuration,
    at_once: u32,
}

/// How many requests at a time.
fn at_once(class: Class, wanted: Option<u32>) -> Result<u32, SettingsError> {
    match (class, wanted) {
        (_, Some(0)) => Err(SettingsError::new(
            "at_once",
            "is zero",
            "give 1 or more, or leave it out",
        )),
        (Class::LookUpOnly, Some(more)) if more > 1 => Err(SettingsError::new(
            "at_once",
            "is more than 1, and the receiver does not know a repeat",
            "leave it out",
        )),
        (Class::LookUpOnly, _) => Ok(1),
        (Class::KeyEnforced, wanted) => Ok(wanted.unwrap_or(AT_ONCE).min(MOST_AT_ONCE)),
    }
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
        let class = settings.class.unwrap_or(Class::KeyEnforced);
        let at_once = at_once(class, settings.at_once)?;
        let settling = settings.settling_seconds.unwrap_or(match class {
            Class::KeyEnforced => 0,
            Class::LookUpOnly => SETTLING,
        });
        Ok(Self {
            transport: Transport::new(&url, &limits)?.at_once(at_once),
            look_up_url: look_up_address(&settings)?,
            keys: Keys::new(settings.secret.all())?,
            mask: Mask::new(settings.secret.all().iter().cloned()),
            class,
            settling: SignedDuration::from_secs(i64::from(settling)),
            at_once,
            url,
        })
    }

    /// Asks the receiver for a delivery.
    pub(super) async fn look(&self, id: &str, at: Timestamp) -> Result<Option<FoundDocument>, Box<Sent>> {
        let Some(base) = &self.look_up_url else {
            return Ok(None);
        };
        let mut url = base.clone();
        url.set_path(&format!("{}/{id}", base.path().trim_end_matches('/')));
        let mut request = self.transport.request(Method::GET, url);
        for (name, value) in wire::headers_of(id, at, b"", &self.keys) {
            request = request.header(name, value);
        }
        let answer = match self.transport.send(request).await {
            Ok(answer) => answer,
            Err(silence) => return Err(Box::new(unasked(silence.sent()))),
        };
        look::found(&answer, at).map_err(|verdict| Box::new(answer.sent(verdict, None, &self.mask)))
    }
}

/// A question that was not answered changed nothing.
fn unasked(sent: Sent) -> Sent {
    let verdict = match sent.verdict {
        Verdict::Unknown { reason } => Verdict::NotApplied {
            reason,
            retry_after: None,
        },
        verdict => verdict,
    };
    Sent { verdict, ..sent }
}

#[async_trait]
impl AccountingPort for Webhook {
    fn profile(&self) -> Profile {
        Profile {
            class: self.class,
            settling: self.settling,
            longest_try: self.transport.longest(1),
            looks_up: self.look_up_url.is_some(),
            matches_clients: false,
            is_strict: false,
        }
    }

    fn at_once(&self) -> usize {
        usize::try_from(self.at_once).unwrap_or(1)
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
            Ok(answer) => {
                let verdict = map::verdict(&answer, outgoing.at);
                let is_there = matches!(verdict, Verdict::Applied { .. } | Verdict::AlreadyThere { .. });
                let key = map::document_key(&answer).filter(|_| is_there);
                answer.sent(verdict, key, &self.mask)
            }
            Err(silence) => silence.sent(),
        }
    }

    async fn finish(&self, outgoing: &Outgoing, document_key: &str) -> Sent {
        if self.class == Class::KeyEnforced {
            return self.send(outgoing).await;
        }
        // To send again would make a second one: posting it is the receiver's business.
        let verdict = match self.look(&outgoing.delivery_id.to_string(), outgoing.at).await {
            Ok(Some(there)) if there.is_posted => Verdict::AlreadyThere {
                document_ref: there.number,
            },
            Ok(Some(there)) => Verdict::Unposted {
                document_ref: there.number,
                reason: "the receiver has it and has not posted it".to_owned(),
            },
            Ok(None) => Verdict::Held {
                hold: HoldReason::DocumentDeleted,
                documents: Vec::new(),
                reason: "the receiver does not know its document any more".to_owned(),
            },
            Err(sent) => return *sent,
        };
        Sent {
            verdict,
            document_key: Some(document_key.to_owned()),
            http_status: None,
            answer: None,
        }
    }

    async fn look_up(&self, order: &Order, at: Timestamp) -> Result<Vec<FoundDocument>, Box<Sent>> {
        let found = self.look(&order.delivery.id.to_string(), at).await?;
        Ok(found.into_iter().collect())
    }

    async fn probe(&self, at: Timestamp) -> Option<Sent> {
        self.look_up_url.as_ref()?;
        Some(match self.look(NOBODYS, at).await {
            Ok(_) => Sent {
                verdict: Verdict::Applied { document_ref: None },
                document_key: None,
                http_status: None,
                answer: None,
            },
            Err(sent) => *sent,
        })
    }

    async fn self_test(&self, posted: Option<Order>, at: Timestamp) -> Vec<Check> {
        self.test(posted, at).await
    }
}
