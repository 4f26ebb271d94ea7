//! Deliveries.

use diesel::dsl::{count_star, min, sql};
use diesel::expression::SqlLiteral;
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper,
};
use diesel::sql_types::Bool;
use jiff::Timestamp;
use sverka_app::ports::store::{ConnectionState, Deliveries, StoreError, Try, Unrouted};
use sverka_domain::delivery::Delivery;
use sverka_domain::ids::{AttemptId, DeliveryId, LeaseId};

use crate::column::{maybe_time, number, text};
use crate::delivery_row::DeliveryRow;
use crate::query::{Cached, Tailed};
use crate::schema::deliveries::dsl;
use crate::types::{Id, Time};
use crate::work::Work;
use crate::{connections, documents, tries};

impl Deliveries for Work<'_> {
    fn insert(&mut self, delivery: &Delivery) -> Result<(), StoreError> {
        let row = DeliveryRow::new(delivery)?;
        self.query(|conn| diesel::insert_into(dsl::deliveries).values(&row).execute(conn))?;
        Ok(())
    }

    fn get(&mut self, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
        let query = dsl::deliveries
            .filter(dsl::id.eq(Id(id.0)))
            .select(DeliveryRow::as_select());
        let query = Tailed(query, self.lock());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(DeliveryRow::delivery).transpose()
    }

    fn of_attempt(&mut self, attempt_id: AttemptId) -> Result<Vec<Delivery>, StoreError> {
        let query = dsl::deliveries
            .filter(dsl::attempt_id.eq(Id(attempt_id.0)))
            .order(dsl::queue_number.asc())
            .select(DeliveryRow::as_select());
        let query = Tailed(query, self.lock());
        let rows = self.query(|conn| query.load(conn))?;
        delivered(rows)
    }

    fn of_attempts(&mut self, attempt_ids: &[AttemptId]) -> Result<Vec<Delivery>, StoreError> {
        let ids = attempt_ids.iter().map(|id| Id(id.0));
        let query = dsl::deliveries
            .filter(dsl::attempt_id.eq_any(ids))
            .order(dsl::queue_number.asc())
            .select(DeliveryRow::as_select());
        let rows = self.query(|conn| query.load(conn))?;
        delivered(rows)
    }

    fn of_attempts_locked(&mut self, attempt_ids: &[AttemptId]) -> Result<Vec<Delivery>, StoreError> {
        let ids = attempt_ids.iter().map(|id| Id(id.0));
        let query = dsl::deliveries
            .filter(dsl::attempt_id.eq_any(ids))
            .order(dsl::queue_number.asc())
            .select(DeliveryRow::as_select());
        let query = Tailed(query, self.lock());
        let rows = self.query(|conn| query.load(conn))?;
        delivered(rows)
    }

    fn save(&mut self, delivery: &Delivery) -> Result<i64, StoreError> {
        let mut row = DeliveryRow::new(delivery)?;
        let read = row.version;
        row.version = read.saturating_add(1);
        let version = row.version;
        if let Some(row) = self.keep_delivery(row)? {
            write(self, &row, read)?;
        }
        Ok(version)
    }

    fn claim_due(
        &mut self,
        connection: &str,
        now: Timestamp,
        lease: (LeaseId, Timestamp),
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        let mut rows = due(self, connection, now, limit)?;
        hold(self, &mut rows, (Id(lease.0.0), lease.1.into()))?;
        delivered(rows)
    }

    fn due(&mut self, connection: &str, now: Timestamp, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        delivered(due(self, connection, now, limit)?)
    }

    fn lost(&mut self, now: Timestamp, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        let query = dsl::deliveries
            // As the partial index spells it.
            .filter(sql::<Bool>("deliveries.state = 'sending'"))
            .filter(dsl::lease_until.lt(Time::from(now)))
            .order((dsl::lease_until.asc(), dsl::queue_number.asc()))
            .limit(i64::from(limit))
            .select(DeliveryRow::as_select());
        let query = Cached(Tailed(query, self.claim()));
        let rows = self.query(|conn| query.load(conn))?;
        delivered(rows)
    }

    fn unrouted(&mut self, after: i64, limit: u32) -> Result<Vec<Unrouted>, StoreError> {
        let query = dsl::deliveries
            .filter(dsl::connection.is_null())
            .filter(dsl::queue_number.gt(after))
            .order(dsl::queue_number.asc())
            .limit(i64::from(limit))
            .select((dsl::queue_number, dsl::id, dsl::attempt_id));
        let rows: Vec<(i64, Id, Id)> = self.query(|conn| Cached(query).load(conn))?;
        let unrouted = |(place, id, attempt_id): (i64, Id, Id)| Unrouted {
            place,
            id: DeliveryId(id.0),
            attempt_id: AttemptId(attempt_id.0),
        };
        Ok(rows.into_iter().map(unrouted).collect())
    }

    fn linked(&mut self, connection: &str, keys: &[String]) -> Result<Vec<(String, DeliveryId)>, StoreError> {
        documents::linked(self, connection, keys)
    }

    fn claim_sweeps(
        &mut self,
        connection: &str,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        documents::claim_sweeps(self, connection, (now, until), limit)
    }

    fn next_sweep(&mut self, connection: &str) -> Result<Option<Timestamp>, StoreError> {
        documents::next_sweep(self, connection)
    }

    fn next_due(&mut self, connection: &str, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let query = dsl::deliveries
            .filter(dsl::connection.eq(text(connection)))
            .filter(waiting())
            .filter(
                dsl::lease_until
                    .is_null()
                    .or(dsl::lease_until.le(Time::from(now))),
            )
            .filter(in_turn())
            .select(min(dsl::next_try_at));
        maybe_time(self.query(|conn| Cached(query).get_result::<Option<Time>>(conn))?)
    }

    fn backlog(&mut self, connection: &str) -> Result<u64, StoreError> {
        let query = dsl::deliveries
            .filter(dsl::connection.eq(text(connection)))
            .filter(waiting().or(sql::<Bool>("deliveries.state = 'sending'")))
            .select(count_star());
        number(
            self.query(|conn| Cached(query).get_result::<i64>(conn))?,
            "a count",
        )
    }

    fn begin_try(&mut self, attempt_id: AttemptId, started: &Try) -> Result<(), StoreError> {
        tries::begin(self, attempt_id, started)
    }

    fn end_try(&mut self, ended: &Try) -> Result<(), StoreError> {
        tries::end(self, ended)
    }

    fn connection(&mut self, name: &str) -> Result<ConnectionState, StoreError> {
        connections::one(self, name)
    }

    fn look_at_connection(&mut self, name: &str) -> Result<ConnectionState, StoreError> {
        connections::look_at(self, name)
    }

    fn connections(&mut self) -> Result<Vec<ConnectionState>, StoreError> {
        connections::all(self)
    }

    fn save_connection(&mut self, state: &ConnectionState) -> Result<(), StoreError> {
        connections::save(self, state)
    }
}

/// What is due, oldest first, locked.
fn due(
    work: &mut Work<'_>,
    connection: &str,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<DeliveryRow>, StoreError> {
    let now = Time::from(now);
    let query = dsl::deliveries
        .filter(dsl::connection.eq(text(connection)))
        .filter(waiting())
        .filter(dsl::next_try_at.le(now))
        .filter(dsl::lease_until.is_null().or(dsl::lease_until.le(now)))
        .filter(in_turn())
        .order((dsl::created_at.asc(), dsl::queue_number.asc()))
        .limit(i64::from(limit))
        .select(DeliveryRow::as_select());
    let query = Cached(Tailed(query, work.claim()));
    work.query(|conn| query.load(conn))
}

/// Sets the lease of rows that were read locked, in one statement.
fn hold(work: &mut Work<'_>, rows: &mut [DeliveryRow], (lease, until): (Id, Time)) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let held = (
        dsl::lease_id.eq(Some(lease)),
        dsl::lease_until.eq(Some(until)),
        dsl::version.eq(dsl::version + 1),
    );
    let target = dsl::deliveries.filter(dsl::id.eq_any(ids));
    let count = work.query(|conn| diesel::update(target).set(held).execute(conn))?;
    if count != rows.len() {
        return Err(StoreError::Stale);
    }
    for row in rows {
        row.version = row.version.saturating_add(1);
        row.lease_id = Some(lease);
        row.lease_until = Some(until);
    }
    Ok(())
}

/// Not sent, or sent in vain, or in doubt. As the partial indexes spell it.
fn waiting() -> SqlLiteral<Bool> {
    sql("deliveries.state in ('queued', 'retrying', 'in_doubt')")
}

/// Nothing has to go first, or it is done.
fn in_turn() -> SqlLiteral<Bool> {
    sql(
        "(deliveries.after_id is null or exists (select 1 from deliveries earlier \
         where earlier.id = deliveries.after_id and earlier.state in ('synced', 'posted_by_hand')))",
    )
}

pub(crate) fn write(work: &mut Work<'_>, row: &DeliveryRow, read: i64) -> Result<(), StoreError> {
    let target = dsl::deliveries.filter(dsl::id.eq(row.id).and(dsl::version.eq(read)));
    match work.query(|conn| Cached(diesel::update(target).set(row)).execute(conn))? {
        1 => Ok(()),
        _ => Err(StoreError::Stale),
    }
}

pub(crate) fn delivered(rows: Vec<DeliveryRow>) -> Result<Vec<Delivery>, StoreError> {
    rows.into_iter().map(DeliveryRow::delivery).collect()
}
