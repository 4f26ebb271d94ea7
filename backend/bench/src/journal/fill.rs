//! Filling a migrated database, past the store: a million rows through it would take an hour.

use std::time::{Duration, Instant};

use super::postgres::Postgres;
use super::recipe::Journal;
use super::rows;
use super::rows::Cell;
use super::sqlite::Sqlite;

/// The two tables that a journal fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    /// Attempts.
    Attempts,
    /// Their deliveries.
    Deliveries,
}

impl Table {
    pub(super) const ALL: [Self; 2] = [Self::Attempts, Self::Deliveries];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Attempts => "payment_attempts",
            Self::Deliveries => "deliveries",
        }
    }
}

/// What triggers do when rows are written in the usual way: which kinds of attempts there are.
pub(super) const KINDS: &str = "insert into attempt_kinds select distinct bank_status, crm_status, needs_attention, \
     lost_callback, payment_type, merchant, bank, bank_account from payment_attempts where true on conflict do nothing";

/// Where rows go.
pub(super) trait Sink {
    /// Takes in a row. The columns are those of the table's first row.
    fn row(&mut self, table: Table, row: Vec<Cell>);

    /// Writes what is not written, and makes the indexes that were put off.
    fn finish(self: Box<Self>);
}

/// What it came to.
#[derive(Debug, Clone, Copy)]
pub struct Filled {
    /// Attempts.
    pub attempts: u64,
    /// Deliveries.
    pub deliveries: u64,
    /// How long it took, with the indexes.
    pub took: Duration,
}

/// Adds the journal to a database that is migrated, as its owner (in PostgreSQL, as a superuser), while nobody else
/// uses it: its indexes are made anew at the end.
///
/// # Panics
/// When the database refuses.
#[expect(clippy::disallowed_methods, reason = "a bench measures")]
#[must_use]
pub fn fill(database_url: &str, journal: &Journal) -> Filled {
    let began = Instant::now();
    let mut sink: Box<dyn Sink> = match database_url.strip_prefix("sqlite://") {
        Some(path) => Box::new(Sqlite::open(path)),
        None => Box::new(Postgres::open(database_url)),
    };
    let mut deliveries = 0;
    for nth in 0..journal.rows {
        let payment = journal.nth(nth);
        sink.row(
            Table::Attempts,
            rows::attempt(&payment.attempt, payment.needs_attention),
        );
        for delivery in &payment.deliveries {
            deliveries += 1;
            sink.row(Table::Deliveries, rows::delivery(delivery));
        }
    }
    sink.finish();
    Filled {
        attempts: journal.rows,
        deliveries,
        took: began.elapsed(),
    }
}
