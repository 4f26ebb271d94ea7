//! Writing what a crowd came to: one statement a table. The order is that of the references between them.

use diesel::prelude::RunQueryDsl;
use serde::Serialize;
use sverka_app::ports::store::StoreError;

use super::known::Known;
use super::rows::Rows;
use crate::attempt_row::AttemptRow;
use crate::connection::AnyConn;
use crate::delivery_row::DeliveryRow;
use crate::error::{translate, wrong};
use crate::event_row::EventRow;
use crate::notification_row::NotificationRow;
use crate::query::{Cached, Statement};
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
    attempts(conn, known)
}

/// The rows are locked since they were read, so that nobody else can have changed them.
fn attempts(conn: &mut AnyConn, known: &Known) -> Result<(), StoreError> {
    let changed = known
        .attempts
        .values()
        .filter_map(|held| Some(AttemptRow::new(&held.attempt, held.needs_attention?)));
    let changed = changed.collect::<Result<Vec<_>, _>>()?;
    match Rows::new(&changed)? {
        Some(rows) => all(conn, rows.update("payment_attempts"), changed.len()),
        None => Ok(()),
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
