//! The states of the connections to accounting systems.

use diesel::prelude::{
    AsChangeset, ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl,
    Selectable, SelectableHelper,
};
use sverka_app::ports::store::{ByHand, ConnectionState, StoreError, Tested};

use crate::column::{both, from_json, maybe_text, maybe_time, number, text, to_json};
use crate::error::wrong;
use crate::query::{Cached, OrIgnore, Tailed};
use crate::schema::connections::{self, dsl};
use crate::types::{Json, Time};
use crate::work::Work;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = connections, primary_key(name), treat_none_as_null = true)]
struct Row {
    name: String,
    failures: i64,
    failing_since: Option<Time>,
    paused_until: Option<Time>,
    stopped: Option<String>,
    last_error: Option<String>,
    held_since: Option<Time>,
    held_by: Option<String>,
    held_why: Option<String>,
    last_good_at: Option<Time>,
    tested_at: Option<Time>,
    test: Option<Json>,
}

impl Row {
    fn new(state: &ConnectionState) -> Result<Self, StoreError> {
        Ok(Self {
            name: text(&state.name),
            failures: i64::from(state.failures),
            failing_since: state.failing_since.map(Time::from),
            paused_until: state.paused_until.map(Time::from),
            stopped: maybe_text(state.stopped.as_ref()),
            last_error: maybe_text(state.last_error.as_ref()),
            held_since: state.held.as_ref().map(|held| held.since.into()),
            held_by: state.held.as_ref().map(|held| text(&held.by)),
            held_why: state.held.as_ref().map(|held| text(&held.why)),
            last_good_at: state.last_good_at.map(Time::from),
            tested_at: state.test.as_ref().map(|test| test.at.into()),
            test: state
                .test
                .as_ref()
                .map(|test| to_json(&test.checks))
                .transpose()?,
        })
    }

    fn state(self) -> Result<ConnectionState, StoreError> {
        Ok(ConnectionState {
            name: self.name,
            failures: number(self.failures, "connections.failures")?,
            failing_since: maybe_time(self.failing_since)?,
            paused_until: maybe_time(self.paused_until)?,
            stopped: self.stopped,
            last_error: self.last_error,
            held: both(
                maybe_time(self.held_since)?,
                both(self.held_by, self.held_why, "connections.held")?,
                "connections.held",
            )?
            .map(|(since, (by, why))| ByHand { since, by, why }),
            last_good_at: maybe_time(self.last_good_at)?,
            test: both(
                maybe_time(self.tested_at)?,
                self.test
                    .map(|test| from_json(&test, "connections.test"))
                    .transpose()?,
                "connections.test",
            )?
            .map(|(at, checks)| Tested { at, checks }),
        })
    }
}

/// One state, locked; its default when there is none.
pub(crate) fn one(work: &mut Work<'_>, name: &str) -> Result<ConnectionState, StoreError> {
    let none = ConnectionState {
        name: name.to_owned(),
        ..ConnectionState::default()
    };
    let lock = work.lock();
    if let Some(state) = find(work, name, lock)? {
        return Ok(state);
    }
    // Two workers that meet the first failure at once have no row yet to wait for.
    work.lock_name(name)?;
    Ok(find(work, name, lock)?.unwrap_or(none))
}

/// One state as it stands, not locked; its default when there is none.
pub(crate) fn look_at(work: &mut Work<'_>, name: &str) -> Result<ConnectionState, StoreError> {
    let none = ConnectionState {
        name: name.to_owned(),
        ..ConnectionState::default()
    };
    Ok(find(work, name, "")?.unwrap_or(none))
}

fn find(work: &mut Work<'_>, name: &str, lock: &'static str) -> Result<Option<ConnectionState>, StoreError> {
    let query = dsl::connections
        .filter(dsl::name.eq(text(name)))
        .select(Row::as_select());
    let query = Tailed(query, lock);
    work.query(|conn| query.get_result(conn).optional())?
        .map(Row::state)
        .transpose()
}

/// All states, by name.
pub(crate) fn all(work: &mut Work<'_>) -> Result<Vec<ConnectionState>, StoreError> {
    let query = dsl::connections.order(dsl::name.asc()).select(Row::as_select());
    let rows: Vec<Row> = work.query(|conn| query.load(conn))?;
    rows.into_iter().map(Row::state).collect()
}

/// Writes a state, whether there is one or not.
pub(crate) fn save(work: &mut Work<'_>, state: &ConnectionState) -> Result<(), StoreError> {
    if update(work, state)? {
        return Ok(());
    }
    let insert = diesel::insert_into(dsl::connections).values(Row::new(state)?);
    if work.query(|conn| OrIgnore(insert).execute(conn))? == 1 || update(work, state)? {
        return Ok(());
    }
    Err(wrong("the state of a connection could not be written"))
}

fn update(work: &mut Work<'_>, state: &ConnectionState) -> Result<bool, StoreError> {
    let row = Row::new(state)?;
    let target = dsl::connections.filter(dsl::name.eq(row.name.clone()));
    Ok(work.query(|conn| Cached(diesel::update(target).set(&row)).execute(conn))? == 1)
}
