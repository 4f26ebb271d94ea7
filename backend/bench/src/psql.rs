//! The programs that come with PostgreSQL. An address goes to them by the environment: it has a password.

use std::path::PathBuf;
use std::process::Command;

use url::Url;

/// One of the server's programs (`psql`, `pgbench`), to be run on the database at `url`.
///
/// # Panics
/// When `url` is none.
#[must_use]
pub fn command(name: &str, url: &str) -> Command {
    let url = Url::parse(url).expect("the address of a database");
    let mut command = Command::new(program(name));
    command.env("PGHOST", url.host_str().unwrap_or("127.0.0.1"));
    command.env("PGPORT", url.port().unwrap_or(5432).to_string());
    command.env("PGUSER", url.username());
    command.env("PGPASSWORD", url.password().unwrap_or_default());
    command.env("PGDATABASE", url.path().trim_start_matches('/'));
    command
}

/// Runs statements as one transaction, where they allow it.
///
/// # Panics
/// When one fails.
pub fn execute(url: &str, sql: &str) {
    let _ = lines(url, sql);
}

/// The rows of a statement, as psql shows them bare.
///
/// # Panics
/// When it fails.
#[must_use]
pub fn lines(url: &str, sql: &str) -> Vec<String> {
    let mut psql = command("psql", url);
    psql.args([
        "--no-psqlrc",
        "--quiet",
        "--no-password",
        "--tuples-only",
        "--no-align",
    ]);
    psql.args(["--set=ON_ERROR_STOP=1", "--command", sql]);
    let done = psql.output().expect("psql starts");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "psql: {said}");
    let out = String::from_utf8_lossy(&done.stdout);
    out.lines().map(str::to_owned).collect()
}

fn program(name: &str) -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|version| Some(version.ok()?.path().join("bin").join(name)))
        .filter(|program| program.is_file())
        .collect();
    found.sort();
    found.pop().unwrap_or_else(|| name.into())
}
