//! Incidents, and the alarms about them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};
use sverka_domain::ids::{AlarmId, IncidentId};
use sverka_domain::incident::{Counts, Evidence, IncidentKind, IncidentState};

use super::{Page, StoreError, Total};
use crate::ports::alarm::{AlarmEvent, ChannelKind};
use crate::ports::bank::AccountKey;

/// A time in which an account's notifications did not come, or too few of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// UUIDv7.
    pub id: IncidentId,
    /// Whose notifications.
    pub account: AccountKey,
    /// What is wrong with them.
    pub kind: IncidentKind,
    /// Since when: the first payment whose notification is missing.
    pub since: Timestamp,
    /// When it was noticed.
    pub opened_at: Timestamp,
    /// When they were back.
    pub closed_at: Option<Timestamp>,
    /// Why it was opened.
    pub evidence: Evidence,
    /// The share of losses that it was opened with: it is over when fewer are lost.
    pub share: f64,
    /// How many attempts it is about, counted at `counted_at`.
    pub counts: Counts,
    /// When they were counted.
    pub counted_at: Timestamp,
}

impl Incident {
    /// Whether it is over.
    #[must_use]
    pub fn state(&self) -> IncidentState {
        if self.closed_at.is_some() {
            IncidentState::Closed
        } else {
            IncidentState::Open
        }
    }
}

/// What to list. An empty list means any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IncidentFilter {
    /// Only these.
    pub state: Option<IncidentState>,
    /// Codes of banks.
    pub banks: Vec<String>,
    /// Names of bank accounts.
    pub bank_accounts: Vec<String>,
}

/// The repository of incidents.
pub trait Incidents {
    /// Adds an incident; `false` when the account has an open one already.
    fn open(&mut self, incident: &Incident) -> Result<bool, StoreError>;

    /// Writes the counts of an incident and whether it is over; `false` when it was over already.
    fn update(&mut self, incident: &Incident) -> Result<bool, StoreError>;

    /// One incident.
    fn get(&mut self, id: IncidentId) -> Result<Option<Incident>, StoreError>;

    /// The open incident of an account.
    fn open_of(&mut self, account: &AccountKey) -> Result<Option<Incident>, StoreError>;

    /// All open incidents.
    fn all_open(&mut self) -> Result<Vec<Incident>, StoreError>;

    /// The incidents of an account that were not over at `from`.
    fn since(&mut self, account: &AccountKey, from: Timestamp) -> Result<Vec<Incident>, StoreError>;

    /// One page, newest first (`opened_at`, then `id`).
    fn list(&mut self, filter: &IncidentFilter, page: Page) -> Result<Vec<Incident>, StoreError>;

    /// How many match, counting to `cap` at most.
    fn count(&mut self, filter: &IncidentFilter, cap: u64) -> Result<Total, StoreError>;
}

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

/// One alarm for one channel: a row of the transaction that opened or closed the incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// UUIDv7.
    pub id: AlarmId,
    /// About which incident.
    pub incident_id: IncidentId,
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
    /// end of an incident is not told before its beginning.
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
}
