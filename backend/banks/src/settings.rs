//! What the adapters' settings have in common.

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

    /// The text itself, for a signature or a request.
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

/// What is wrong with the settings of an account, and what to do about it. Never holds a secret.
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

/// The base address of a gateway, with the slash that makes names join under it.
pub(crate) fn base_url(text: &str) -> Result<Url, SettingsError> {
    let wrong = |problem: &str| {
        let remedy = "give the address from the contract, such as https://bank.example/payment/rest/";
        SettingsError::new("base_url", problem, remedy)
    };
    let slashed = format!("{}/", text.trim().trim_end_matches('/'));
    let url = Url::parse(&slashed).map_err(|_| wrong("is not an address"))?;
    if !matches!(url.scheme(), "https" | "http") || url.host_str().is_none() {
        return Err(wrong("is not an http(s) address"));
    }
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() {
        return Err(wrong("holds credentials or parameters"));
    }
    Ok(url)
}

/// How many questions a second an account may be asked, where the settings do not say.
const QUESTIONS_PER_SECOND: u32 = 5;

/// The limit of questions a second.
pub(crate) fn questions_per_second(told: Option<u32>) -> Result<u32, SettingsError> {
    match told.unwrap_or(QUESTIONS_PER_SECOND) {
        0 => Err(SettingsError::new(
            "questions_per_second",
            "is zero",
            "give 1 or more, or leave it out",
        )),
        limit => Ok(limit),
    }
}

/// A setting that must not be empty.
pub(crate) fn required<'a>(field: &'static str, text: &'a str) -> Result<&'a str, SettingsError> {
    if text.trim().is_empty() {
        Err(SettingsError::new(
            field,
            "is empty",
            "copy it from the bank's cabinet",
        ))
    } else {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_shown() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(…)");
    }

    #[test]
    fn a_base_address_gets_one_slash_and_nothing_else() {
        for text in [
            "https://b.example/rest",
            "https://b.example/rest/",
            " https://b.example/rest// ",
        ] {
            assert_eq!(base_url(text).unwrap().as_str(), "https://b.example/rest/");
        }
        for text in [
            "",
            "b.example",
            "ftp://b.example/",
            "https://u:p@b.example/",
            "https://b.example/?a=1",
        ] {
            assert_eq!(base_url(text).unwrap_err().field, "base_url", "{text}");
        }
    }
}
