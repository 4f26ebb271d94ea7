//! A fresh database for every test, on either engine.

use std::hash::{BuildHasher as _, Hasher as _};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use sverka_storage::{Storage, StorageSettings, migrate};

/// Where the tests make their databases: a superuser's address.
const SERVER: &str = "SVERKA_TEST_DATABASE_URL";
/// Enough for two requests and a worker at once; the server has to do for many tests.
const CONNECTIONS: u32 = 6;

/// Which engine a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file in a folder of the test's own.
    Sqlite,
    /// A database of the test's own.
    Postgres,
}

/// A database that goes when it is dropped.
pub(super) struct Database {
    url: String,
    place: Place,
}

enum Place {
    File { _folder: tempfile::TempDir },
    Server { server: String, name: String },
}

impl Database {
    pub(super) fn create(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                let url = format!("sqlite://{}/sverka.db", folder.path().display());
                let place = Place::File { _folder: folder };
                Self { url, place }
            }
            Engine::Postgres => {
                let server = server();
                let name = format!("sverka_whole_{:016x}", random());
                let (address, _) = server.rsplit_once('/').expect("the address ends with a database");
                let url = format!("{address}/{name}");
                execute(&server, &format!("create database {name}")).unwrap();
                let place = Place::Server { server, name };
                Self { url, place }
            }
        }
    }

    /// The store over it, migrated.
    pub(super) fn open(&self) -> Storage {
        migrate(&self.url).unwrap();
        let settings = StorageSettings {
            connections: CONNECTIONS,
            ..StorageSettings::new(&self.url)
        };
        Storage::open(&settings).unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Place::Server { server, name } = &self.place {
            let dropped = execute(server, &format!("drop database if exists {name} with (force)"));
            assert!(dropped.is_ok() || std::thread::panicking(), "{dropped:?}");
        }
    }
}

fn execute(url: &str, sql: &str) -> Result<(), String> {
    // As the storage does: or the process may end by a signal, after its tests have passed.
    openssl_sys::init();
    let mut conn = PgConnection::establish(url).map_err(|error| error.to_string())?;
    conn.batch_execute(sql).map_err(|error| error.to_string())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the address of the test server is not the program's configuration"
)]
fn server() -> String {
    std::env::var(SERVER).unwrap_or_else(|_| {
        panic!("{SERVER} is not set, and everything is tested on both engines: run `make test`, or `scripts/with-postgres cargo test`")
    })
}

/// Differs from run to run: a test that was killed leaves its database behind.
fn random() -> u64 {
    std::collections::hash_map::RandomState::new()
        .build_hasher()
        .finish()
}
