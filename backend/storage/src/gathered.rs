//! What a transaction keeps back, to write it in one statement a table. On PostgreSQL: a statement costs it a way there and
//! back, and the start and the end of a plan. SQLite has neither.

use diesel::prelude::RunQueryDsl;
use serde::Serialize;
use sverka_app::ports::store::StoreError;

use crate::attempt_row::AttemptRow;
use crate::connection::AnyConn;
use crate::delivery_row::DeliveryRow;
use crate::error::{translate, wrong};
use crate::event_row::EventRow;
use crate::query::{Cached, Statement};
use crate::together::rows::Rows;
use crate::tries::TryRow;
use crate::types::Id;
use crate::work::Work;

/// Rows to be written. Those of a list are different ones.
#[derive(Default)]
pub(crate) struct Gathered {
    deliveries: Vec<DeliveryRow>,
    begun: Vec<BegunRow>,
    ended: Vec<TryRow>,
    events: Vec<EventRow>,
    attempts: Vec<AttemptRow>,
}

/// A new try.
#[derive(Serialize)]
struct BegunRow {
    #[serde(flatten)]
    row: TryRow,
    attempt_id: Id,
}

/// Of a changed row that has a version: it is the one that was read.
const READ: &str = "t.id = n.id and t.version = n.version - 1";

impl Gathered {
    /// Writes all of it. The order is that of the references between the rows.
    pub(crate) fn write(&self, conn: &mut AnyConn) -> Result<(), StoreError> {
        changed(conn, &self.deliveries, "deliveries")?;
        added(conn, &self.begun, "delivery_tries")?;
        if let Some(rows) = Rows::new(&self.ended)? {
            let which = "t.delivery_id = n.delivery_id and t.number = n.number";
            let update = rows.change("delivery_tries", &["delivery_id", "number", "started_at"], which);
            if execute(conn, update)? != self.ended.len() {
                return Err(wrong("there is no such try"));
            }
        }
        added(conn, &self.events, "attempt_events")?;
        changed(conn, &self.attempts, "payment_attempts")
    }
}

fn added<T: Serialize>(conn: &mut AnyConn, rows: &[T], table: &str) -> Result<(), StoreError> {
    let Some(written) = Rows::new(rows)? else {
        return Ok(());
    };
    if execute(conn, written.insert(table))? == rows.len() {
        Ok(())
    } else {
        Err(wrong("not all rows were added"))
    }
}

fn changed<T: Serialize>(conn: &mut AnyConn, rows: &[T], table: &str) -> Result<(), StoreError> {
    let Some(written) = Rows::new(rows)? else {
        return Ok(());
    };
    if execute(conn, written.change(table, &["id"], READ))? == rows.len() {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

fn execute(conn: &mut AnyConn, statement: Statement<()>) -> Result<usize, StoreError> {
    Cached(statement).execute(conn).map_err(translate)
}

/// What can be kept back. Each gives the row back where nothing is: it has to be written at once.
impl Work<'_> {
    pub(crate) fn keep_delivery(&mut self, row: DeliveryRow) -> Result<Option<DeliveryRow>, StoreError> {
        self.keep(row, |gathered| &mut gathered.deliveries, |row| row.id)
    }

    pub(crate) fn keep_attempt(&mut self, row: AttemptRow) -> Result<Option<AttemptRow>, StoreError> {
        self.keep(row, |gathered| &mut gathered.attempts, |row| row.id)
    }

    pub(crate) fn keep_event(&mut self, row: EventRow) -> Result<Option<EventRow>, StoreError> {
        self.keep(row, |gathered| &mut gathered.events, |row| row.id)
    }

    pub(crate) fn keep_ended(&mut self, row: TryRow) -> Result<Option<TryRow>, StoreError> {
        let which = |row: &TryRow| (row.delivery_id, row.number);
        self.keep(row, |gathered| &mut gathered.ended, which)
    }

    pub(crate) fn keep_begun(
        &mut self,
        row: TryRow,
        attempt_id: Id,
    ) -> Result<Option<(TryRow, Id)>, StoreError> {
        let which = |begun: &BegunRow| (begun.row.delivery_id, begun.row.number);
        let kept = self.keep(
            BegunRow { row, attempt_id },
            |gathered| &mut gathered.begun,
            which,
        )?;
        Ok(kept.map(|begun| (begun.row, begun.attempt_id)))
    }

    fn keep<R, K: PartialEq>(
        &mut self,
        row: R,
        list: impl Fn(&mut Gathered) -> &mut Vec<R>,
        which: impl Fn(&R) -> K,
    ) -> Result<Option<R>, StoreError> {
        let Some(gathered) = self.gathered() else {
            return Ok(Some(row));
        };
        let key = which(&row);
        if list(gathered).iter().any(|kept| which(kept) == key) {
            self.write_gathered()?;
        }
        if let Some(gathered) = self.gathered() {
            list(gathered).push(row);
        }
        Ok(None)
    }
}
