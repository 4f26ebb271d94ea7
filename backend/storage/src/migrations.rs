//! The schema, brought up to date.

use diesel::connection::SimpleConnection;
use diesel::migration::Migration;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use sverka_app::ports::store::StoreError;

use crate::connection::AnyConn;
use crate::error::wrong;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Runs what is missing. Two programs that do so at once wait for one another. Returns the names of what was run.
pub(crate) fn run(conn: &mut AnyConn) -> Result<Vec<String>, Failed> {
    let missing = pending(conn)?;
    if missing.is_empty() {
        return Ok(missing);
    }
    match conn {
        AnyConn::Sqlite(conn) => {
            conn.exclusive_transaction(|conn| conn.run_pending_migrations(SQLITE).map(drop))?
        }
        AnyConn::Pg(conn) => {
            // Building an index of a great table takes its time.
            conn.batch_execute(
                "set statement_timeout = 0; set lock_timeout = 0; select pg_advisory_lock(7383752)",
            )?;
            let outcome = conn.run_pending_migrations(POSTGRES).map(drop);
            conn.batch_execute("select pg_advisory_unlock(7383752)")?;
            outcome?;
        }
    }
    Ok(missing)
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

/// The names of those that this program knows and the database lacks, the oldest first.
pub(crate) fn pending(conn: &mut AnyConn) -> Result<Vec<String>, Failed> {
    match conn {
        AnyConn::Sqlite(conn) => conn
            .pending_migrations(SQLITE)
            .map(|migrations| names(&migrations)),
        AnyConn::Pg(conn) => conn
            .pending_migrations(POSTGRES)
            .map(|migrations| names(&migrations)),
    }
}

fn names<DB: diesel::backend::Backend>(migrations: &[Box<dyn Migration<DB>>]) -> Vec<String> {
    migrations
        .iter()
        .map(|migration| migration.name().to_string())
        .collect()
}

/// Whether the database answers, and has every migration that this program knows. It may have newer ones: a new
/// version migrates before the old one is replaced.
pub(crate) fn check(conn: &mut AnyConn) -> Result<(), StoreError> {
    let pending = pending(conn).map_err(StoreError::Unavailable)?;
    if pending.is_empty() {
        Ok(())
    } else {
        Err(wrong("migrations are pending: run `sverka migrate`"))
    }
}
