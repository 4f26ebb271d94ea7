//! Settings of an HTTP service in 1C.

use serde::Deserialize;
use url::Url;

use crate::settings::{Secret, SettingsError};
use crate::transport::{Example, checked_url};
use crate::webhook::Secrets;

/// Settings of an HTTP service in 1C.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnecHttpSettings {
    /// Where to post: `https://1c.example/base/hs/sverka/payments`.
    pub url: String,
    /// `whsec_` and base64 of the key; a list while the key is being changed, the new one first.
    pub secret: Secrets,
    /// A 1C user, for HTTP Basic.
    pub user_name: Option<String>,
    /// That user's password; may be empty.
    pub password: Option<Secret>,
    /// Instead of a user: a token that a proxy or the service itself knows.
    pub token: Option<Secret>,
    /// The header that carries the token; `Authorization: Bearer …` when left out.
    pub token_header: Option<String>,
    /// Whether the service may stand in our own network.
    #[serde(default)]
    pub allow_private_network: bool,
    /// Further root certificates, PEM.
    pub ca_certificates: Option<String>,
    /// The longest time to connect; 5 when left out.
    pub connect_timeout_seconds: Option<u32>,
    /// The longest time for one request; 60 when left out.
    pub timeout_seconds: Option<u32>,
    /// At most so many requests a second; left out: one after the other.
    pub requests_per_second: Option<u32>,
}

/// As whom the service is called.
#[derive(Debug)]
pub(super) enum Caller {
    Nobody,
    User(String, Secret),
    Token(String, Secret),
}

/// The address to post to.
pub(super) fn address(settings: &OnecHttpSettings) -> Result<Url, SettingsError> {
    let example = Example {
        field: "url",
        url: "https://1c.example/base/hs/sverka/payments",
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
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

/// As whom the service is called.
pub(super) fn caller(settings: &OnecHttpSettings) -> Result<Caller, SettingsError> {
    let wrong = |field, problem, remedy: &str| Err(SettingsError::new(field, problem, remedy));
    match (&settings.user_name, &settings.token) {
        (Some(_), Some(_)) => wrong("token", "is given besides user_name", "leave out one of them"),
        (Some(name), None) if name.is_empty() || name.contains(':') => wrong(
            "user_name",
            "is empty or has a colon, which HTTP Basic cannot pass on",
            "give a 1C user's name without a colon",
        ),
        (Some(name), None) => {
            let password = settings.password.clone().unwrap_or_else(|| Secret::new(""));
            Ok(Caller::User(name.clone(), password))
        }
        (None, _) if settings.password.is_some() => wrong("password", "has no user", "add user_name"),
        (None, Some(token)) => {
            let name = settings.token_header.as_deref().unwrap_or("authorization");
            let is_good = reqwest::header::HeaderName::from_bytes(name.as_bytes()).is_ok();
            let value = if settings.token_header.is_some() {
                token.clone()
            } else {
                Secret::new(format!("Bearer {}", token.expose()))
            };
            if !is_good {
                return wrong(
                    "token_header",
                    "is not the name of a header",
                    "give one such as X-Token",
                );
            }
            if reqwest::header::HeaderValue::from_str(value.expose()).is_err() {
                return wrong(
                    "token",
                    "cannot stand in a header",
                    "give Latin letters, digits and signs",
                );
            }
            Ok(Caller::Token(name.to_owned(), value))
        }
        (None, None) => Ok(Caller::Nobody),
    }
}
