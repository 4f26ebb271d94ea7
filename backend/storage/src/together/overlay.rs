//! A transaction as one job of a crowd sees it: it reads what was read for the crowd, and what it writes is kept until all
//! have run. Whatever it wants beyond that has it run again by itself.

use std::panic::{AssertUnwindSafe, catch_unwind};

use sverka_app::ports::store::{
    Access, Alarms, Attempts, Backlogs, BankHealths, BulkRuns, Checkouts, Deliveries, Events, Idempotency,
    Incidents, Notifications, Pace, Registries, RegistryLines, RegistryMappings, RepeatableJob, SelfTests,
    StoreError, Tx,
};

use super::known::Known;
use crate::error::wrong;
use crate::work::Work;

/// How a job of a crowd ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ran {
    /// All it did is in [`Known`].
    Kept,
    /// It failed, or did what only a transaction of its own can do.
    Strayed,
}

/// The transaction of one job.
pub(crate) struct Overlay<'k, 'c> {
    work: Work<'c>,
    pub(super) known: &'k mut Known,
    strayed: bool,
}

impl<'k, 'c> Overlay<'k, 'c> {
    pub(crate) fn new(work: Work<'c>, known: &'k mut Known) -> Self {
        Self {
            work,
            known,
            strayed: false,
        }
    }

    /// Runs a job. A panic in it ends the job, not the thread.
    pub(crate) fn run(&mut self, job: &RepeatableJob) -> Ran {
        let outcome = catch_unwind(AssertUnwindSafe(|| job(self)));
        if matches!(outcome, Ok(Ok(()))) && !self.strayed {
            Ran::Kept
        } else {
            Ran::Strayed
        }
    }

    /// Refuses what was not read before: the job is run by itself.
    pub(super) fn strays<T>(&mut self) -> Result<T, StoreError> {
        self.strayed = true;
        Err(wrong("this has to run in a transaction of its own"))
    }

    /// The transaction itself, for what no crowd ever does.
    fn astray(&mut self) -> &mut Work<'c> {
        self.strayed = true;
        &mut self.work
    }
}

impl Tx for Overlay<'_, '_> {
    fn attempts(&mut self) -> &mut dyn Attempts {
        self
    }

    fn deliveries(&mut self) -> &mut dyn Deliveries {
        self
    }

    fn events(&mut self) -> &mut dyn Events {
        self
    }

    fn notifications(&mut self) -> &mut dyn Notifications {
        self
    }

    fn checkouts(&mut self) -> &mut dyn Checkouts {
        self.astray()
    }

    fn self_tests(&mut self) -> &mut dyn SelfTests {
        self.astray()
    }

    fn bank_healths(&mut self) -> &mut dyn BankHealths {
        self.astray()
    }

    fn backlogs(&mut self) -> &mut dyn Backlogs {
        self.astray()
    }

    fn bulk_runs(&mut self) -> &mut dyn BulkRuns {
        self.astray()
    }

    fn access(&mut self) -> &mut dyn Access {
        self.astray()
    }

    fn idempotency(&mut self) -> &mut dyn Idempotency {
        self.astray()
    }

    fn incidents(&mut self) -> &mut dyn Incidents {
        self.astray()
    }

    fn alarms(&mut self) -> &mut dyn Alarms {
        self.astray()
    }

    fn pace(&mut self) -> &mut dyn Pace {
        self.astray()
    }

    fn registries(&mut self) -> &mut dyn Registries {
        self.astray()
    }

    fn registry_lines(&mut self) -> &mut dyn RegistryLines {
        self.astray()
    }

    fn registry_mappings(&mut self) -> &mut dyn RegistryMappings {
        self.astray()
    }
}
