//! A Telegram chat, by the Bot API (`sendMessage`). The bot's token stands in the address, so that no address is ever
//! told.

use async_trait::async_trait;
use reqwest::Client;
use serde::Deserialize;
use serde_json::json;
use sverka_app::ports::alarm::{AlarmError, AlarmPort, Notice};
use url::Url;

use crate::http::{client, send};
use crate::settings::{Secret, SettingsError, address};

/// Where the Bot API is.
const BASE: &str = "https://api.telegram.org/";

/// Settings of a chat.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TelegramSettings {
    /// The bot's token, as BotFather gives it.
    pub token: Secret,
    /// The chat: a number, or `@name` of a channel.
    pub chat_id: Chat,
    /// Another address of the Bot API, such as a server of one's own; `https://api.telegram.org/` when left out.
    pub base_url: Option<String>,
    /// Whether that address may be plain `http`.
    #[serde(default)]
    pub allow_private_network: bool,
}

/// A chat by number or by name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Chat {
    /// Its number; groups have negative ones.
    Number(i64),
    /// `@name`, or the number as a text.
    Name(String),
}

pub(crate) struct Telegram {
    client: Client,
    url: Url,
    chat: String,
}

impl Telegram {
    pub(crate) fn new(settings: &TelegramSettings) -> Result<Self, SettingsError> {
        let told = settings.base_url.as_deref().unwrap_or(BASE);
        let base = address("base_url", told, settings.allow_private_network)?;
        let token = settings.token.expose().trim();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_');
        if token.is_empty() || !token.chars().all(plain) {
            let remedy = "give it as BotFather does, such as 110201543:AAH…";
            return Err(SettingsError::new("token", "is not a bot's token", remedy));
        }
        let url = format!("{}/bot{token}/sendMessage", base.as_str().trim_end_matches('/'));
        let chat = match &settings.chat_id {
            Chat::Number(number) => number.to_string(),
            Chat::Name(name) => name.trim().to_owned(),
        };
        if chat.is_empty() {
            return Err(SettingsError::new(
                "chat_id",
                "is empty",
                "give the number of the chat, or @name",
            ));
        }
        Ok(Self {
            client: client()?,
            url: Url::parse(&url).map_err(|_| {
                SettingsError::new("token", "cannot stand in an address", "give it as BotFather does")
            })?,
            chat,
        })
    }
}

#[async_trait]
impl AlarmPort for Telegram {
    async fn send(&self, notice: &Notice) -> Result<(), AlarmError> {
        let message = json!({
            "chat_id": self.chat,
            "text": notice.text,
            "link_preview_options": { "is_disabled": true },
        });
        send(self.client.post(self.url.clone()).json(&message)).await
    }
}
