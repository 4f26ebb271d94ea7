//! Incidents and alarms as rows.

use diesel::prelude::{Insertable, Queryable, Selectable};
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{Alarm, Incident, StoreError};
use sverka_domain::ids::{AlarmId, IncidentId};
use sverka_domain::incident::{Counts, Evidence};

use crate::column::{maybe_text, maybe_time, named, number, text, time};
use crate::schema::{incident_alarms, incidents};
use crate::types::{Id, Time};

/// An incident as a row.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = incidents)]
pub(crate) struct IncidentRow {
    id: Id,
    bank: String,
    bank_account: String,
    kind: String,
    since: Time,
    opened_at: Time,
    closed_at: Option<Time>,
    expected: f64,
    observed: i64,
    probability: f64,
    share: f64,
    paid: i64,
    heard: i64,
    healed: i64,
    waiting: i64,
    counted_at: Time,
}

impl IncidentRow {
    /// The row of an incident.
    pub(crate) fn new(incident: &Incident) -> Result<Self, StoreError> {
        let counts = incident.counts;
        Ok(Self {
            id: Id(incident.id.0),
            bank: text(&incident.account.bank),
            bank_account: text(&incident.account.account),
            kind: incident.kind.to_string(),
            since: incident.since.into(),
            opened_at: incident.opened_at.into(),
            closed_at: incident.closed_at.map(Time::from),
            expected: incident.evidence.expected,
            observed: count(incident.evidence.observed)?,
            probability: incident.evidence.probability,
            share: incident.share,
            paid: count(counts.paid)?,
            heard: count(counts.heard)?,
            healed: count(counts.healed)?,
            waiting: count(counts.waiting)?,
            counted_at: incident.counted_at.into(),
        })
    }

    /// The incident of a row.
    pub(crate) fn incident(self) -> Result<Incident, StoreError> {
        Ok(Incident {
            id: IncidentId(self.id.0),
            account: AccountKey {
                bank: self.bank,
                account: self.bank_account,
            },
            kind: named(&self.kind, "incidents.kind")?,
            since: time(self.since)?,
            opened_at: time(self.opened_at)?,
            closed_at: maybe_time(self.closed_at)?,
            evidence: Evidence {
                expected: self.expected,
                observed: number(self.observed, "incidents.observed")?,
                probability: self.probability,
            },
            share: self.share,
            counts: Counts {
                paid: number(self.paid, "incidents.paid")?,
                heard: number(self.heard, "incidents.heard")?,
                healed: number(self.healed, "incidents.healed")?,
                waiting: number(self.waiting, "incidents.waiting")?,
            },
            counted_at: time(self.counted_at)?,
        })
    }
}

/// An alarm as a row.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = incident_alarms)]
pub(crate) struct AlarmRow {
    pub(crate) id: Id,
    incident_id: Id,
    event: String,
    channel: String,
    kind: String,
    pub(crate) state: String,
    pub(crate) tries: i64,
    pub(crate) next_try_at: Time,
    created_at: Time,
    pub(crate) sent_at: Option<Time>,
    pub(crate) error: Option<String>,
}

impl AlarmRow {
    /// The row of an alarm.
    pub(crate) fn new(alarm: &Alarm) -> Self {
        Self {
            id: Id(alarm.id.0),
            incident_id: Id(alarm.incident_id.0),
            event: alarm.event.to_string(),
            channel: text(&alarm.channel),
            kind: alarm.kind.to_string(),
            state: alarm.state.to_string(),
            tries: i64::from(alarm.tries),
            next_try_at: alarm.next_try_at.into(),
            created_at: alarm.created_at.into(),
            sent_at: alarm.sent_at.map(Time::from),
            error: maybe_text(alarm.error.as_ref()),
        }
    }

    /// The alarm of a row.
    pub(crate) fn alarm(self) -> Result<Alarm, StoreError> {
        Ok(Alarm {
            id: AlarmId(self.id.0),
            incident_id: IncidentId(self.incident_id.0),
            event: named(&self.event, "incident_alarms.event")?,
            channel: self.channel,
            kind: named(&self.kind, "incident_alarms.kind")?,
            state: named(&self.state, "incident_alarms.state")?,
            tries: number(self.tries, "incident_alarms.tries")?,
            next_try_at: time(self.next_try_at)?,
            created_at: time(self.created_at)?,
            sent_at: maybe_time(self.sent_at)?,
            error: self.error,
        })
    }
}

fn count(count: u64) -> Result<i64, StoreError> {
    number(count, "a count")
}
