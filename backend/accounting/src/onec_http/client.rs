//! An HTTP service in 1C as the accounting port.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use reqwest::{Method, RequestBuilder};
use sverka_app::ports::accounting::{
    AccountingPort, Check, CheckKind, CheckOutcome, Class, Order, Outgoing, Profile, Sent,
};
use sverka_domain::delivery::{FoundDocument, Verdict};
use sverka_domain::ids::DeliveryId;
use url::Url;
use uuid::Uuid;

use super::map::{self, Told};
use super::settings::{Caller, OnecHttpSettings, address, caller};
use crate::settings::SettingsError;
use crate::transport::{Limits, Mask, Transport};
use crate::webhook::{Keys, wire};

const TIMEOUT: u32 = 60;

/// An HTTP service in 1C.
#[derive(Debug)]
pub(crate) struct OnecHttp {
    transport: Transport,
    url: Url,
    keys: Keys,
    caller: Caller,
    mask: Mask,
}

impl OnecHttp {
    pub(crate) fn new(settings: OnecHttpSettings) -> Result<Self, SettingsError> {
        let url = address(&settings)?;
        let limits = Limits {
            allow_private_network: settings.allow_private_network,
            ca_certificates: settings.ca_certificates.as_deref(),
            connect_timeout_seconds: settings.connect_timeout_seconds,
            timeout_seconds: settings.timeout_seconds.unwrap_or(TIMEOUT),
            requests_per_second: settings.requests_per_second,
        };
        let secrets = settings.secret.all().iter();
        let secrets = secrets.chain(&settings.password).chain(&settings.token);
        Ok(Self {
            transport: Transport::new(&url, &limits)?,
            keys: Keys::new(settings.secret.all())?,
            caller: caller(&settings)?,
            mask: Mask::new(secrets.cloned()),
            url,
        })
    }

    fn request(&self, method: Method, url: Url, outgoing: &Outgoing) -> RequestBuilder {
        let mut request = self.transport.request(method, url);
        for (name, value) in wire::headers(outgoing, &self.keys) {
            request = request.header(name, value);
        }
        match &self.caller {
            Caller::Nobody => request,
            Caller::User(name, password) => request.basic_auth(name, Some(password.expose())),
            Caller::Token(header, token) => request.header(header, token.expose()),
        }
    }

    /// The document of a delivery, as the service knows it.
    async fn ask(&self, id: DeliveryId, at: Timestamp) -> Result<(Option<Told>, Sent), Box<Sent>> {
        let mut url = self.url.clone();
        url.set_path(&format!("{}/{id}", self.url.path()));
        let question = Outgoing {
            delivery_id: id,
            body: Vec::new(),
            at,
            is_repeat: false,
        };
        let answer = match self
            .transport
            .send(self.request(Method::GET, url, &question))
            .await
        {
            Ok(answer) => answer,
            Err(silence) => {
                let mut sent = silence.sent();
                // A question changes nothing, whatever became of it.
                if let Verdict::Unknown { reason } = sent.verdict {
                    sent.verdict = Verdict::NotApplied {
                        reason,
                        retry_after: None,
                    };
                }
                return Err(Box::new(sent));
            }
        };
        let good = || answer.sent(Verdict::Applied { document_ref: None }, None, &self.mask);
        match map::told(&answer) {
            Some(told) if (200..=299).contains(&answer.status) => Ok((Some(told), good())),
            _ => match map::not_found(&answer, at) {
                Ok(()) => Ok((None, good())),
                Err(verdict) => Err(Box::new(answer.sent(verdict, None, &self.mask))),
            },
        }
    }
}

#[async_trait]
impl AccountingPort for OnecHttp {
    fn profile(&self) -> Profile {
        Profile {
            class: Class::KeyEnforced,
            settling: SignedDuration::ZERO,
            // One request, and perhaps a wait for another to end.
            longest_try: self.transport.longest(2),
            looks_up: true,
            matches_clients: false,
            is_strict: false,
        }
    }

    fn compose(&self, order: &Order) -> Vec<u8> {
        wire::compose(&order.attempt, &order.delivery)
    }

    async fn send(&self, outgoing: &Outgoing) -> Sent {
        let request = self.request(Method::POST, self.url.clone(), outgoing);
        match self.transport.send(request.body(outgoing.body.clone())).await {
            Ok(answer) => {
                let verdict = map::verdict(&answer, outgoing.at);
                let is_there = matches!(
                    verdict,
                    Verdict::Applied { .. } | Verdict::AlreadyThere { .. } | Verdict::Unposted { .. }
                );
                let key = map::told(&answer)
                    .filter(|_| is_there)
                    .and_then(|told| told.document_key);
                answer.sent(verdict, key, &self.mask)
            }
            Err(silence) => silence.sent(),
        }
    }

    async fn look_up(&self, order: &Order, at: Timestamp) -> Result<Vec<FoundDocument>, Box<Sent>> {
        let (told, _) = self.ask(order.delivery.id, at).await?;
        Ok(told.into_iter().filter_map(map::found).collect())
    }

    async fn probe(&self, at: Timestamp) -> Option<Sent> {
        Some(match self.ask(DeliveryId(Uuid::nil()), at).await {
            Ok((_, sent)) => sent,
            Err(sent) => *sent,
        })
    }

    async fn self_test(&self, posted: Option<Order>, at: Timestamp) -> Vec<Check> {
        let line = |kind, outcome, detail: Option<String>| Check {
            kind,
            outcome,
            detail,
        };
        let (passed, failed, skipped) = (CheckOutcome::Passed, CheckOutcome::Failed, CheckOutcome::Skipped);
        let nothing = match self.ask(DeliveryId(Uuid::nil()), at).await {
            Err(sent) => {
                let reason = sent.verdict.reason().map(str::to_owned);
                return if sent.http_status.is_some() {
                    vec![
                        line(CheckKind::Reach, passed, None),
                        line(CheckKind::LogIn, failed, reason),
                    ]
                } else {
                    vec![
                        line(CheckKind::Reach, failed, reason),
                        line(CheckKind::LogIn, skipped, None),
                    ]
                };
            }
            Ok((Some(_), _)) => line(
                CheckKind::FilterFindsNothing,
                failed,
                Some("a document was named for a delivery that does not exist".to_owned()),
            ),
            Ok((None, _)) => line(CheckKind::FilterFindsNothing, passed, None),
        };
        let one = match &posted {
            None => line(
                CheckKind::FilterFindsOne,
                skipped,
                Some("no document was posted yet".to_owned()),
            ),
            Some(order) => match self.ask(order.delivery.id, at).await {
                Ok((Some(_), _)) => line(CheckKind::FilterFindsOne, passed, None),
                Ok((None, _)) => line(
                    CheckKind::FilterFindsOne,
                    skipped,
                    Some("the service does not answer look-ups".to_owned()),
                ),
                Err(sent) => line(
                    CheckKind::FilterFindsOne,
                    failed,
                    sent.verdict.reason().map(str::to_owned),
                ),
            },
        };
        vec![
            line(CheckKind::Reach, passed, None),
            line(CheckKind::LogIn, passed, None),
            nothing,
            one,
        ]
    }
}
