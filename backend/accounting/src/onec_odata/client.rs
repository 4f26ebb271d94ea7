//! A base as the accounting port.

use std::time::Duration;

use async_trait::async_trait;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::ACCEPT;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use sverka_app::ports::accounting::{
    AccountingPort, Check, Class, ClientMatch, Order, Outgoing, Profile, Sent,
};
use sverka_domain::delivery::{DeliveryKind, FoundDocument, Verdict};
use url::Url;

use super::answer::collection;
use super::facts::Facts;
use super::filter::query;
use super::map::meaning;
use super::mapping::{Document, Mapping, mapping};
use super::settings::{OnecClass, OnecOdataSettings};
use crate::settings::{Secret, SettingsError};
use crate::transport::{Answer, Asked, Example, Limits, Mask, Silence, Transport, checked_url};

const READ_TIMEOUT: u32 = 15;
const TIMEOUT: u32 = 90;
const CONNECT_TIMEOUT: u32 = 5;
/// A page of found documents.
const MAX_BODY: usize = 1024 * 1024;

/// A 1C base.
#[derive(Debug)]
pub(crate) struct OnecOdata {
    transport: Transport,
    base: Url,
    user_name: String,
    password: Secret,
    pub(super) mask: Mask,
    pub(super) zone: TimeZone,
    pub(super) class: OnecClass,
    pub(super) mapping: Mapping,
    pub(super) is_strict: bool,
    reading: Duration,
    changing: Duration,
    settling: SignedDuration,
}

/// What a reading request came to, other than its answer.
pub(super) type Asking<T> = Result<T, Box<Sent>>;

impl OnecOdata {
    pub(crate) fn new(settings: OnecOdataSettings) -> Result<Self, SettingsError> {
        let base = address(&settings)?;
        let seconds = settings.timeout_seconds.unwrap_or(TIMEOUT);
        let limits = Limits {
            allow_private_network: settings.allow_private_network,
            ca_certificates: settings.ca_certificates.as_deref(),
            connect_timeout_seconds: settings.connect_timeout_seconds,
            timeout_seconds: seconds,
            requests_per_second: settings.requests_per_second,
        };
        let transport = Transport::new(&base, &limits)?;
        let reading = settings.read_timeout_seconds.unwrap_or(READ_TIMEOUT);
        if reading <= settings.connect_timeout_seconds.unwrap_or(CONNECT_TIMEOUT) {
            return Err(SettingsError::new(
                "read_timeout_seconds",
                "is not longer than the time to connect",
                "give more than connect_timeout_seconds (5 when left out)",
            ));
        }
        if settings.user_name.is_empty() || settings.user_name.contains(':') {
            return Err(SettingsError::new(
                "user_name",
                "is empty or has a colon, which HTTP Basic cannot pass on",
                "give a 1C user's name without a colon",
            ));
        }
        let zone = TimeZone::get(&settings.timezone).map_err(|_| {
            let remedy = "give the zone of the base's clock, such as Europe/Moscow";
            SettingsError::new("timezone", "is not a time zone", remedy)
        })?;
        let settling = match (settings.settling_seconds, settings.class) {
            (Some(seconds), _) => seconds,
            // A repeat under the same key is itself the check.
            (None, OnecClass::KeyEnforced) => 0,
            (None, OnecClass::LookUpOnly) => seconds.saturating_mul(2),
        };
        Ok(Self {
            transport,
            base,
            mask: Mask::new([settings.password.clone()]),
            zone,
            class: settings.class,
            mapping: mapping(&settings)?,
            is_strict: settings.strict,
            reading: Duration::from_secs(u64::from(reading)),
            changing: Duration::from_secs(u64::from(seconds)),
            settling: SignedDuration::from_secs(i64::from(settling)),
            user_name: settings.user_name,
            password: settings.password,
        })
    }

    /// The document that a payment or a refund becomes.
    pub(super) fn document_of(&self, kind: DeliveryKind) -> Option<&Document> {
        match kind {
            DeliveryKind::Payment => Some(&self.mapping.payment),
            DeliveryKind::Refund => self.mapping.refund.as_ref(),
        }
    }

    /// The facts of an order as they are, or were at its first try.
    pub(super) fn facts(&self, order: &Order) -> Facts {
        let entity = self.document_of(order.delivery.kind).map(|of| of.entity.as_str());
        Facts::of(order, self.base.as_str(), entity)
    }

    /// The address of the interface itself: part of every key that we choose.
    pub(super) fn base(&self) -> &str {
        self.base.as_str()
    }

    /// The address of what stands under this name: `Document_X`, `Document_X(guid'…')/Post`.
    pub(super) fn at(&self, name: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{name}", self.base.path()));
        url
    }

    fn request(&self, method: Method, url: Url) -> RequestBuilder {
        self.transport
            .request(method, url)
            .header(ACCEPT, "application/json")
            .basic_auth(&self.user_name, Some(self.password.expose()))
    }

    /// Reads, whatever the answer says.
    pub(super) async fn read(&self, url: Url) -> Asking<Answer> {
        let request = self.request(Method::GET, url).timeout(self.reading);
        let asked = self.transport.send_for(request, MAX_BODY).await;
        asked.map_err(|silence| Box::new(nothing_changed(silence)))
    }

    /// Reads the description of the interface, which is long and takes its time.
    pub(super) async fn read_metadata(&self, most: usize) -> Asking<Answer> {
        let url = self.at("$metadata");
        let request = self
            .transport
            .request(Method::GET, url)
            .basic_auth(&self.user_name, Some(self.password.expose()));
        let asked = self.transport.send_for(request, most).await;
        asked.map_err(|silence| Box::new(nothing_changed(silence)))
    }

    /// Searches: at most `most` objects that pass the filter.
    pub(super) async fn search(
        &self,
        entity: &str,
        select: &str,
        filter: &str,
        (most, at): (u32, Timestamp),
    ) -> Asking<Vec<Value>> {
        let top = most.to_string();
        let options = [
            ("$format", "json"),
            ("$top", top.as_str()),
            ("$select", select),
            ("$filter", filter),
        ];
        let answer = self.read(query(self.at(entity), &options)).await?;
        match collection(&answer) {
            Some(objects) => Ok(objects),
            None => Err(self.unread(&answer, at)),
        }
    }

    /// Posts, with or without a body.
    pub(super) async fn post(&self, url: Url, body: Option<&Value>) -> Asked {
        let request = self.request(Method::POST, url);
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        self.transport.send(request).await
    }

    /// What a reading request came to whose answer is not what was asked for.
    pub(super) fn unread(&self, answer: &Answer, at: Timestamp) -> Box<Sent> {
        Box::new(self.sent(answer, meaning(answer, at).read(), None))
    }

    /// What a try came to, with its last answer.
    pub(super) fn sent(&self, answer: &Answer, verdict: Verdict, document_key: Option<String>) -> Sent {
        answer.sent(verdict, document_key, &self.mask)
    }
}

/// A reading request changes nothing, whatever became of it.
fn nothing_changed(silence: Silence) -> Sent {
    let mut sent = silence.sent();
    if let Verdict::Unknown { reason } = sent.verdict {
        sent.verdict = Verdict::NotApplied {
            reason,
            retry_after: None,
        };
    }
    sent
}

fn address(settings: &OnecOdataSettings) -> Result<Url, SettingsError> {
    let example = Example {
        field: "url",
        url: "https://1c.example/base/odata/standard.odata/",
        instead: "give them as user_name and password",
    };
    let mut url = checked_url(&settings.url, settings.allow_private_network, example)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(SettingsError::new(
            "url",
            "has more than a path",
            format!("give it without ? and #, such as {}", example.url),
        ));
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    if url.path().ends_with("/standard.odata/") {
        Ok(url)
    } else {
        Err(SettingsError::new(
            "url",
            "does not end with /odata/standard.odata/",
            format!("give the published interface, such as {}", example.url),
        ))
    }
}

#[async_trait]
impl AccountingPort for OnecOdata {
    fn profile(&self) -> Profile {
        // Look, make, read what was there, post, read back; and once wait for another request to end.
        let longest = self.reading * 3 + self.changing * 3 + self.transport.gap() * 6;
        Profile {
            class: match self.class {
                OnecClass::KeyEnforced => Class::KeyEnforced,
                OnecClass::LookUpOnly => Class::LookUpOnly,
            },
            settling: self.settling,
            longest_try: SignedDuration::try_from(longest).unwrap_or(SignedDuration::MAX),
            looks_up: true,
            matches_clients: self.mapping.clients.is_some(),
            is_strict: self.is_strict,
        }
    }

    fn compose(&self, order: &Order) -> Vec<u8> {
        self.facts(order).bytes()
    }

    async fn send(&self, outgoing: &Outgoing) -> Sent {
        self.deliver(outgoing).await
    }

    async fn finish(&self, outgoing: &Outgoing, document_key: &str) -> Sent {
        self.go_on_with(outgoing, document_key).await
    }

    async fn look_up(&self, order: &Order, at: Timestamp) -> Result<Vec<FoundDocument>, Box<Sent>> {
        self.look(order, at).await
    }

    async fn find_client(&self, order: &Order, at: Timestamp) -> Result<ClientMatch, Box<Sent>> {
        self.find_person(order, at).await
    }

    async fn probe(&self, at: Timestamp) -> Option<Sent> {
        Some(match self.glance(at).await {
            Ok(sent) => sent,
            Err(sent) => *sent,
        })
    }

    async fn self_test(&self, posted: Option<Order>, at: Timestamp) -> Vec<Check> {
        self.check(posted.as_ref(), at).await
    }
}

impl OnecOdata {
    /// The cheapest read there is.
    pub(super) async fn glance(&self, at: Timestamp) -> Asking<Sent> {
        let options = [("$format", "json"), ("$top", "1"), ("$select", "Ref_Key")];
        let url = query(self.at(&self.mapping.payment.entity), &options);
        let answer = self.read(url).await?;
        match collection(&answer) {
            Some(_) => Ok(self.sent(&answer, Verdict::Applied { document_ref: None }, None)),
            None => Err(self.unread(&answer, at)),
        }
    }
}
