//! One request, one answer: the HTTP side that all gateways share.

use std::time::Duration;

use reqwest::{Client, Response, StatusCode};
use sverka_app::ports::bank::BankError;
use url::Url;

use crate::settings::SettingsError;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TIMEOUT: Duration = Duration::from_secs(15);
/// An order's status takes a few kilobytes; a day's list, some hundred.
const MAX_BODY: usize = 1024 * 1024;

/// A client of one gateway.
#[derive(Debug, Clone)]
pub(crate) struct Transport {
    client: Client,
}

impl Transport {
    /// A client that sends once: no redirects, no repeats, no proxy, and no connection kept, because a
    /// request on a connection that just closed is one that a library is tempted to repeat.
    pub(crate) fn new(
        ca_certificates: Option<&str>,
        timeout_seconds: Option<u32>,
    ) -> Result<Self, SettingsError> {
        let timeout = timeout_seconds.map_or(TIMEOUT, |seconds| Duration::from_secs(u64::from(seconds)));
        if timeout.is_zero() {
            return Err(SettingsError::new(
                "timeout_seconds",
                "is zero",
                "give 1 or more, or leave it out",
            ));
        }
        let mut builder = Client::builder()
            .user_agent(concat!("sverka/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .pool_max_idle_per_host(0)
            .connect_timeout(CONNECT_TIMEOUT.min(timeout))
            .timeout(timeout);
        if let Some(pem) = ca_certificates {
            builder = builder.tls_certs_merge(certificates(pem)?);
        }
        let client = builder
            .build()
            .map_err(|_| unusable_certificates("cannot be used for TLS"))?;
        Ok(Self { client })
    }

    /// Posts a form and gives the text of a good (2xx) answer.
    pub(crate) async fn post_form(&self, url: Url, form: &[(&str, &str)]) -> Result<String, BankError> {
        let answer = self.client.post(url).form(form).send().await;
        let answer = answer.map_err(|error| unavailable(&error))?;
        match answer.status() {
            status if status.is_success() => read(answer).await,
            StatusCode::TOO_MANY_REQUESTS => Err(BankError::Busy {
                retry_after: seconds(&answer),
            }),
            status if status.is_client_error() => Err(BankError::Refused(format!(
                "HTTP {status}; check base_url and the credentials"
            ))),
            status if status.is_redirection() => Err(BankError::Unavailable(format!(
                "HTTP {status}; redirects are not followed, check base_url"
            ))),
            status => Err(BankError::Unavailable(format!("HTTP {status}"))),
        }
    }
}

fn certificates(pem: &str) -> Result<Vec<reqwest::Certificate>, SettingsError> {
    let read = reqwest::Certificate::from_pem_bundle(pem.as_bytes());
    match read {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        _ => Err(unusable_certificates("holds no certificate")),
    }
}

fn unusable_certificates(problem: &str) -> SettingsError {
    SettingsError::new(
        "ca_certificates",
        problem,
        "give the root certificates as PEM text, -----BEGIN CERTIFICATE-----",
    )
}

async fn read(mut answer: Response) -> Result<String, BankError> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| unavailable(&error))? {
        if body.len() + chunk.len() > MAX_BODY {
            return Err(BankError::Unavailable("the answer is too long".to_owned()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&body).into_owned())
}

fn seconds(answer: &Response) -> Option<u32> {
    let text = answer
        .headers()
        .get(reqwest::header::RETRY_AFTER)?
        .to_str()
        .ok()?;
    text.trim().parse().ok()
}

/// In a few words of our own: a library's words would hold the address.
fn unavailable(error: &reqwest::Error) -> BankError {
    let words = match (error.is_connect(), error.is_timeout()) {
        (true, true) => "no connection within the time allowed",
        (true, false) => "no connection (name, port or certificate)",
        (false, true) => "no answer within the time allowed",
        (false, false) => "the answer was cut short",
    };
    BankError::Unavailable(words.to_owned())
}
