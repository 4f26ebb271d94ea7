//! A transaction as the use cases see it. The repositories are its traits, one a file.

use diesel::{QueryResult, RunQueryDsl};
use sverka_app::ports::store::{
    Access, Alarms, Attempts, Backlogs, BankHealths, BulkRuns, Checkouts, Deliveries, Events, Idempotency,
    Incidents, Job, Notifications, Pace, Registries, RegistryLines, RegistryMappings, SelfTests, StoreError,
    Tx,
};

use crate::column::text;
use crate::connection::AnyConn;
use crate::error::{translate, wrong};
use crate::gathered::Gathered;
use crate::query::Statement;

/// Work inside one transaction.
pub(crate) struct Work<'c> {
    conn: &'c mut AnyConn,
    may_write: bool,
    failed: bool,
    /// What is kept back, once a job allows it.
    gathered: Option<Gathered>,
}

/// How a job left its transaction.
pub(crate) enum Left {
    /// To be kept.
    Done,
    /// To be rolled back: the job said so, and its caller knows why.
    Refused,
    /// To be rolled back, and its caller does not know why.
    Broken(StoreError),
}

impl<'c> Work<'c> {
    /// Work in a transaction that may write, which the caller began and ends.
    pub(crate) fn new(conn: &'c mut AnyConn) -> Self {
        Self {
            conn,
            may_write: true,
            failed: false,
            gathered: None,
        }
    }

    /// Runs `job` in the transaction that is open on `conn`. A panic in it ends the job, not the thread.
    pub(crate) fn run(conn: &'c mut AnyConn, may_write: bool, job: Job) -> Left {
        let mut work = Self {
            conn,
            may_write,
            failed: false,
            gathered: None,
        };
        // Whatever the job left half done in memory is dropped with it, and the database rolls back.
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| job(&mut work)));
        match outcome {
            // PostgreSQL would answer the commit with a silent roll-back, SQLite would keep a part.
            Ok(Ok(())) if work.failed => Left::Broken(wrong("the work went on after a statement had failed")),
            Ok(Ok(())) => work.write_gathered().map_or_else(Left::Broken, |()| Left::Done),
            Ok(Err(())) => Left::Refused,
            Err(_) => Left::Broken(wrong("the work panicked")),
        }
    }

    /// What is kept back, if it may be.
    pub(crate) fn gathered(&mut self) -> Option<&mut Gathered> {
        self.gathered.as_mut()
    }

    /// Writes what was kept back.
    pub(crate) fn write_gathered(&mut self) -> Result<(), StoreError> {
        let Some(gathered) = &mut self.gathered else {
            return Ok(());
        };
        let written = std::mem::take(gathered).write(self.conn);
        self.failed |= written.is_err();
        written
    }

    /// Runs a statement, after what was kept back.
    pub(crate) fn query<T>(
        &mut self,
        run: impl FnOnce(&mut AnyConn) -> QueryResult<T>,
    ) -> Result<T, StoreError> {
        self.write_gathered()?;
        run(self.conn).map_err(|error| {
            self.failed = true;
            translate(error)
        })
    }

    /// The tail of a `select` whose rows must not change until the end of a transaction that may write.
    pub(crate) fn lock(&self) -> &'static str {
        self.tail(" for update")
    }

    /// The tail of a `select` that claims rows: those that another worker is claiming are passed over.
    pub(crate) fn claim(&self) -> &'static str {
        self.tail(" for update skip locked")
    }

    /// Locks a name that may have no row yet, until the end of a transaction that may write.
    pub(crate) fn lock_name(&mut self, name: &str) -> Result<(), StoreError> {
        if self.lock().is_empty() {
            return Ok(());
        }
        let lock = Statement::<()>::new("select pg_advisory_xact_lock(hashtextextended(");
        let lock = lock.text(text(name)).sql(", 0))");
        self.query(|conn| lock.execute(conn))?;
        Ok(())
    }

    /// SQLite has one writer, so that its rows are locked as it is.
    fn tail(&self, lock: &'static str) -> &'static str {
        match self.conn {
            AnyConn::Pg(_) if self.may_write => lock,
            AnyConn::Pg(_) | AnyConn::Sqlite(_) => "",
        }
    }
}

impl Tx for Work<'_> {
    fn attempts(&mut self) -> &mut dyn Attempts {
        self
    }

    fn checkouts(&mut self) -> &mut dyn Checkouts {
        self
    }

    fn events(&mut self) -> &mut dyn Events {
        self
    }

    fn notifications(&mut self) -> &mut dyn Notifications {
        self
    }

    fn self_tests(&mut self) -> &mut dyn SelfTests {
        self
    }

    fn deliveries(&mut self) -> &mut dyn Deliveries {
        self
    }

    fn bank_healths(&mut self) -> &mut dyn BankHealths {
        self
    }

    fn backlogs(&mut self) -> &mut dyn Backlogs {
        self
    }

    fn bulk_runs(&mut self) -> &mut dyn BulkRuns {
        self
    }

    fn access(&mut self) -> &mut dyn Access {
        self
    }

    fn idempotency(&mut self) -> &mut dyn Idempotency {
        self
    }

    fn incidents(&mut self) -> &mut dyn Incidents {
        self
    }

    fn alarms(&mut self) -> &mut dyn Alarms {
        self
    }

    fn pace(&mut self) -> &mut dyn Pace {
        self
    }

    fn registries(&mut self) -> &mut dyn Registries {
        self
    }

    fn registry_lines(&mut self) -> &mut dyn RegistryLines {
        self
    }

    fn registry_mappings(&mut self) -> &mut dyn RegistryMappings {
        self
    }

    fn gather(&mut self) {
        if matches!(self.conn, AnyConn::Pg(_)) {
            self.gathered.get_or_insert_default();
        }
    }
}
