//! Incidents as rows.

use diesel::prelude::{Insertable, Queryable, Selectable};
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{Incident, StoreError};
use sverka_domain::ids::IncidentId;
use sverka_domain::incident::{Counts, Evidence};

use crate::column::{maybe_time, named, number, text, time};
use crate::schema::incidents;
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

fn count(count: u64) -> Result<i64, StoreError> {
    number(count, "a count")
}
