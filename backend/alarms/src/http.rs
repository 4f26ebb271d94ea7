//! One request, and whether it was taken.

use std::time::Duration;

use reqwest::{Client, RequestBuilder};
use sverka_app::ports::alarm::AlarmError;

use crate::settings::SettingsError;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TIMEOUT: Duration = Duration::from_secs(20);
/// So much of an answer is read, in bytes, and shown, in characters.
const READ: usize = 4096;
const SHOWN: usize = 200;

/// A client that sends once and follows nothing.
pub(crate) fn client() -> Result<Client, SettingsError> {
    Client::builder()
        .user_agent(concat!("sverka/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TIMEOUT)
        .build()
        .map_err(|error| {
            SettingsError::new(
                "kind",
                format!("has no client: {error}"),
                "check the machine's certificates",
            )
        })
}

/// Sends it: a 2xx took it; anything else is told without the address, which may hold a secret.
pub(crate) async fn send(request: RequestBuilder) -> Result<(), AlarmError> {
    let mut response = request
        .send()
        .await
        .map_err(|error| AlarmError(format!("no answer: {}", error.without_url())))?;
    let status = response.status();
    if status.is_success() {
        return Ok(());
    }
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() >= READ {
            break;
        }
    }
    let words: String = String::from_utf8_lossy(&body)
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(SHOWN)
        .collect();
    Err(AlarmError(
        format!("HTTP {}: {words}", status.as_u16())
            .trim_end_matches([':', ' '])
            .to_owned(),
    ))
}
