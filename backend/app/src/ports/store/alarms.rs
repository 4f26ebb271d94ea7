//! Alarms: rows of the transaction that noticed what they tell of.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};
use sverka_domain::ids::{AlarmId, IncidentId};
use sverka_domain::money::Money;

use super::StoreError;
use crate::ports::alarm::{AlarmEvent, ChannelKind};

/// Where an alarm stands.
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
pub enum AlarmState {
    /// Waits, for its first try or for one more.
    Queued,
    /// The channel took it.
    Sent,
    /// Given up.
    Failed,
}

/// What is told of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Display, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum ConnectionTopic {
    /// It fails, and then that it is back.
    Outage,
    /// Something waits at it for a person, for too long.
    Stuck,
}

/// How a connection stood when the alarm was queued.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionTold {
    /// Deliveries that waited for the system.
    pub waiting: u64,
    /// When the oldest of them was queued.
    pub oldest_at: Option<Timestamp>,
    /// Their sums, one a currency.
    pub amounts: Vec<Money>,
    /// The last failure, in the system's words.
    pub last_error: Option<String>,
    /// Deliveries that waited for a person for too long.
    pub stuck: u64,
    /// Since when the longest of them waited.
    pub stuck_since: Option<Timestamp>,
}

/// An alarm about a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionAlarm {
    /// What of it.
    pub topic: ConnectionTopic,
    /// Its name.
    pub connection: String,
    /// When the outage began; of what is stuck: when that was noticed.
    pub since: Timestamp,
    /// How it stood.
    pub told: ConnectionTold,
}

/// What an alarm is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlarmAbout {
    /// An incident.
    Incident(IncidentId),
    /// A connection.
    Connection(Box<ConnectionAlarm>),
}

/// One alarm for one channel: a row of the transaction that noticed what it tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// UUIDv7.
    pub id: AlarmId,
    /// About what.
    pub about: AlarmAbout,
    /// What it tells.
    pub event: AlarmEvent,
    /// Name of the channel.
    pub channel: String,
    /// Its kind, should the channel be gone.
    pub kind: ChannelKind,
    /// Where it stands.
    pub state: AlarmState,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next.
    pub next_try_at: Timestamp,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When the channel took it.
    pub sent_at: Option<Timestamp>,
    /// Why the last try failed.
    pub error: Option<String>,
}

/// The repository of alarms.
pub trait Alarms {
    /// Adds an alarm.
    fn queue(&mut self, alarm: &Alarm) -> Result<(), StoreError>;

    /// Claims the earliest queued alarm of a channel that is due by `now`, by moving its next try to `lease_until`. The
    /// end of an incident or an outage is not told before its beginning.
    fn claim(
        &mut self,
        channel: &str,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Option<Alarm>, StoreError>;

    /// Writes what became of a try. An alarm that was sent or given up meanwhile stays so.
    fn settle(&mut self, alarm: &Alarm) -> Result<(), StoreError>;

    /// The earliest time at which an alarm of a channel is due.
    fn next_due(&mut self, channel: &str) -> Result<Option<Timestamp>, StoreError>;

    /// The alarms about these incidents, in the order in which they were queued.
    fn of_incidents(&mut self, incidents: &[IncidentId]) -> Result<Vec<Alarm>, StoreError>;

    /// The newest `since` of a channel's alarms about a connection.
    fn newest_since(
        &mut self,
        connection: &str,
        topic: ConnectionTopic,
        channel: &str,
        event: AlarmEvent,
    ) -> Result<Option<Timestamp>, StoreError>;
}
