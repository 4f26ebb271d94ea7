//! The schema, brought up to date.

use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::RunQueryDsl;
use diesel::sql_types::{Bool, Text};
use diesel::sqlite::Sqlite;
use diesel::{PgConnection, QueryResult};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use sverka_app::ports::store::StoreError;

use crate::connection::AnyConn;
use crate::error::{translate, wrong};
use crate::query::Statement;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// One program at a time. Building an index of a great table takes its time.
const NO_LIMITS: &str = "set statement_timeout = 0; set lock_timeout = 0";
/// Asked again and again: an index that is built while others write waits for every statement that has begun, and would
/// wait forever for one that waits for this lock.
const LOCK: &str = "select pg_try_advisory_lock(7383752)";
const PAUSE: &str = "select pg_sleep(0.1)";
const UNLOCK: &str = "select pg_advisory_unlock(7383752)";

/// Indexes of ours that no statement uses, since their building did not end.
const HALF_BUILT: &str = "select i.indexrelid::regclass::text from pg_index i join pg_class t on t.oid = i.indrelid \
     where not i.indisvalid and t.relname in ('payment_attempts', 'attempt_texts', 'bank_notifications') \
     and t.relnamespace = current_schema()::regnamespace";

/// Waiting for a table's lock must not take long, for everything that comes later waits behind it. An index that is built
/// beside those who write holds nobody up, and may wait.
const SHORT: &str = "set lock_timeout = '3s'";
const LONG: &str = "set lock_timeout = 0";
/// So many times a migration that found a table in use is tried again, which makes five minutes.
const TRIES: u32 = 60;
const BETWEEN: &str = "select pg_sleep(2)";

type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Runs what is missing. Two programs that do so at once wait for one another. Returns the names of what was missing.
pub(crate) fn run(conn: &mut AnyConn) -> Result<Vec<String>, Failed> {
    let missing = pending(conn)?;
    if missing.is_empty() {
        return Ok(missing);
    }
    match conn {
        AnyConn::Sqlite(conn) => {
            conn.exclusive_transaction(|conn| conn.run_pending_migrations(SQLITE).map(drop))?;
        }
        AnyConn::Pg(conn) => {
            lock(conn)?;
            let outcome = drop_half_built(conn)
                .map_err(Failed::from)
                .and_then(|()| between_others(conn));
            conn.batch_execute(UNLOCK)?;
            outcome?;
        }
    }
    Ok(missing)
}

fn lock(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute(NO_LIMITS)?;
    while !sql::<Bool>(LOCK).get_result::<bool>(conn)? {
        conn.batch_execute(PAUSE)?;
    }
    Ok(())
}

/// Drops what a migration left behind that was stopped while it built an index.
fn drop_half_built(conn: &mut PgConnection) -> QueryResult<()> {
    let names: Vec<String> = sql::<Text>(HALF_BUILT).load(conn)?;
    for name in names {
        conn.batch_execute(&format!("drop index {name}"))?;
    }
    Ok(())
}

/// Runs what is missing while the program serves.
fn between_others(conn: &mut PgConnection) -> Result<(), Failed> {
    for migration in conn.pending_migrations(POSTGRES)? {
        let is_short = migration.metadata().run_in_transaction();
        conn.batch_execute(if is_short { SHORT } else { LONG })?;
        patiently(conn, migration.as_ref())?;
    }
    Ok(())
}

/// A migration that has to wait for a table gives up, lets those pass that wait behind it, and is tried again.
fn patiently(conn: &mut PgConnection, migration: &dyn Migration<Pg>) -> Result<(), Failed> {
    for _ in 0..TRIES {
        match conn.run_migration(migration) {
            Err(error) if error.to_string().contains("lock timeout") => {
                tracing::warn!(%error, "a table that a migration changes is in use: it is tried again");
                conn.batch_execute(BETWEEN)?;
            }
            outcome => return outcome.map(drop),
        }
    }
    conn.run_migration(migration).map(drop)
}

/// Undoes all of them, the newest first.
pub(crate) fn revert(conn: &mut AnyConn) -> Result<(), Failed> {
    match conn {
        AnyConn::Sqlite(conn) => {
            conn.exclusive_transaction(|conn| conn.revert_all_migrations(SQLITE).map(drop))
        }
        AnyConn::Pg(conn) => conn.revert_all_migrations(POSTGRES).map(drop),
    }
}

/// The names of those that this program knows and the database lacks, the oldest first. Only reads: a program that
/// opens the database need not be allowed to change its schema.
pub(crate) fn pending(conn: &mut AnyConn) -> Result<Vec<String>, Failed> {
    let known = match conn {
        AnyConn::Sqlite(_) => MigrationSource::<Sqlite>::migrations(&SQLITE).map(|known| names(&known))?,
        AnyConn::Pg(_) => MigrationSource::<Pg>::migrations(&POSTGRES).map(|known| names(&known))?,
    };
    let applied = applied(conn)?;
    let missing = known
        .into_iter()
        .filter(|(version, _)| !applied.contains(version));
    Ok(missing.map(|(_, name)| name).collect())
}

/// Whether the database answers, and has every migration that this program knows. It may have newer ones: a new
/// version migrates before the old one is replaced.
pub(crate) fn check(conn: &mut AnyConn) -> Result<(), StoreError> {
    let pending = pending(conn).map_err(|error| match error.downcast() {
        Ok(error) => translate(*error),
        Err(error) => StoreError::Failed(error),
    })?;
    if pending.is_empty() {
        return Ok(());
    }
    Err(wrong("migrations are pending: run `sverka migrate`"))
}

/// The versions of those that were run.
fn applied(conn: &mut AnyConn) -> QueryResult<Vec<String>> {
    let exists = match conn {
        AnyConn::Sqlite(_) => {
            "select exists (select 1 from sqlite_schema where name = '__diesel_schema_migrations')"
        }
        AnyConn::Pg(_) => "select to_regclass('__diesel_schema_migrations') is not null",
    };
    if !Statement::<Bool>::new(exists).get_result::<bool>(conn)? {
        return Ok(Vec::new());
    }
    Statement::<Text>::new("select version from __diesel_schema_migrations").load(conn)
}

/// Version and name, the oldest first.
fn names<DB: Backend>(migrations: &[Box<dyn Migration<DB>>]) -> Vec<(String, String)> {
    let mut names: Vec<_> = migrations
        .iter()
        .map(|migration| {
            (
                migration.name().version().to_string(),
                migration.name().to_string(),
            )
        })
        .collect();
    names.sort();
    names
}
