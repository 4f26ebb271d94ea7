//! One connection over both engines: whatever is written against it is written once.

use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;

/// A connection to either engine.
///
/// Its derived `establish` is never used: it would try one engine after the other and hide the real error.
#[derive(diesel::MultiConnection)]
pub(crate) enum AnyConn {
    /// PostgreSQL.
    Pg(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
}
