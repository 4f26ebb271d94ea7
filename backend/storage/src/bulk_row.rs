//! A run of an action on many attempts as a row.

use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use sverka_app::ports::store::{Actor, BulkRun, StoreError};
use sverka_domain::ids::BulkRunId;

use crate::column::{from_json, maybe_text, maybe_time, named, number, time, to_json};
use crate::schema::bulk_runs;
use crate::types::{Id, Json, Time};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = bulk_runs, treat_none_as_null = true)]
pub(crate) struct RunRow {
    #[diesel(skip_update)]
    pub(crate) id: Id,
    action: String,
    is_rehearsal: bool,
    state: String,
    created_at: Time,
    actor_kind: String,
    actor_id: Option<String>,
    actor_name: Option<String>,
    finished_at: Option<Time>,
    total: i64,
    done: i64,
    counts: Json,
    pub(crate) lease_until: Option<Time>,
}

impl RunRow {
    /// The row of a run.
    pub(crate) fn new(run: &BulkRun) -> Result<Self, StoreError> {
        Ok(Self {
            id: Id(run.id.0),
            action: run.action.to_string(),
            is_rehearsal: run.is_rehearsal,
            state: run.state.to_string(),
            created_at: run.created_at.into(),
            actor_kind: run.actor.kind.to_string(),
            actor_id: maybe_text(run.actor.id.as_ref()),
            actor_name: maybe_text(run.actor.name.as_ref()),
            finished_at: run.finished_at.map(Time::from),
            total: number(run.total, "bulk_runs.total")?,
            done: number(run.done, "bulk_runs.done")?,
            counts: to_json(&run.counts)?,
            lease_until: run.lease_until.map(Time::from),
        })
    }

    /// The run of a row.
    pub(crate) fn run(self) -> Result<BulkRun, StoreError> {
        Ok(BulkRun {
            id: BulkRunId(self.id.0),
            action: named(&self.action, "bulk_runs.action")?,
            is_rehearsal: self.is_rehearsal,
            state: named(&self.state, "bulk_runs.state")?,
            created_at: time(self.created_at)?,
            actor: Actor {
                kind: named(&self.actor_kind, "bulk_runs.actor_kind")?,
                id: self.actor_id,
                name: self.actor_name,
            },
            finished_at: maybe_time(self.finished_at)?,
            total: number(self.total, "bulk_runs.total")?,
            done: number(self.done, "bulk_runs.done")?,
            counts: from_json(&self.counts, "bulk_runs.counts")?,
            lease_until: maybe_time(self.lease_until)?,
        })
    }
}
