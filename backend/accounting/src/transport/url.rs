//! The address in a connection's settings.

use url::Url;

use crate::settings::SettingsError;

/// What a setting should look like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Example {
    /// The key in the configuration.
    pub(crate) field: &'static str,
    /// A good value: `https://crm.example/payments`.
    pub(crate) url: &'static str,
    /// What to do with a user name or a password that stands in the address.
    pub(crate) instead: &'static str,
}

/// The address, whole, with https where it leaves our own network, and without credentials.
pub(crate) fn checked_url(
    text: &str,
    allow_private_network: bool,
    example: Example,
) -> Result<Url, SettingsError> {
    let whole = format!("give it whole, such as {}", example.url);
    let wrong = |problem, remedy: &str| Err(SettingsError::new(example.field, problem, remedy));
    let Ok(url) = Url::parse(text.trim()) else {
        return wrong("is not an address", &whole);
    };
    if url.host_str().is_none_or(str::is_empty) {
        return wrong("has no host", &whole);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return wrong("holds a user name or a password", example.instead);
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if allow_private_network => Ok(url),
        "http" => wrong(
            "is not https, and clients' names must not cross the internet in the clear",
            "use https, or set allow_private_network = true for a receiver in your own network",
        ),
        _ => wrong("is not an http(s) address", &whole),
    }
}
