//! Sends a notification of our own to the public callback address, the way a bank's server would.

use std::time::Duration;

use async_trait::async_trait;
use reqwest::{Client, Method, Response};
use sverka_app::ports::bank::RawCallback;
use sverka_app::ports::callback_sender::{CallbackSender, NotSent, SentAnswer};
use url::Url;

const TIMEOUT: Duration = Duration::from_secs(10);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// What a bank is answered with is a few bytes; of anything else the beginning is enough.
const MAX_BODY: usize = 4 * 1024;

/// Sends callbacks over HTTP: once, without redirects and without a proxy.
#[derive(Debug, Clone)]
pub struct HttpCallbackSender {
    timeout: Duration,
}

impl Default for HttpCallbackSender {
    fn default() -> Self {
        Self::within(TIMEOUT)
    }
}

impl HttpCallbackSender {
    /// A sender that waits so long for an answer.
    #[must_use]
    pub fn within(timeout: Duration) -> Self {
        Self { timeout }
    }

    /// It is used once in a while, so that no connection and no list of certificates is kept for it.
    fn client(&self) -> Result<Client, NotSent> {
        Client::builder()
            .user_agent(concat!("sverka/", env!("CARGO_PKG_VERSION"), " self-test"))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .pool_max_idle_per_host(0)
            .connect_timeout(CONNECT_TIMEOUT.min(self.timeout))
            .timeout(self.timeout)
            .build()
            .map_err(|_| NotSent("this machine's root certificates cannot be read".to_owned()))
    }
}

#[async_trait]
impl CallbackSender for HttpCallbackSender {
    async fn send(&self, url: &str, raw: &RawCallback) -> Result<SentAnswer, NotSent> {
        let mut url = Url::parse(url).map_err(|_| NotSent("public_url is not an address".to_owned()))?;
        if !raw.query.is_empty() {
            url.set_query(Some(&raw.query));
        }
        let method = Method::from_bytes(raw.method.as_bytes())
            .map_err(|_| NotSent("the notification has no method".to_owned()))?;
        let mut request = self.client()?.request(method, url);
        for (name, value) in &raw.headers {
            request = request.header(name, value);
        }
        if !raw.body.is_empty() {
            request = request.body(raw.body.clone());
        }
        let answer = request
            .send()
            .await
            .map_err(|error| NotSent(words(&error).to_owned()))?;
        let status = answer.status().as_u16();
        Ok(SentAnswer {
            status,
            body: beginning(answer).await,
        })
    }
}

/// As much of the body as is of interest. One that is cut short is what a bank would get, too.
async fn beginning(mut answer: Response) -> String {
    let mut body = Vec::new();
    while body.len() < MAX_BODY
        && let Ok(Some(chunk)) = answer.chunk().await
    {
        body.extend_from_slice(&chunk);
    }
    body.truncate(MAX_BODY);
    String::from_utf8_lossy(&body).into_owned()
}

/// In a few words of our own: a library's words would hold the address.
fn words(error: &reqwest::Error) -> &'static str {
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => "no connection within the time allowed: is the port open to the outside?",
        (true, false) => {
            "no connection: the name is not known, the port is closed, or the certificate is not trusted"
        }
        (false, true) => "no answer within the time allowed",
        (false, false) => "the connection was closed before an answer",
    }
}
