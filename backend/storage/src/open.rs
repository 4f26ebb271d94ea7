//! Opening the store.

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use diesel::prelude::RunQueryDsl;
use diesel::sql_types::{Bool, Text};
use sverka_app::ports::store::{Engine, Job, Needs, RepeatableJob, ReplicaState, StoreError};
use sverka_domain::ids::UserId;

use crate::connect::{self, Use};
use crate::connection::AnyConn;
use crate::error::unavailable;
use crate::migrations;
use crate::open_error::OpenError;
use crate::place::Place;
use crate::postgres::Postgres;
use crate::query::Statement;
use crate::replica::{self, Replica};
use crate::sqlite::Sqlite;

/// How long [`Engine::ready`] waits for an answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Where the store is, and how much of it to use.
#[derive(Clone)]
pub struct StorageSettings {
    /// `sqlite://FILE` or `postgres://USER:PASSWORD@HOST:PORT/DATABASE`.
    pub database_url: String,
    /// Connections at once: those to PostgreSQL, or those that read from SQLite.
    pub connections: u32,
    /// A streaming replica of the same database, `postgres://…`: for what may be a little behind.
    pub read_url: Option<String>,
}

impl StorageSettings {
    /// The usual settings for a database.
    #[must_use]
    pub fn new(database_url: impl Into<String>) -> Self {
        let database_url = database_url.into();
        let connections = if database_url.starts_with("sqlite:") {
            4
        } else {
            12
        };
        Self {
            database_url,
            connections,
            read_url: None,
        }
    }
}

/// The store. Dropping it waits until the work that it took in is done.
pub struct Storage(Open);

enum Open {
    Sqlite(Sqlite),
    Postgres(Postgres, Option<Replica>),
}

impl Storage {
    /// Opens the store. A file of SQLite is made when it is missing, and migrated; PostgreSQL is migrated only by
    /// [`migrate`]. Blocks: call it before there are other things to wait for.
    ///
    /// # Errors
    /// [`OpenError`], with the remedy in its text.
    pub fn open(settings: &StorageSettings) -> Result<Self, OpenError> {
        let place = Place::read(&settings.database_url)?;
        let mut conn = connect(&place)?;
        let connections = settings.connections.max(1);
        let read_url = settings.read_url.as_deref();
        let open = match &place {
            Place::Sqlite(_) if read_url.is_some() => return Err(OpenError::NoReplica),
            Place::Sqlite(path) => {
                bring_up_to_date(&place, &mut conn)?;
                Open::Sqlite(
                    Sqlite::start(conn, path, connections).map_err(|error| unreachable(&place, &error))?,
                )
            }
            Place::Postgres(url) => {
                let pending = missing(&place, &mut conn)?;
                if !pending.is_empty() {
                    let place = place.shown();
                    return Err(OpenError::Pending { place, pending });
                }
                check_trigrams(&place, &mut conn)?;
                let replica = read_url.map(|url| Replica::start(url, connections)).transpose()?;
                Open::Postgres(
                    Postgres::start(url.clone(), connections).map_err(|error| unreachable(&place, &error))?,
                    replica,
                )
            }
        };
        Ok(Self(open))
    }
}

#[async_trait]
impl Engine for Storage {
    async fn write(&self, job: Job) -> Result<(), StoreError> {
        match &self.0 {
            Open::Sqlite(engine) => engine.write(job).await,
            Open::Postgres(engine, _) => engine.write(job).await,
        }
    }

    async fn write_together(&self, needs: Needs, job: RepeatableJob) -> Result<(), StoreError> {
        match &self.0 {
            // Its one writer commits for all that wait anyway.
            Open::Sqlite(engine) => engine.write_together(needs, job).await,
            Open::Postgres(engine, _) => engine.write_together(needs, job).await,
        }
    }

    async fn read(&self, job: Job) -> Result<(), StoreError> {
        match &self.0 {
            Open::Sqlite(engine) => engine.read(job).await,
            Open::Postgres(engine, _) => engine.read(job).await,
        }
    }

    async fn ready(&self) -> Result<(), StoreError> {
        let answer = async {
            match &self.0 {
                Open::Sqlite(engine) => engine.ready().await,
                Open::Postgres(engine, _) => engine.ready().await,
            }
        };
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(outcome) => outcome,
            Err(_) => Err(unavailable("the database did not answer in time")),
        }
    }

    async fn read_far(&self, asker: Option<UserId>, look: RepeatableJob) -> Result<(), StoreError> {
        if let Open::Postgres(primary, Some(replica)) = &self.0
            && replica.read(primary, asker, &look).await
        {
            return Ok(());
        }
        self.read(Box::new(move |tx| look(tx))).await
    }

    async fn changed_by(&self, user: UserId) -> Result<(), StoreError> {
        match &self.0 {
            Open::Postgres(primary, Some(_)) => replica::remember(primary, user).await,
            Open::Postgres(_, None) | Open::Sqlite(_) => Ok(()),
        }
    }

    async fn replica(&self) -> Option<ReplicaState> {
        match &self.0 {
            Open::Postgres(primary, Some(replica)) => Some(replica.state(primary).await),
            Open::Postgres(_, None) | Open::Sqlite(_) => None,
        }
    }
}

/// Brings the schema of a database up to date. Returns the names of the migrations that were run. Blocks.
///
/// # Errors
/// [`OpenError`], with the remedy in its text.
pub fn migrate(database_url: &str) -> Result<Vec<String>, OpenError> {
    let place = Place::read(database_url)?;
    bring_up_to_date(&place, &mut connect(&place)?)
}

/// The names of the migrations that a database lacks, the oldest first. Blocks.
///
/// # Errors
/// [`OpenError`], with the remedy in its text.
pub fn pending_migrations(database_url: &str) -> Result<Vec<String>, OpenError> {
    let place = Place::read(database_url)?;
    missing(&place, &mut connect(&place)?)
}

/// Undoes every migration, and so removes all data. Blocks.
///
/// # Errors
/// [`OpenError`], with the remedy in its text.
pub fn revert_migrations(database_url: &str) -> Result<(), OpenError> {
    let place = Place::read(database_url)?;
    let reverted = migrations::revert(&mut connect(&place)?);
    reverted.map_err(|error| migration(&place, error.as_ref()))
}

fn connect(place: &Place) -> Result<AnyConn, OpenError> {
    let connected = match place {
        Place::Sqlite(path) => {
            prepare_file(place, path)?;
            connect::sqlite(path, Use::Writing)
        }
        Place::Postgres(url) => connect::postgres(url),
    };
    connected.map_err(|error| unreachable(place, &error))
}

/// Makes the folder and an empty file that nobody else can read: there will be personal data in it.
fn prepare_file(place: &Place, path: &Path) -> Result<(), OpenError> {
    let failed = |source| OpenError::Folder {
        place: place.shown(),
        source,
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(failed(error)),
        Ok(_) | Err(_) => Ok(()),
    }
}

fn bring_up_to_date(place: &Place, conn: &mut AnyConn) -> Result<Vec<String>, OpenError> {
    migrations::run(conn).map_err(|error| migration(place, error.as_ref()))
}

fn missing(place: &Place, conn: &mut AnyConn) -> Result<Vec<String>, OpenError> {
    migrations::pending(conn).map_err(|error| migration(place, error.as_ref()))
}

/// Where the character type is `C`, Cyrillic has no trigrams: the index would find every row, and say nothing.
fn check_trigrams(place: &Place, conn: &mut AnyConn) -> Result<(), OpenError> {
    let check = Statement::<(Bool, Text)>::new(
        "select cardinality(show_trgm('иванов')) > 0, datctype::text from pg_database where datname = current_database()",
    );
    let (works, ctype): (bool, String) = check.get_result(conn).map_err(|error| OpenError::Broken {
        place: place.shown(),
        reason: place.without_secrets(&error.to_string()),
    })?;
    let place = place.shown();
    if works {
        Ok(())
    } else {
        Err(OpenError::Cyrillic { place, ctype })
    }
}

fn unreachable(place: &Place, error: &dyn std::fmt::Display) -> OpenError {
    OpenError::Unreachable {
        place: place.shown(),
        reason: place.without_secrets(error.to_string().trim()),
    }
}

fn migration(place: &Place, error: &(dyn std::error::Error + Send + Sync)) -> OpenError {
    OpenError::Migration {
        place: place.shown(),
        reason: place.without_secrets(&error.to_string()),
    }
}
