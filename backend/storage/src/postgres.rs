//! PostgreSQL: a pool of connections, used off the asynchronous threads.

use std::sync::Arc;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::r2d2::{self, ManageConnection, Pool, PooledConnection, R2D2Connection};
use sverka_app::ports::store::{Job, Needs, RepeatableJob, StoreError};
use tokio::sync::Semaphore;
use url::Url;

use crate::connect;
use crate::connection::AnyConn;
use crate::error::{translate, unavailable, wrong};
use crate::migrations;
use crate::together::{Ended, Together};
use crate::work::{Left, Work};

/// How long a job waits for a connection.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) const WRITE: &str = "begin isolation level read committed read write";
/// Everything is read as it was at one moment.
const READ: &str = "begin isolation level repeatable read read only";

/// PostgreSQL.
pub(crate) struct Postgres {
    pool: Pool<Server>,
    // Jobs wait here, and not each on a thread of its own.
    turns: Arc<Semaphore>,
    together: Together,
}

/// Makes connections for the pool.
pub(crate) struct Server(pub(crate) Url);

impl ManageConnection for Server {
    type Connection = AnyConn;
    type Error = r2d2::Error;

    fn connect(&self) -> Result<AnyConn, r2d2::Error> {
        connect::postgres(&self.0).map_err(r2d2::Error::ConnectionError)
    }

    fn is_valid(&self, conn: &mut AnyConn) -> Result<(), r2d2::Error> {
        conn.ping().map_err(r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut AnyConn) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}

impl Postgres {
    /// Makes the pool, with one connection to begin with.
    pub(crate) fn start(url: Url, connections: u32) -> Result<Self, StartError> {
        let together = Together::start(&url)?;
        let pool = Pool::builder()
            .max_size(connections)
            .min_idle(Some(1))
            .connection_timeout(PATIENCE)
            .test_on_check_out(false)
            .build(Server(url))?;
        let turns = usize::try_from(connections).unwrap_or(1);
        Ok(Self {
            pool,
            turns: Arc::new(Semaphore::new(turns)),
            together,
        })
    }

    /// Runs a job in a transaction that may write.
    pub(crate) async fn write(&self, job: Job) -> Result<(), StoreError> {
        self.off_thread(|pool| transaction(&pool, WRITE, |conn| Work::run(conn, true, job)))
            .await
    }

    /// Runs a job that may write in a transaction with others.
    pub(crate) async fn write_together(&self, needs: Needs, job: RepeatableJob) -> Result<(), StoreError> {
        match self.together.write(needs, Arc::clone(&job)).await? {
            Ended::Kept => Ok(()),
            Ended::Alone => self.write(Box::new(move |tx| job(tx))).await,
        }
    }

    /// Runs a job in a transaction that only reads.
    pub(crate) async fn read(&self, job: Job) -> Result<(), StoreError> {
        self.off_thread(|pool| transaction(&pool, READ, |conn| Work::run(conn, false, job)))
            .await
    }

    /// Whether the database answers, and has the right schema.
    pub(crate) async fn ready(&self) -> Result<(), StoreError> {
        let check = |conn: &mut AnyConn| migrations::check(conn).map_or_else(Left::Broken, |()| Left::Done);
        self.off_thread(move |pool| transaction(&pool, READ, check)).await
    }

    pub(crate) async fn off_thread(
        &self,
        work: impl FnOnce(Pool<Server>) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), StoreError> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            return Err(unavailable("too much is waiting for the database"));
        };
        let pool = self.pool.clone();
        let ran = tokio::task::spawn_blocking(move || {
            let outcome = work(pool);
            drop(turn);
            outcome
        });
        ran.await.unwrap_or_else(|_| Err(wrong("the work was stopped")))
    }
}

/// Why the engine could not be started.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    /// No connection.
    #[error(transparent)]
    Pool(#[from] diesel::r2d2::PoolError),
    /// No thread.
    #[error(transparent)]
    Thread(#[from] std::io::Error),
}

/// Runs `work` between `begin` and its end. Nothing is repeated once `work` has begun.
pub(crate) fn transaction(
    pool: &Pool<Server>,
    begin: &str,
    work: impl FnOnce(&mut AnyConn) -> Left,
) -> Result<(), StoreError> {
    let mut conn = begun(pool, begin)?;
    match work(&mut conn) {
        Left::Done => conn.batch_execute("commit").map_err(translate),
        Left::Refused => roll_back(&mut conn),
        Left::Broken(error) => {
            if let Err(error) = conn.batch_execute("rollback") {
                tracing::debug!(%error, "there was nothing left to roll back");
            }
            Err(error)
        }
    }
}

/// The job refused, and its caller knows why: a server that is gone has kept nothing either.
fn roll_back(conn: &mut AnyConn) -> Result<(), StoreError> {
    if let Err(error) = conn.batch_execute("rollback") {
        tracing::warn!(%error, "a connection was lost at a roll-back");
    }
    Ok(())
}

/// A connection with an open transaction. One that died while it was idle is put away, and another one taken: after a
/// restart of the server all of them are dead.
fn begun(pool: &Pool<Server>, begin: &str) -> Result<PooledConnection<Server>, StoreError> {
    let mut left = pool.max_size();
    loop {
        let mut conn = pool
            .get()
            .map_err(|error| StoreError::Unavailable(Box::new(error)))?;
        match conn.batch_execute(begin) {
            Ok(()) => return Ok(conn),
            Err(error) if left == 0 || !conn.is_broken() => return Err(translate(error)),
            Err(_) => left -= 1,
        }
    }
}
