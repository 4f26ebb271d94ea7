//! A streaming replica of the tests' PostgreSQL, started by `scripts/postgres`.

use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::database::{Database, execute};
use super::environment::server;

/// A replica that runs; stopped and removed when dropped.
pub struct Standby {
    folder: TempDir,
    server: String,
}

impl Standby {
    /// Copies the server that `SVERKA_TEST_DATABASE_URL` names, and follows it. Blocks.
    ///
    /// # Panics
    /// When it cannot be started.
    #[must_use]
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let told = script(&["standby", "--fast", path(&folder), &server()]);
        let url = told.trim().strip_prefix("DATABASE_URL=").expect("an address");
        Self {
            server: url.to_owned(),
            folder,
        }
    }

    /// The address of the same database here.
    ///
    /// # Panics
    /// When an address ends with no database.
    #[must_use]
    pub fn url(&self, database: &Database) -> String {
        let (here, _) = self.server.rsplit_once('/').expect("a database");
        let (_, name) = database.url.rsplit_once('/').expect("a database");
        format!("{here}/{name}")
    }

    /// It goes on receiving, and shows nothing of it.
    pub fn pause(&self) {
        execute(&self.server, &["select pg_wal_replay_pause()"]);
    }

    /// It shows everything again.
    pub fn resume(&self) {
        execute(&self.server, &["select pg_wal_replay_resume()"]);
    }

    /// `kill -9`.
    ///
    /// # Panics
    /// When it does not run.
    pub fn kill(&self) {
        let pid = self.folder.path().join("data/postmaster.pid");
        let pid = std::fs::read_to_string(pid).expect("it runs");
        let pid = pid.lines().next().expect("a number");
        let killed = Command::new("sh").args(["-c", "kill -KILL \"$0\"", pid]).status();
        assert!(killed.expect("a shell starts").success(), "it was not killed");
    }

    /// It is back after a kill, at its address.
    pub fn start_again(&self) {
        let (_, port) = self.server.rsplit_once(':').expect("a port");
        let (port, _) = port.split_once('/').expect("a database");
        script(&["start", "--fast", "--port", port, path(&self.folder)]);
    }
}

impl Drop for Standby {
    fn drop(&mut self) {
        let stopped = Command::new(root().join("scripts/postgres"))
            .args(["stop", path(&self.folder)])
            .status();
        assert!(
            stopped.is_ok_and(|status| status.success()) || std::thread::panicking(),
            "the replica does not stop"
        );
    }
}

fn path(folder: &TempDir) -> &str {
    folder.path().to_str().expect("a path of text")
}

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn script(arguments: &[&str]) -> String {
    let run = Command::new(root().join("scripts/postgres"))
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .expect("scripts/postgres runs");
    assert!(run.status.success(), "scripts/postgres {} failed", arguments[0]);
    String::from_utf8(run.stdout).expect("text")
}
