//! Channels of alarms. Each sends one alarm once a try and says whether it was taken; who tries again, and when, is not
//! decided here.

mod email;
mod http;
mod registry;
mod settings;
mod telegram;
mod webhook;

pub use email::{EmailSettings, Protection};
pub use registry::{ChannelSettings, build};
pub use settings::{Secret, SettingsError};
pub use telegram::TelegramSettings;
pub use webhook::WebhookSettings;
