//! Settings of a webhook, and the address that they come to.

use serde::Deserialize;
use url::Url;

use crate::settings::{Secret, SettingsError};

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
    pub(super) fn all(&self) -> &[Secret] {
        match self {
            Self::One(secret) => std::slice::from_ref(secret),
            Self::Several(secrets) => secrets,
        }
    }
}

/// The address to post to.
pub(super) fn address(settings: &WebhookSettings) -> Result<Url, SettingsError> {
    let wrong = |problem, remedy| Err(SettingsError::new("url", problem, remedy));
    let Ok(url) = Url::parse(settings.url.trim()) else {
        return wrong(
            "is not an address",
            "give it whole, such as https://crm.example/payments",
        );
    };
    if url.host_str().is_none_or(str::is_empty) {
        return wrong(
            "has no host",
            "give it whole, such as https://crm.example/payments",
        );
    }
    if !url.username().is_empty() || url.password().is_some() {
        return wrong(
            "holds a user name or a password",
            "leave them out: requests are signed",
        );
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if settings.allow_private_network => Ok(url),
        "http" => wrong(
            "is not https, and clients' names must not cross the internet in the clear",
            "use https, or set allow_private_network = true for a receiver in your own network",
        ),
        _ => wrong(
            "is not an http(s) address",
            "give it whole, such as https://crm.example/payments",
        ),
    }
}
