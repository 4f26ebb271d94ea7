//! From settings to channels. Adding a kind takes its file and its lines here.

use std::sync::Arc;

use serde::Deserialize;
use sverka_app::ports::alarm::{AlarmPort, ChannelKind};

use crate::email::{Email, EmailSettings};
use crate::settings::SettingsError;
use crate::telegram::{Telegram, TelegramSettings};
use crate::webhook::{Webhook, WebhookSettings};

/// Settings of one channel. Deserialises from a table with the kind under `kind`, once secrets are plain strings; the
/// keys `name`, `language` and `quiet_hours` must be taken out.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ChannelSettings {
    /// A signed webhook (Standard Webhooks).
    Webhook(WebhookSettings),
    /// Mail by SMTP.
    Email(EmailSettings),
    /// A Telegram chat.
    Telegram(TelegramSettings),
}

impl ChannelSettings {
    /// The kind of the channel.
    #[must_use]
    pub fn kind(&self) -> ChannelKind {
        match self {
            Self::Webhook(_) => ChannelKind::Webhook,
            Self::Email(_) => ChannelKind::Email,
            Self::Telegram(_) => ChannelKind::Telegram,
        }
    }
}

/// A channel that can be sent through.
///
/// # Errors
/// [`SettingsError`] that names the setting and the remedy.
pub fn build(settings: &ChannelSettings) -> Result<Arc<dyn AlarmPort>, SettingsError> {
    Ok(match settings {
        ChannelSettings::Webhook(settings) => Arc::new(Webhook::new(settings)?),
        ChannelSettings::Email(settings) => Arc::new(Email::new(settings)?),
        ChannelSettings::Telegram(settings) => Arc::new(Telegram::new(settings)?),
    })
}
