//! A fresh database for every test, on either engine, and the helpers that every scenario uses.

use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use sverka_app::ports::store::{Store, StoreError, Tx};
use sverka_storage::{Storage, StorageSettings, migrate};

/// Where the tests make their databases: a superuser's address.
const SERVER: &str = "SVERKA_TEST_DATABASE_URL";

/// A database of one test's own.
pub(crate) struct Database {
    pub(crate) url: String,
    place: Place,
}

enum Place {
    File { _folder: tempfile::TempDir },
    Server { server: String, name: String },
}

impl Database {
    /// An empty file.
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/new/sverka.db", folder.path().display());
        Self {
            url,
            place: Place::File { _folder: folder },
        }
    }

    /// An empty database on the server.
    pub(crate) fn postgres() -> Self {
        Self::postgres_like("")
    }

    /// An empty database on the server, made with `options`.
    pub(crate) fn postgres_like(options: &str) -> Self {
        let server = server();
        let name = format!("sverka_test_{:016x}", random());
        let (address, query) = server.split_once('?').unwrap_or((&server, ""));
        let (address, _) = address.rsplit_once('/').expect("an address ends with a database");
        let url = format!("{address}/{name}?{query}");
        execute_postgres(&server, &format!("create database {name} {options}"));
        Self {
            url,
            place: Place::Server { server, name },
        }
    }

    /// The store over it, migrated.
    pub(crate) fn open(&self) -> Storage {
        migrate(&self.url).unwrap();
        Storage::open(&StorageSettings::new(&self.url)).unwrap()
    }

    /// Whether it is PostgreSQL.
    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.place, Place::Server { .. })
    }

    /// Runs SQL past the store; the error as text.
    pub(crate) fn try_sql(&self, sql: &str) -> Result<(), String> {
        let outcome = if self.is_postgres() {
            PgConnection::establish(&self.url).unwrap().batch_execute(sql)
        } else {
            let path = self.url.strip_prefix("sqlite://").unwrap();
            SqliteConnection::establish(path).unwrap().batch_execute(sql)
        };
        outcome.map_err(|error| error.to_string())
    }

    /// Runs SQL past the store.
    pub(crate) fn sql(&self, sql: &str) {
        self.try_sql(sql).unwrap();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Place::Server { server, name } = &self.place {
            let mut conn = PgConnection::establish(server).unwrap();
            let dropped = conn.batch_execute(&format!("drop database if exists {name} with (force)"));
            assert!(dropped.is_ok() || std::thread::panicking(), "{dropped:?}");
        }
    }
}

/// A database and the store over it.
pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) engine: Arc<Storage>,
    pub(crate) database: Database,
}

/// Runs a scenario in a world of its own.
pub(crate) fn run<F: Future<Output = ()>>(database: Database, scenario: impl FnOnce(Arc<World>) -> F) {
    let engine = Arc::new(database.open());
    let world = Arc::new(World {
        store: Store::new(engine.clone()),
        engine,
        database,
    });
    runtime().block_on(scenario(world));
}

/// A runtime with several threads, as in the program.
pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()
        .unwrap()
}

impl World {
    /// Writes, and fails the test when that fails.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.store.write(work).await.unwrap()
    }

    /// Reads, and fails the test when that fails.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.store.read(work).await.unwrap()
    }

    /// What a write is refused with.
    pub(crate) async fn refused<T: std::fmt::Debug + Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
    ) -> StoreError {
        self.store.write(work).await.unwrap_err()
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "the address of the test server is not the program's configuration"
)]
fn server() -> String {
    // As the storage does: or the process may end by a signal, after its tests have passed.
    openssl_sys::init();
    std::env::var(SERVER).unwrap_or_else(|_| {
        panic!("{SERVER} is not set, and the store is tested on both engines: run `make test`, or `scripts/with-postgres cargo test`")
    })
}

fn execute_postgres(url: &str, sql: &str) {
    PgConnection::establish(url).unwrap().batch_execute(sql).unwrap();
}

/// Differs from run to run: a test that was killed leaves its database behind.
fn random() -> u64 {
    std::collections::hash_map::RandomState::new()
        .build_hasher()
        .finish()
}
