//! An incident as the API shows it.

use jiff::Timestamp;
use serde::Serialize;
use sverka_app::incidents::IncidentSeen;
use sverka_app::ports::alarm::{AlarmEvent, ChannelKind};
use sverka_app::ports::store::{Alarm, AlarmState};
use sverka_domain::ids::IncidentId;
use sverka_domain::incident::{IncidentKind, IncidentState};
use utoipa::ToSchema;

/// How many attempts it is about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncidentCounts {
    /// Known to be paid, from whatever source.
    #[schema(example = 37)]
    paid: u64,
    /// Of these, those whose notification came.
    #[schema(example = 0)]
    heard: u64,
    /// Of these, those found by asking (or in a registry), without a notification.
    #[schema(example = 37)]
    healed: u64,
    /// Not known to be paid, and still asked about.
    #[schema(example = 2)]
    waiting: u64,
}

/// Why it was opened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncidentEvidence {
    /// Silent: how many notifications were to be expected. Losing: how many were to be lost as usual.
    #[schema(example = 12.4)]
    expected: f64,
    /// Silent: how many came. Losing: how many were lost.
    observed: u64,
    /// How probable that is while all is as usual.
    #[schema(example = 1.0e-8)]
    probability: f64,
}

/// One alarm for one channel.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlarmView {
    channel: ChannelKind,
    /// The channel's name in the configuration.
    name: String,
    event: AlarmEvent,
    state: AlarmState,
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    sent_at: Option<Timestamp>,
    /// When it is tried next; null once it was sent or given up.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    next_try_at: Option<Timestamp>,
    /// Why the last try failed.
    #[schema(required = true)]
    error: Option<String>,
}

/// An incident.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncidentView {
    id: IncidentId,
    /// Code of the bank.
    bank: String,
    /// Name of the account.
    bank_account: String,
    kind: IncidentKind,
    state: IncidentState,
    #[schema(value_type = String, format = DateTime)]
    opened_at: Timestamp,
    /// When it began: the first payment whose notification is missing.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    closed_at: Option<Timestamp>,
    counts: IncidentCounts,
    evidence: IncidentEvidence,
    /// The account's last genuine notification.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    last_notification_at: Option<Timestamp>,
    /// Whether the bank can be asked to send its notifications again.
    can_resend: bool,
    alarms: Vec<AlarmView>,
}

impl From<IncidentSeen> for IncidentView {
    fn from(seen: IncidentSeen) -> Self {
        let incident = seen.incident;
        let (counts, evidence) = (incident.counts, incident.evidence);
        Self {
            state: incident.state(),
            id: incident.id,
            bank: incident.account.bank,
            bank_account: incident.account.account,
            kind: incident.kind,
            opened_at: incident.opened_at,
            since: incident.since,
            closed_at: incident.closed_at,
            counts: IncidentCounts {
                paid: counts.paid,
                heard: counts.heard,
                healed: counts.healed,
                waiting: counts.waiting,
            },
            evidence: IncidentEvidence {
                expected: evidence.expected,
                observed: evidence.observed,
                probability: evidence.probability,
            },
            last_notification_at: seen.last_notification_at,
            can_resend: seen.can_resend,
            alarms: seen.alarms.into_iter().map(AlarmView::from).collect(),
        }
    }
}

impl From<Alarm> for AlarmView {
    fn from(alarm: Alarm) -> Self {
        let waits = alarm.state == AlarmState::Queued;
        Self {
            channel: alarm.kind,
            name: alarm.channel,
            event: alarm.event,
            state: alarm.state,
            sent_at: alarm.sent_at,
            next_try_at: waits.then_some(alarm.next_try_at),
            error: alarm.error,
        }
    }
}
