//! Where alarms go: a webhook, a mailbox, a chat.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};
use sverka_domain::ids::{AlarmId, IncidentId};
use sverka_domain::incident::{Counts, IncidentKind};
use sverka_domain::quiet::QuietHours;

use super::bank::AccountKey;
use super::store::ConnectionAlarm;

/// A kind of channel.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ChannelKind {
    /// A signed webhook.
    Webhook,
    /// Mail.
    Email,
    /// A Telegram chat.
    Telegram,
}

/// What an alarm tells.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AlarmEvent {
    /// It began.
    Opened,
    /// It is over.
    Closed,
}

/// The language of an alarm.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Russian.
    #[default]
    Ru,
    /// English.
    En,
}

/// What an alarm is about, as data.
#[derive(Debug, Clone, PartialEq)]
pub enum NoticeAbout {
    /// An incident.
    Incident(IncidentNotice),
    /// A connection to an accounting system.
    Connection(Box<ConnectionAlarm>),
}

/// An incident, as data.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentNotice {
    /// Which.
    pub incident: IncidentId,
    /// Of which account.
    pub account: AccountKey,
    /// What is wrong with it.
    pub kind: IncidentKind,
    /// Since when.
    pub since: Timestamp,
    /// When it was noticed.
    pub opened_at: Timestamp,
    /// When it was over.
    pub closed_at: Option<Timestamp>,
    /// How many payments it is about so far.
    pub counts: Counts,
}

/// One alarm, in words and as data. There are no clients in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// The same at every try: a receiver that keys on it sees one alarm.
    pub id: AlarmId,
    /// What happened.
    pub event: AlarmEvent,
    /// To what.
    pub about: NoticeAbout,
    /// One line.
    pub subject: String,
    /// The whole text, with the address to look at.
    pub text: String,
    /// Now, for signatures and dates.
    pub now: Timestamp,
}

/// Why an alarm was not taken. It is tried again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct AlarmError(pub String);

/// One way to tell people.
#[async_trait]
pub trait AlarmPort: Send + Sync {
    /// Sends an alarm once. It has arrived when this returns well; after an error it may have.
    ///
    /// # Errors
    /// [`AlarmError`], without secrets.
    async fn send(&self, notice: &Notice) -> Result<(), AlarmError>;
}

/// A configured channel.
#[derive(Clone)]
pub struct Channel {
    /// Its name; alarms wait for a channel by name.
    pub name: String,
    /// Its kind.
    pub kind: ChannelKind,
    /// In which language it is told.
    pub language: Language,
    /// When it is not told, by the clock of the merchant; alarms wait until then.
    pub quiet: Option<QuietHours>,
    /// How.
    pub port: Arc<dyn AlarmPort>,
}

/// All channels, in the order of the configuration.
#[derive(Clone, Default)]
pub struct Channels(Vec<Channel>);

impl Channels {
    /// The channels of a configuration.
    #[must_use]
    pub fn new(channels: Vec<Channel>) -> Self {
        Self(channels)
    }

    /// The channel of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Channel> {
        self.0.iter().find(|channel| channel.name == name)
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Channel] {
        &self.0
    }
}

impl std::fmt::Debug for Channels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = self.0.iter().map(|channel| channel.name.as_str());
        f.debug_list().entries(names).finish()
    }
}
