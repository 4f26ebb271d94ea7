//! A typed client of the control API, for tests and the demo.

mod accounting;
mod banks;
mod clock;
mod onec;
mod registries;

use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::api::CallbackLog;

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// The address is not one.
    #[error("{0} is not an http address")]
    Address(String),
    /// There was no answer, or none that could be read.
    #[error("the simulator did not answer")]
    Http(#[from] reqwest::Error),
    /// It refused.
    #[error("the simulator refused with {status}: {body}")]
    Refused {
        /// The status.
        status: u16,
        /// What it said.
        body: String,
    },
}

/// The client.
#[derive(Clone, Debug)]
pub struct Control {
    base: Url,
    http: reqwest::Client,
}

impl Control {
    /// A client of the simulator at this address, such as [`crate::Running::url`].
    pub fn new(base_url: impl AsRef<str>) -> Result<Self, ControlError> {
        let text = base_url.as_ref();
        let base = Url::parse(text)
            .ok()
            .filter(|url| !url.cannot_be_a_base())
            .ok_or_else(|| ControlError::Address(text.to_owned()))?;
        Ok(Self {
            base,
            http: reqwest::Client::builder().no_proxy().build()?,
        })
    }

    /// The log of callbacks.
    pub async fn callbacks(&self) -> Result<CallbackLog, ControlError> {
        self.get(&["callbacks"]).await
    }

    /// Back to the start.
    pub async fn reset(&self) -> Result<(), ControlError> {
        self.send(Method::POST, &["reset"], &()).await.map(drop)
    }

    async fn get<T: DeserializeOwned>(&self, path: &[&str]) -> Result<T, ControlError> {
        let answer = self.http.get(self.url(path)).send().await?;
        Ok(checked(answer).await?.json().await?)
    }

    async fn call<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &[&str],
        body: &impl Serialize,
    ) -> Result<T, ControlError> {
        Ok(self.send(method, path, body).await?.json().await?)
    }

    async fn send(
        &self,
        method: Method,
        path: &[&str],
        body: &impl Serialize,
    ) -> Result<reqwest::Response, ControlError> {
        checked(
            self.http
                .request(method, self.url(path))
                .json(body)
                .send()
                .await?,
        )
        .await
    }

    /// Every part is a segment of its own: an order number may hold a slash.
    fn url(&self, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push("control").extend(path);
        }
        url
    }
}

async fn checked(answer: reqwest::Response) -> Result<reqwest::Response, ControlError> {
    if answer.status().is_success() {
        return Ok(answer);
    }
    Err(ControlError::Refused {
        status: answer.status().as_u16(),
        body: answer.text().await.unwrap_or_default(),
    })
}
