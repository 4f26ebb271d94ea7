//! A streaming replica of PostgreSQL, for reads that may be a little behind.
//!
//! Positions are places in the primary's write-ahead log, in bytes. A far read takes two of them from the primary: where
//! it is now, and where it was after the newest change of whoever asks. The replica serves when it has replayed the
//! second, and a position that the primary had within the last [`NEAR`]. Its own position is read before the snapshot is
//! taken, so that the snapshot has all of it. Nothing depends on the clocks of the two machines.
//!
//! Whatever goes wrong there, the primary does the work: a replica can only help.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use diesel::QueryResult;
use diesel::connection::SimpleConnection;
use diesel::prelude::RunQueryDsl;
use diesel::r2d2::Pool;
use diesel::sql_types::{BigInt, Nullable};
use sverka_app::ports::store::{RepeatableJob, ReplicaState, StoreError};
use sverka_domain::ids::UserId;
use tokio::sync::{Semaphore, oneshot};
use tokio::time::{Instant, timeout};

use crate::connection::AnyConn;
use crate::error::{translate, wrong};
use crate::open_error::OpenError;
use crate::place::Place;
use crate::postgres::{Postgres, Server, WRITE, transaction};
use crate::query::Statement;
use crate::types::Id;
use crate::work::{Left, Work};

mod watch;

use watch::{Verdict, Watch};

/// What is read there is never older than this.
const NEAR: Duration = Duration::from_secs(10);
/// How long a read waits for a connection to the replica before the primary is asked instead.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a replica that did not answer is left alone.
const PAUSE: Duration = Duration::from_secs(5);

const READ: &str = "begin isolation level repeatable read read only";

/// Null where it is no replica, or has replayed nothing yet.
const REPLAYED: &str = "select case when pg_is_in_recovery() then (pg_last_wal_replay_lsn() - '0/0')::bigint end, \
     (select system_identifier from pg_control_system())";

/// The replica.
pub(crate) struct Replica {
    place: Place,
    pool: Pool<Server>,
    // Reads wait here, and not each on a thread of its own.
    turns: Arc<Semaphore>,
    watch: Mutex<Watch>,
}

/// Where the primary is.
#[derive(Clone, Copy)]
struct Positions {
    /// On disk now.
    now: i64,
    /// After the newest change of whoever asks; 0: they changed nothing.
    needed: i64,
    /// Which cluster it is.
    system: i64,
}

/// How a read at the replica went.
enum There {
    /// It was served.
    Served,
    /// The work refused, or a statement of it failed: the primary has the last word.
    Refused,
    /// The replica is not where it has to be.
    NotYet(Verdict),
    /// It is no replica of this database.
    Foreign,
    /// It does not answer.
    Silent(String),
}

impl Replica {
    /// Makes the pool. The replica need not be there: it is looked for when it is needed.
    pub(crate) fn start(url: &str, connections: u32) -> Result<Self, OpenError> {
        let place = Place::read(url).map_err(|error| match error {
            OpenError::Url(error) => OpenError::Url(error),
            _ => OpenError::ReplicaEngine,
        })?;
        let Place::Postgres(url) = &place else {
            return Err(OpenError::ReplicaEngine);
        };
        let pool = Pool::builder()
            .max_size(connections)
            .min_idle(Some(0))
            .connection_timeout(PATIENCE)
            .test_on_check_out(false)
            .error_handler(Box::new(diesel::r2d2::NopErrorHandler))
            .build_unchecked(Server(url.clone()));
        let turns = usize::try_from(connections).unwrap_or(1);
        Ok(Self {
            place,
            pool,
            turns: Arc::new(Semaphore::new(turns)),
            watch: Mutex::new(Watch::new(NEAR, PAUSE)),
        })
    }

    /// Runs `look` there. Returns whether that is done; if not, the primary has to do it.
    pub(crate) async fn read(&self, primary: &Postgres, asker: Option<UserId>, look: &RepeatableJob) -> bool {
        let served = self.try_read(primary, asker, Some(Arc::clone(look))).await;
        let by = if served { "replica" } else { "primary" };
        metrics::counter!("sverka_far_reads_total", "by" => by).increment(1);
        served
    }

    /// How it is doing, by a look at it.
    pub(crate) async fn state(&self, primary: &Postgres) -> ReplicaState {
        self.try_read(primary, None, None).await;
        self.watch().state()
    }

    async fn try_read(&self, primary: &Postgres, asker: Option<UserId>, look: Option<RepeatableJob>) -> bool {
        let begun = Instant::now();
        if self.watch().is_aside(begun) {
            return false;
        }
        // Where the primary does not say where it is, it will tell the caller itself what is wrong.
        let Ok(positions) = positions(primary, asker).await else {
            return false;
        };
        let there = self.look(begun, positions, look).await;
        self.judge(begun, &there);
        matches!(there, There::Served)
    }

    /// One read there, off the asynchronous threads. Without `look` only its position is read.
    async fn look(&self, begun: Instant, positions: Positions, look: Option<RepeatableJob>) -> There {
        let floor = self.watch().sampled(begun, positions.now);
        let turn = timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            return There::NotYet(Verdict::Busy);
        };
        let pool = self.pool.clone();
        let ran = tokio::task::spawn_blocking(move || {
            let there = there(&pool, positions, floor, look.as_ref());
            drop(turn);
            there
        });
        ran.await.unwrap_or(There::Refused)
    }

    /// What follows for the next reads. Told once, when it changes.
    fn judge(&self, begun: Instant, there: &There) {
        let mut watch = self.watch();
        let (state, why) = match there {
            There::Served => (Some(ReplicaState::Serving), String::new()),
            There::Refused => (None, String::new()),
            There::NotYet(verdict) => (watch.weigh(begun, *verdict), "it is too far behind".to_owned()),
            There::Foreign => (
                Some(ReplicaState::Away),
                "it is no replica of this database".to_owned(),
            ),
            There::Silent(why) => (Some(ReplicaState::Away), self.place.without_secrets(why)),
        };
        let Some(state) = state else { return };
        if state == ReplicaState::Away {
            watch.put_aside(Instant::now());
        }
        if !watch.turns_to(state) {
            return;
        }
        let place = self.place.shown();
        match state {
            ReplicaState::Serving => tracing::info!(%place, "the replica serves"),
            ReplicaState::Behind | ReplicaState::Away => {
                tracing::warn!(%place, %why, "the replica cannot serve: the primary does its work");
            }
        }
    }

    fn watch(&self) -> std::sync::MutexGuard<'_, Watch> {
        // Nothing panics while it holds the lock.
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes down where the primary is now, after a change of this person was committed.
pub(crate) async fn remember(primary: &Postgres, user: UserId) -> Result<(), StoreError> {
    ask(primary, move |conn| {
        let update = Statement::<()>::new(
            "update users set changed_position = (pg_current_wal_flush_lsn() - '0/0')::bigint where id = ",
        );
        update.id(Id(user.0)).execute(conn)
    })
    .await
    .map(drop)
}

async fn positions(primary: &Postgres, asker: Option<UserId>) -> Result<Positions, StoreError> {
    type Row = (BigInt, BigInt, BigInt);
    let (now, needed, system): (i64, i64, i64) = ask(primary, move |conn| {
        let select = Statement::<Row>::new(
            "select (pg_current_wal_flush_lsn() - '0/0')::bigint, coalesce((select changed_position from users where id = ",
        );
        let nobody = uuid::Uuid::nil();
        select
            .id(Id(asker.map_or(nobody, |user| user.0)))
            .sql("), 0), (select system_identifier from pg_control_system())")
            .get_result(conn)
    })
    .await?;
    // A database that was restored elsewhere counts anew: a position that it has not reached yet means nothing.
    let needed = needed.min(now);
    Ok(Positions { now, needed, system })
}

/// Runs a statement on the primary.
async fn ask<T: Send + 'static>(
    primary: &Postgres,
    statement: impl FnOnce(&mut AnyConn) -> QueryResult<T> + Send + 'static,
) -> Result<T, StoreError> {
    let (tell, told) = oneshot::channel();
    let work = move |conn: &mut AnyConn| match statement(conn) {
        Ok(answer) => {
            // Nobody is left to tell: the caller went away.
            let _ = tell.send(answer);
            Left::Done
        }
        Err(error) => Left::Broken(translate(error)),
    };
    primary
        .off_thread(move |pool| transaction(&pool, WRITE, work))
        .await?;
    told.await
        .map_err(|_| wrong("the primary ran a statement and kept its answer"))
}

fn there(pool: &Pool<Server>, positions: Positions, floor: i64, look: Option<&RepeatableJob>) -> There {
    // After a restart of the replica all connections are dead: each is put away by its failure.
    for _ in 0..=pool.max_size() {
        let mut conn = match pool.get() {
            Ok(conn) => conn,
            Err(error) => return There::Silent(error.to_string()),
        };
        let replayed: QueryResult<(Option<i64>, i64)> =
            Statement::<(Nullable<BigInt>, BigInt)>::new(REPLAYED).get_result(&mut *conn);
        match replayed {
            Ok((Some(replayed), system)) if system == positions.system => {
                return at(&mut conn, replayed, positions, floor, look);
            }
            Ok(_) => return There::Foreign,
            Err(error) if diesel::r2d2::R2D2Connection::is_broken(&mut *conn) => {
                tracing::debug!(%error, "a connection to the replica was dead");
            }
            Err(error) => return There::Silent(error.to_string()),
        }
    }
    There::Silent("every connection to it is dead".to_owned())
}

/// The replica has replayed so far, at least.
fn at(
    conn: &mut AnyConn,
    replayed: i64,
    positions: Positions,
    floor: i64,
    look: Option<&RepeatableJob>,
) -> There {
    if replayed < floor {
        return There::NotYet(Verdict::Behind);
    }
    if replayed < positions.needed {
        return There::NotYet(Verdict::OwnChange);
    }
    let Some(look) = look else {
        return There::Served;
    };
    if let Err(error) = conn.batch_execute(READ) {
        return There::Silent(error.to_string());
    }
    let look = Arc::clone(look);
    let left = Work::run(conn, false, Box::new(move |tx| look(tx)));
    let is_done = matches!(left, Left::Done);
    let ended = conn.batch_execute(if is_done { "commit" } else { "rollback" });
    match ended {
        Ok(()) if is_done => There::Served,
        Ok(()) => There::Refused,
        Err(error) => There::Silent(error.to_string()),
    }
}
