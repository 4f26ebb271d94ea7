//! Settings of a webhook, and the address that they come to.

use serde::Deserialize;
use sverka_app::ports::accounting::Class;
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
    /// Whether the receiver itself knows a repeat by `webhook-id` (`key_enforced`, when left out), or would make a second
    /// document and can only be asked (`look_up_only`).
    pub class: Option<Class>,
    /// Where to ask for a delivery: `GET <look_up_url>/{webhook-id}`. Needed for `class = "look_up_only"`.
    pub look_up_url: Option<String>,
    /// How long a request that we gave up on may still live over there. When left out: none where a repeat is harmless,
    /// 180 where it is not.
    pub settling_seconds: Option<u32>,
    /// Whether the receiver may stand in our own network.
    #[serde(default)]
    pub allow_private_network: bool,
    /// Further root certificates, PEM.
    pub ca_certificates: Option<String>,
    /// The longest time to connect; 5 when left out.
    pub connect_timeout_seconds: Option<u32>,
    /// The longest time for one try; 20 when left out.
    pub timeout_seconds: Option<u32>,
    /// At most so many requests a second; left out: as fast as they are answered.
    pub requests_per_second: Option<u32>,
    /// So many requests at a time. When left out: 8 where a repeat is harmless, 1 where it is not, which takes no more.
    pub at_once: Option<u32>,
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

/// Where to ask for a delivery.
pub(super) fn look_up_address(settings: &WebhookSettings) -> Result<Option<Url>, SettingsError> {
    let Some(text) = &settings.look_up_url else {
        if settings.class == Some(Class::LookUpOnly) {
            return Err(SettingsError::new(
                "look_up_url",
                "is missing: without it nobody could tell whether a payment has arrived",
                "give the address under which the receiver answers GET /{webhook-id}, or set class = \"key_enforced\"",
            ));
        }
        return Ok(None);
    };
    let example = Example {
        field: "look_up_url",
        url: "https://crm.example/payments",
        instead: "leave them out: requests are signed",
    };
    let url = checked_url(text, settings.allow_private_network, example)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(SettingsError::new(
            "look_up_url",
            "has a query",
            "give the address that /{webhook-id} is added to",
        ));
    }
    let same = |url: &Url| (url.host_str().map(str::to_owned), url.port_or_known_default());
    if same(&url) != same(&address(settings)?) {
        return Err(SettingsError::new(
            "look_up_url",
            "is at another host than url",
            "give an address of the receiver itself",
        ));
    }
    Ok(Some(url))
}
