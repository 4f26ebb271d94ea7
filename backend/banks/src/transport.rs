//! One request, one answer: the HTTP side that all gateways share.

use std::time::Duration;

use reqwest::{Client, Response, StatusCode};
use serde_json::Value;
use sverka_app::ports::bank::BankError;
use url::Url;

use crate::settings::{Secret, SettingsError};

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
        self.send(Request::form(url, form)).await?.good()
    }

    /// Sends a request once and gives the answer, whatever its status.
    pub(crate) async fn send(&self, request: Request<'_>) -> Result<Answer, BankError> {
        let mut builder = match request.body {
            Body::Nothing => self.client.get(request.url),
            Body::Form(form) => self.client.post(request.url).form(form),
            Body::Json(value) => self.client.post(request.url).json(value),
        };
        builder = match request.caller {
            Caller::Nobody => builder,
            Caller::User(name, password) => builder.basic_auth(name, Some(password.expose())),
            Caller::Token(token) => builder.bearer_auth(token.expose()),
        };
        for (name, value) in request.headers {
            builder = builder.header(name, value);
        }
        let answer = builder.send().await.map_err(|error| unavailable(&error))?;
        let (status, retry_after) = (answer.status(), seconds(&answer));
        let body = match read(answer).await {
            // The status of a refusal says enough without its words.
            Err(_) if !status.is_success() => String::new(),
            read => read?,
        };
        Ok(Answer {
            status,
            retry_after,
            body,
        })
    }
}

/// A request: where to, with what, and as whom. It holds secrets, so it cannot be shown.
pub(crate) struct Request<'a> {
    url: Url,
    body: Body<'a>,
    caller: Caller<'a>,
    headers: Vec<(&'static str, &'a str)>,
}

enum Body<'a> {
    Nothing,
    Form(&'a [(&'a str, &'a str)]),
    Json(&'a Value),
}

enum Caller<'a> {
    Nobody,
    User(&'a str, &'a Secret),
    Token(&'a Secret),
}

impl<'a> Request<'a> {
    fn new(url: Url, body: Body<'a>) -> Self {
        Self {
            url,
            body,
            caller: Caller::Nobody,
            headers: Vec::new(),
        }
    }

    /// A GET.
    pub(crate) fn get(url: Url) -> Self {
        Self::new(url, Body::Nothing)
    }

    /// A POST of a form.
    pub(crate) fn form(url: Url, form: &'a [(&'a str, &'a str)]) -> Self {
        Self::new(url, Body::Form(form))
    }

    /// A POST of JSON.
    pub(crate) fn json(url: Url, value: &'a Value) -> Self {
        Self::new(url, Body::Json(value))
    }

    /// As this user (HTTP Basic).
    pub(crate) fn user(mut self, name: &'a str, password: &'a Secret) -> Self {
        self.caller = Caller::User(name, password);
        self
    }

    /// As the bearer of this token.
    pub(crate) fn token(mut self, token: &'a Secret) -> Self {
        self.caller = Caller::Token(token);
        self
    }

    /// With one more header.
    pub(crate) fn header(mut self, name: &'static str, value: &'a str) -> Self {
        self.headers.push((name, value));
        self
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: String,
    /// `Retry-After`, in seconds.
    pub(crate) retry_after: Option<u32>,
}

impl Answer {
    /// The text of a good (2xx) answer; what another status means for a gateway that says no more than that.
    pub(crate) fn good(self) -> Result<String, BankError> {
        match self.status {
            status if status.is_success() => Ok(self.body),
            StatusCode::TOO_MANY_REQUESTS => Err(BankError::Busy {
                retry_after: self.retry_after,
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
