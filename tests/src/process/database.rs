//! A database of its own for each test.

use std::path::{Path, PathBuf};
use std::process::Command;

use url::Url;

use super::environment::{server, unique};

/// Which database engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

/// An empty database; removed with the test.
pub struct Database {
    /// For `database_url`.
    pub url: String,
    on_server: Option<OnServer>,
}

struct OnServer {
    server: String,
    name: String,
}

impl Database {
    /// Makes one; a file goes into `folder`.
    #[must_use]
    pub fn new(engine: Engine, folder: &Path) -> Self {
        match engine {
            Engine::Sqlite => Self {
                url: format!("sqlite://{}", folder.join("sverka.db").display()),
                on_server: None,
            },
            Engine::Postgres => Self::on_server(),
        }
    }

    fn on_server() -> Self {
        let (server, name) = (server(), format!("sverka_faults_{:016x}", unique()));
        let (address, query) = server.split_once('?').unwrap_or((&server, ""));
        let (address, _) = address.rsplit_once('/').expect("an address ends with a database");
        let url = format!("{address}/{name}?{query}");
        execute(&server, &[&format!("create database {name}")]);
        Self {
            url: url.trim_end_matches('?').to_owned(),
            on_server: Some(OnServer { server, name }),
        }
    }

    /// Takes the database away: every connection is cut, and none is let in.
    pub fn take_away(&self) {
        let OnServer { server, name } = self.on_server.as_ref().expect("only a server can go away");
        execute(
            server,
            &[
                &format!("alter database {name} allow_connections false"),
                &format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"),
            ],
        );
    }

    /// Gives it back.
    pub fn give_back(&self) {
        let OnServer { server, name } = self.on_server.as_ref().expect("only a server can go away");
        execute(
            server,
            &[&format!("alter database {name} allow_connections true")],
        );
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(OnServer { server, name }) = &self.on_server {
            execute(server, &[&format!("drop database if exists {name} with (force)")]);
        }
    }
}

/// Has a server, in its folder, crash and recover, on the same port.
///
/// # Panics
/// When it does not come back.
pub fn crash_server(folder: &Path) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/postgres");
    let restarted = Command::new(script).arg("restart").arg(folder).status();
    assert!(
        restarted.is_ok_and(|status| status.success()),
        "scripts/postgres restart failed"
    );
}

/// Runs statements by `psql`, each in a transaction of its own. The address goes by the environment: it has a password.
pub(super) fn execute(server: &str, statements: &[&str]) {
    let url = Url::parse(server).expect("SVERKA_TEST_DATABASE_URL is an address");
    let mut psql = Command::new(psql());
    psql.env("PGHOST", url.host_str().unwrap_or("127.0.0.1"));
    psql.env("PGPORT", url.port().unwrap_or(5432).to_string());
    psql.env("PGUSER", url.username());
    psql.env("PGPASSWORD", url.password().unwrap_or_default());
    psql.env("PGDATABASE", url.path().trim_start_matches('/'));
    psql.args(["--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1"]);
    psql.args(
        statements
            .iter()
            .map(|statement| format!("--command={statement}")),
    );
    let done = psql.output().expect("psql starts");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() || std::thread::panicking(), "psql: {said}");
}

/// It comes with the server.
fn psql() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|version| Some(version.ok()?.path().join("bin/psql")))
        .filter(|psql| psql.is_file())
        .collect();
    found.sort();
    found.pop().unwrap_or_else(|| "psql".into())
}
