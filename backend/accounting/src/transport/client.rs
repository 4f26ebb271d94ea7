//! A client that sends once.

use std::time::Duration;

use jiff::SignedDuration;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Client, Method, RequestBuilder, Response};
use url::Url;

use super::address::{PublicOnly, is_private_literal};
use super::answer::Answer;
use super::gzip::{is_compressed, unpack};
use super::pace::Pacer;
use super::silence::Silence;
use crate::settings::SettingsError;

const CONNECT_TIMEOUT: u32 = 5;
/// An answer is a document or a few words on why not.
const MAX_BODY: usize = 64 * 1024;

/// How a connection's system may be called: the settings that all kinds have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits<'a> {
    /// Whether the system may stand in our own network.
    pub(crate) allow_private_network: bool,
    /// Further root certificates, PEM.
    pub(crate) ca_certificates: Option<&'a str>,
    /// The longest time to connect; 5 when left out.
    pub(crate) connect_timeout_seconds: Option<u32>,
    /// The longest time for one request, connecting included.
    pub(crate) timeout_seconds: u32,
    /// At most so many requests a second; left out: one after the other.
    pub(crate) requests_per_second: Option<u32>,
}

/// An answer, or what it means that there is none.
pub(crate) type Asked = Result<Answer, Silence>;

/// The way to one accounting system.
#[derive(Debug)]
pub(crate) struct Transport {
    client: Client,
    timeout: Duration,
    pacer: Pacer,
    requests_per_second: Option<u32>,
    /// The address is written out, and in a network that is not allowed.
    is_out_of_bounds: bool,
}

impl Transport {
    /// The way to the system at `url`.
    pub(crate) fn new(url: &Url, limits: &Limits<'_>) -> Result<Self, SettingsError> {
        let (client, timeout) = client(limits)?;
        if limits.requests_per_second == Some(0) {
            return Err(SettingsError::new(
                "requests_per_second",
                "is zero",
                "give 1 or more, or leave it out",
            ));
        }
        Ok(Self {
            client,
            timeout,
            pacer: Pacer::new(limits.requests_per_second, 1),
            requests_per_second: limits.requests_per_second,
            is_out_of_bounds: !limits.allow_private_network && is_private_literal(url),
        })
    }

    /// The same, with so many requests under way at once.
    pub(crate) fn at_once(self, at_once: u32) -> Self {
        Self {
            pacer: Pacer::new(self.requests_per_second, at_once),
            ..self
        }
    }

    /// A request to be completed and given to [`Self::send`]. Its address must have the host of the settings.
    pub(crate) fn request(&self, method: Method, url: Url) -> RequestBuilder {
        self.client.request(method, url)
    }

    /// Sends a request once, when its turn comes.
    pub(crate) async fn send(&self, request: RequestBuilder) -> Asked {
        self.send_for(request, MAX_BODY).await
    }

    /// The same, for an answer of at most `most` bytes.
    pub(crate) async fn send_for(&self, request: RequestBuilder, most: usize) -> Asked {
        if self.is_out_of_bounds {
            return Err(Silence::private());
        }
        let _turn = self.pacer.turn().await;
        let response = request.send().await.map_err(|error| Silence::of(&error, None))?;
        let status = response.status().as_u16();
        read(response, most)
            .await
            .map_err(|error| Silence::of(&error, Some(status)))
    }

    /// How long two requests are kept apart.
    pub(crate) fn gap(&self) -> Duration {
        self.pacer.gap()
    }

    /// The longest that so many requests in a row may take, with the pauses between them.
    pub(crate) fn longest(&self, requests: u32) -> SignedDuration {
        let longest = (self.timeout + self.pacer.longest_wait()) * requests;
        SignedDuration::try_from(longest).unwrap_or(SignedDuration::MAX)
    }
}

/// A client without redirects (a 307 would repeat the request elsewhere), repeats and proxy, with a fresh
/// connection for each request, so that a failure to connect means that no byte was sent.
fn client(limits: &Limits<'_>) -> Result<(Client, Duration), SettingsError> {
    let seconds = |field, seconds| match seconds {
        0 => Err(SettingsError::new(
            field,
            "is zero",
            "give 1 or more, or leave it out",
        )),
        seconds => Ok(Duration::from_secs(u64::from(seconds))),
    };
    let connect = limits.connect_timeout_seconds.unwrap_or(CONNECT_TIMEOUT);
    let connect = seconds("connect_timeout_seconds", connect)?;
    let whole = seconds("timeout_seconds", limits.timeout_seconds)?;
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
    if !limits.allow_private_network {
        builder = builder.dns_resolver(PublicOnly);
    }
    let wrong = |problem| {
        let remedy = "give the root certificates as PEM text, -----BEGIN CERTIFICATE-----";
        SettingsError::new("ca_certificates", problem, remedy)
    };
    if let Some(pem) = limits.ca_certificates {
        match reqwest::Certificate::from_pem_bundle(pem.as_bytes()) {
            Ok(certificates) if !certificates.is_empty() => builder = builder.tls_certs_merge(certificates),
            _ => return Err(wrong("holds no certificate")),
        }
    }
    let client = builder.build().map_err(|_| wrong("cannot be used for TLS"))?;
    Ok((client, whole))
}

async fn read(mut response: Response, most: usize) -> reqwest::Result<Answer> {
    let text = |headers: &HeaderMap, name| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let (mut body, mut is_cut) = (Vec::new(), false);
    while let Some(chunk) = response.chunk().await? {
        let room = most - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            is_cut = true;
            break;
        }
    }
    if is_compressed(&headers, &body) {
        (body, is_cut) = unpack(&body, most, is_cut);
    }
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&body);
    Ok(Answer {
        status,
        retry_after: text(&headers, RETRY_AFTER),
        content_type: text(&headers, CONTENT_TYPE)
            .unwrap_or_default()
            .to_ascii_lowercase(),
        body: String::from_utf8_lossy(body).into_owned(),
        is_cut,
        headers,
    })
}
