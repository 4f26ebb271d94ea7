//! Settings of a webhook, and the address that they come to.

use serde::Deserialize;
use url::Url;

use crate::settings::{Secret, SettingsError};
use crate::transport::{Example, checked_url};

/// Settings of a webhook.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookSettings {
    /// Where to post.
    pub url: String,
    /// `whsec_` and base64 of the key; a list while the key is being changed, the new one first.
    pub secret: Secrets,
    /// Whether the receiver may stand in our own network.
    #[serde(default)]
    pub allow_private_network: bool,
    /// Further root certificates, PEM.
    pub ca_certificates: Option<String>,
    /// The longest time to connect; 5 when left out.
    pub connect_timeout_seconds: Option<u32>,
    /// The longest time for one try; 20 when left out.
    pub timeout_seconds: Option<u32>,
    /// At most so many requests a second; left out: one after the other.
    pub requests_per_second: Option<u32>,
}

/// One secret or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Secrets {
    /// One.
    One(Secret),
    /// Several, the new one first: the receiver may know either.
    Several(Vec<Secret>),
}

impl Secrets {
    pub(crate) fn all(&self) -> &[Secret] {
        match self {
            Self::One(secret) => std::slice::from_ref(secret),
            Self::Several(secrets) => secrets,
        }
    }
}

/// The address to post to.
pub(super) fn address(settings: &WebhookSettings) -> Result<Url, SettingsError> {
    let example = Example {
        field: "url",
        url: "https://crm.example/payments",
        instead: "leave them out: requests are signed",
    };
    checked_url(&settings.url, settings.allow_private_network, example)
}
