//! How work reaches the database, without a word of SQL.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use sverka_domain::ids::UserId;

use super::{
    Access, Alarms, Attempts, Backlogs, BankHealths, BulkRuns, Checkouts, Deliveries, Events, Idempotency,
    Incidents, Notifications, Pace, Registries, RegistryLines, RegistryMappings, ReplicaState, SelfTests,
};
use crate::ports::bank::AccountKey;

/// Why the store could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another row has that value.
    #[error("{0} is taken")]
    Taken(&'static str),
    /// Somebody else changed the row first.
    #[error("the row was changed by somebody else")]
    Stale,
    /// The database cannot be reached, or is too busy.
    #[error("the database is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Anything else: a bug, or data that we did not write.
    #[error("the database failed")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// One transaction. Each part is one repository.
pub trait Tx {
    /// Attempts.
    fn attempts(&mut self) -> &mut dyn Attempts;
    /// The registration of attempts' orders.
    fn checkouts(&mut self) -> &mut dyn Checkouts;
    /// The timeline of attempts.
    fn events(&mut self) -> &mut dyn Events;
    /// Bank notifications, raw.
    fn notifications(&mut self) -> &mut dyn Notifications;
    /// Self-tests of callback addresses.
    fn self_tests(&mut self) -> &mut dyn SelfTests;
    /// Deliveries, their tries, and the state of connections.
    fn deliveries(&mut self) -> &mut dyn Deliveries;
    /// How the banks answer.
    fn bank_healths(&mut self) -> &mut dyn BankHealths;
    /// What waits at the connections.
    fn backlogs(&mut self) -> &mut dyn Backlogs;
    /// Actions on many attempts.
    fn bulk_runs(&mut self) -> &mut dyn BulkRuns;
    /// Users, sessions and API keys.
    fn access(&mut self) -> &mut dyn Access;
    /// Answers to repeat for an idempotency key.
    fn idempotency(&mut self) -> &mut dyn Idempotency;
    /// Incidents.
    fn incidents(&mut self) -> &mut dyn Incidents;
    /// Alarms.
    fn alarms(&mut self) -> &mut dyn Alarms;
    /// How many payments and notifications there are.
    fn pace(&mut self) -> &mut dyn Pace;
    /// Registries of banks.
    fn registries(&mut self) -> &mut dyn Registries;
    /// Their lines.
    fn registry_lines(&mut self) -> &mut dyn RegistryLines;
    /// How the columns of banks' own tables are read.
    fn registry_mappings(&mut self) -> &mut dyn RegistryMappings;

    /// From here on an engine may keep back what is saved of attempts, deliveries, tries and the timeline, and write it
    /// together: before anything is read, and at the end. Only for rows that the transaction has locked. What is wrong
    /// with a row is told then, and not by the call that saved it.
    fn gather(&mut self) {}
}

/// A piece of work. An error rolls back all that it did, and nothing else.
pub type Job = Box<dyn FnOnce(&mut dyn Tx) -> Result<(), ()> + Send>;

/// A piece of work that may be run more than once, until one run of it is kept; only that one counts.
pub type RepeatableJob = Arc<dyn Fn(&mut dyn Tx) -> Result<(), ()> + Send + Sync>;

/// What a job is about to look at, so that an engine can read it for many jobs at once. A hint: a job may look at
/// anything.
#[derive(Debug, Clone, Default)]
pub struct Needs {
    /// The account whose notification it takes in, and the digest of that notification.
    pub notification: Option<(AccountKey, [u8; 32])>,
    /// The order number of an attempt at that account.
    pub order_number: Option<String>,
    /// The bank's id of the same.
    pub bank_order_id: Option<String>,
}

/// A database engine. `storage` implements it for both.
#[async_trait]
pub trait Engine: Send + Sync {
    /// Runs `job` in a transaction that may write. Returns after a durable commit, or after the
    /// roll-back when the job returned an error.
    async fn write(&self, job: Job) -> Result<(), StoreError>;

    /// The same for work of which much comes at once: an engine may run it with others in one transaction, and only
    /// its own mistakes count against it.
    async fn write_together(&self, needs: Needs, job: RepeatableJob) -> Result<(), StoreError> {
        let Needs { .. } = needs;
        self.write(Box::new(move |tx| job(tx))).await
    }

    /// Runs `job` in a transaction that only reads.
    async fn read(&self, job: Job) -> Result<(), StoreError>;

    /// Whether the database answers and its schema is the one that this program needs.
    async fn ready(&self) -> Result<(), StoreError>;

    /// Runs `look` in a transaction that only reads, on the replica if there is one that has what `asker` changed.
    async fn read_far(&self, asker: Option<UserId>, look: RepeatableJob) -> Result<(), StoreError> {
        let _ = asker;
        self.read(Box::new(move |tx| look(tx))).await
    }

    /// Remembers that a person has changed something, where that matters to [`Engine::read_far`].
    async fn changed_by(&self, user: UserId) -> Result<(), StoreError> {
        let _ = user;
        Ok(())
    }

    /// How the replica is doing, if there is one.
    async fn replica(&self) -> Option<ReplicaState> {
        None
    }
}

/// The store as the use cases hold it.
#[derive(Clone)]
pub struct Store(pub(super) Arc<dyn Engine>);

impl Store {
    /// A store over an engine.
    #[must_use]
    pub fn new(engine: Arc<dyn Engine>) -> Self {
        Self(engine)
    }

    /// Runs `work` in a transaction that may write, and returns after a durable commit.
    ///
    /// # Errors
    /// What `work` returns (then nothing of it is kept), or what the store itself could not do.
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (job, result) = boxed(work);
        self.0.write(job).await?;
        take(&result)
    }

    /// The same for work of which much comes at once: it may share its transaction with others that came at the same
    /// moment. It may be run again when a run of it was not kept, so that it must not do anything but by its `Tx`.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn write_together<T, E>(
        &self,
        needs: Needs,
        work: impl Fn(&mut dyn Tx) -> Result<T, E> + Send + Sync + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (job, result) = repeatable(work);
        self.0.write_together(needs, job).await?;
        take(&result)
    }

    /// Runs `work` in a transaction that only reads.
    ///
    /// # Errors
    /// What `work` returns, or what the store itself could not do.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (job, result) = boxed(work);
        self.0.read(job).await?;
        take(&result)
    }

    /// Whether the database answers and its schema is the one that this program needs.
    ///
    /// # Errors
    /// Why it is not ready.
    pub async fn ready(&self) -> Result<(), StoreError> {
        self.0.ready().await
    }
}

type Slot<T, E> = Arc<Mutex<Option<Result<T, E>>>>;

/// Erases the types of a closure, and keeps a place for what it returns.
fn boxed<T, E>(work: impl FnOnce(&mut dyn Tx) -> Result<T, E> + Send + 'static) -> (Job, Slot<T, E>)
where
    T: Send + 'static,
    E: Send + 'static,
{
    let result: Slot<T, E> = Arc::new(Mutex::new(None));
    let place = Arc::clone(&result);
    let job: Job = Box::new(move |tx| put(&place, work(tx)));
    (job, result)
}

/// The same of a closure that may be run more than once: the place has what the last run returned.
pub(super) fn repeatable<T, E>(
    work: impl Fn(&mut dyn Tx) -> Result<T, E> + Send + Sync + 'static,
) -> (RepeatableJob, Slot<T, E>)
where
    T: Send + 'static,
    E: Send + 'static,
{
    let result: Slot<T, E> = Arc::new(Mutex::new(None));
    let place = Arc::clone(&result);
    (Arc::new(move |tx| put(&place, work(tx))), result)
}

/// Keeps what a run came to, and tells the engine whether to keep what it did.
fn put<T, E>(slot: &Slot<T, E>, outcome: Result<T, E>) -> Result<(), ()> {
    let verdict = outcome.as_ref().map(|_| ()).map_err(|_| ());
    if let Ok(mut slot) = slot.lock() {
        *slot = Some(outcome);
    }
    verdict
}

pub(super) fn take<T, E: From<StoreError>>(result: &Slot<T, E>) -> Result<T, E> {
    let outcome = result.lock().ok().and_then(|mut slot| slot.take());
    outcome.unwrap_or_else(|| Err(StoreError::Failed("the engine did not run the work".into()).into()))
}
