//! What the channels' settings have in common.

use serde::Deserialize;
use url::Url;
use zeroize::Zeroizing;

/// A secret text. It has no way into a log: `Debug` shows dots.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// A secret.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself, for a signature or a sign-in.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

/// What is wrong with the settings of a channel, and what to do about it. Never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}; {remedy}")]
pub struct SettingsError {
    /// The key in the configuration.
    pub field: &'static str,
    /// What is wrong with it.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

impl SettingsError {
    pub(crate) fn new(field: &'static str, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            field,
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }
}

/// An address of the web; `http` only where that was allowed.
pub(crate) fn address(field: &'static str, text: &str, may_be_plain: bool) -> Result<Url, SettingsError> {
    let wrong = |problem, remedy: &str| Err(SettingsError::new(field, problem, remedy));
    let whole = "give it whole, such as https://alarms.example/sverka";
    let Ok(url) = Url::parse(text.trim()) else {
        return wrong("is not an address", whole);
    };
    if url.host_str().is_none_or(str::is_empty) {
        return wrong("has no host", whole);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return wrong("holds a user name or a password", "leave them out");
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if may_be_plain => Ok(url),
        "http" => wrong(
            "is not https",
            "use https, or set allow_private_network = true for an address in your own network",
        ),
        _ => wrong("is not an http(s) address", whole),
    }
}
