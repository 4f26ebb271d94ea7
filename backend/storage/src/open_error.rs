//! Why a database cannot be used, and what to do about it.

/// Why a database cannot be opened or migrated. Each text names the remedy; none has the password of the URL.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another engine, or nothing.
    #[error(
        "the database URL begins with neither sqlite:// nor postgres://: set database_url to one of these"
    )]
    Engine,
    /// Only the scheme.
    #[error("the database URL names no file: write sqlite://FILE")]
    NoFile,
    /// Not a URL.
    #[error("the database URL cannot be read ({0}): write postgres://USER:PASSWORD@HOST:PORT/DATABASE")]
    Url(#[source] url::ParseError),
    /// A file has no replica.
    #[error(
        "database_read_url is given, and the database is no PostgreSQL: only a PostgreSQL has streaming replicas; \
         leave database_read_url (DATABASE_READ_URL) out"
    )]
    NoReplica,
    /// The replica is of another engine.
    #[error("database_read_url does not begin with postgres://: name a streaming replica of the database")]
    ReplicaEngine,
    /// The file's folder is missing and cannot be made.
    #[error("the folder of the database file {place} cannot be made: check the path and its permissions")]
    Folder {
        /// The file.
        place: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// No connection.
    #[error("the database {place} cannot be reached ({reason}): check that it runs, and the database URL")]
    Unreachable {
        /// Which.
        place: String,
        /// In the driver's words.
        reason: String,
    },
    /// The schema is older than this program.
    #[error("the database {place} lacks {} of this program's migrations ({}): run `sverka migrate`", .pending.len(), .pending.join(", "))]
    Pending {
        /// Which.
        place: String,
        /// Names of migrations, oldest first.
        pending: Vec<String>,
    },
    /// A migration did not work.
    #[error("the database {place} cannot be migrated ({reason}): nothing of the failed migration was kept")]
    Migration {
        /// Which.
        place: String,
        /// In the engine's words.
        reason: String,
    },
    /// Trigrams of Cyrillic are empty: every search would read the whole journal.
    #[error(
        "the database {place} cannot search in Cyrillic, because its LC_CTYPE is {ctype}: create it anew with \
         `create database NAME template template0 encoding 'UTF8' lc_ctype 'C.UTF-8' lc_collate 'C'`"
    )]
    Cyrillic {
        /// Which.
        place: String,
        /// What it is.
        ctype: String,
    },
    /// Something else does not work.
    #[error("the database {place} does not work ({reason})")]
    Broken {
        /// Which.
        place: String,
        /// In the engine's words.
        reason: String,
    },
}
