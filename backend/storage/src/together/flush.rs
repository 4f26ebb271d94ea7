//! Writing what a crowd came to. The order is that of the references between the tables. On PostgreSQL one statement a table;
//! on SQLite, where a statement costs no way to a server, one a row, prepared once.

use diesel::prelude::{ExpressionMethods, QueryDsl, QueryResult, RunQueryDsl};
use serde::Serialize;
use sverka_app::ports::store::StoreError;

use super::known::{Held, Known};
use super::rows::Rows;
use crate::attempt_row::AttemptRow;
use crate::connection::AnyConn;
use crate::delivery_row::DeliveryRow;
use crate::error::{translate, wrong};
use crate::event_row::EventRow;
use crate::notification_row::NotificationRow;
use crate::query::{Cached, Statement};
use crate::schema::{attempt_events, bank_notifications, deliveries, payment_attempts};
use crate::types::hex;

/// A notification with its digest.
#[derive(Serialize)]
struct Kept {
    #[serde(flatten)]
    row: NotificationRow,
    dedupe_key: String,
}

/// Writes all of it. An error means that nothing of it may be kept.
pub(crate) fn write(conn: &mut AnyConn, known: &Known) -> Result<(), StoreError> {
    match conn {
        AnyConn::Pg(_) => by_table(conn, known),
        AnyConn::Sqlite(_) => by_row(conn, known),
    }
}

fn by_table(conn: &mut AnyConn, known: &Known) -> Result<(), StoreError> {
    let notifications = known.notifications.iter().map(|(notification, digest)| {
        Ok::<_, StoreError>(Kept {
            row: NotificationRow::new(notification)?,
            dedupe_key: hex(digest),
        })
    });
    let notifications = notifications.collect::<Result<Vec<_>, _>>()?;
    insert(conn, "bank_notifications", &notifications)?;
    let deliveries = known.added_deliveries.iter().map(DeliveryRow::new);
    insert(conn, "deliveries", &deliveries.collect::<Result<Vec<_>, _>>()?)?;
    let events = known.events.iter().map(EventRow::new);
    insert(conn, "attempt_events", &events.collect::<Result<Vec<_>, _>>()?)?;
    let changed = changed(known)?;
    match Rows::new(&changed)? {
        Some(rows) => all(conn, rows.update("payment_attempts"), changed.len()),
        None => Ok(()),
    }
}

fn by_row(conn: &mut AnyConn, known: &Known) -> Result<(), StoreError> {
    for (notification, digest) in &known.notifications {
        let row = (
            NotificationRow::new(notification)?,
            bank_notifications::dedupe_key.eq(digest.to_vec()),
        );
        one(Cached(diesel::insert_into(bank_notifications::table).values(row)).execute(conn))?;
    }
    for delivery in &known.added_deliveries {
        let row = DeliveryRow::new(delivery)?;
        one(Cached(diesel::insert_into(deliveries::table).values(&row)).execute(conn))?;
    }
    for event in &known.events {
        let row = EventRow::new(event)?;
        one(Cached(diesel::insert_into(attempt_events::table).values(&row)).execute(conn))?;
    }
    for held in known.attempts.values() {
        save(conn, held)?;
    }
    Ok(())
}

/// Most news changes no number that the attempt is found by.
fn save(conn: &mut AnyConn, held: &Held) -> Result<(), StoreError> {
    let Some(needs_attention) = held.needs_attention else {
        return Ok(());
    };
    let (attempt, read) = (&held.attempt, &held.read);
    let row = AttemptRow::new(attempt, needs_attention)?;
    let target = payment_attempts::table.filter(payment_attempts::id.eq(row.id()));
    let is_found_as_before = attempt.bank_order_id == read.bank_order_id && attempt.rrn == read.rrn;
    one(if is_found_as_before {
        Cached(diesel::update(target).set(row.news())).execute(conn)
    } else {
        Cached(diesel::update(target).set(&row)).execute(conn)
    })
}

/// The attempts that were saved. The rows are locked since they were read, so that nobody else can have changed them.
fn changed(known: &Known) -> Result<Vec<AttemptRow>, StoreError> {
    let changed = known
        .attempts
        .values()
        .filter_map(|held| Some(AttemptRow::new(&held.attempt, held.needs_attention?)));
    changed.collect()
}

fn one(written: QueryResult<usize>) -> Result<(), StoreError> {
    match written.map_err(translate)? {
        1 => Ok(()),
        count => Err(wrong(format!("{count} rows were written for one"))),
    }
}

fn insert<T: Serialize>(conn: &mut AnyConn, table: &str, rows: &[T]) -> Result<(), StoreError> {
    match Rows::new(rows)? {
        Some(written) => all(conn, written.insert(table), rows.len()),
        None => Ok(()),
    }
}

fn all(conn: &mut AnyConn, statement: Statement<()>, count: usize) -> Result<(), StoreError> {
    let written = Cached(statement).execute(conn).map_err(translate)?;
    if written == count {
        Ok(())
    } else {
        Err(wrong(format!("{written} of {count} rows were written")))
    }
}
