//! The same rows written without us: pgbench by one prepared statement a transaction, SQLite by one commit a transaction.

use std::io::Write as _;
use std::time::Duration;

use rusqlite::Connection;
use sverka_tests::process::Engine;
use tempfile::TempDir;

use crate::figures::percentile;
use crate::load::now;
use crate::psql;

/// What a callback writes: the notification, the attempt, the delivery, two entries of the timeline.
const POSTGRES: &str = include_str!("callback.postgres.sql");
const SQLITE: [&str; 5] = [
    include_str!("callback.sqlite.1.sql"),
    include_str!("callback.sqlite.2.sql"),
    include_str!("callback.sqlite.3.sql"),
    include_str!("callback.sqlite.4.sql"),
    include_str!("callback.sqlite.5.sql"),
];

/// Which attempts are its, in a table of their own, with the ids that it gives.
const POSTGRES_TABLE: &str = "
create table bench_waiting as select row_number() over (order by id) as n, id as attempt_id, order_number, bank_order_id,
  (lpad(to_hex(1790000000000 + row_number() over (order by id)), 12, '0') || '7' || substr(md5(order_number), 1, 3) || '8'
   || substr(md5(order_number), 4, 15))::uuid as own
  from payment_attempts where order_number like 'N2-%';
alter table bench_waiting add primary key (n);
create sequence bench_next;
analyze bench_waiting";
const SQLITE_TABLE: &str = "
create table bench_waiting as select row_number() over (order by id) as n, id as attempt_id, order_number, bank_order_id
  from payment_attempts where order_number like 'N2-%';
create unique index bench_waiting_n on bench_waiting (n)";

pub(super) fn name(engine: Engine) -> &'static str {
    match engine {
        Engine::Postgres => "pgbench, one prepared statement, 32 clients",
        Engine::Sqlite => "one commit a transaction",
    }
}

pub(super) enum Reference {
    Postgres { url: String, folder: TempDir },
    Sqlite { path: String, next: u64 },
}

impl Reference {
    pub(super) fn prepare(url: &str, _rows: u64) -> Self {
        if let Some(path) = url.strip_prefix("sqlite://") {
            open(path).execute_batch(SQLITE_TABLE).expect("a table");
            return Self::Sqlite {
                path: path.to_owned(),
                next: 1,
            };
        }
        for statement in POSTGRES_TABLE.split(";\n") {
            psql::execute(url, statement);
        }
        let folder = tempfile::tempdir().expect("a folder");
        let script = folder.path().join("callback.sql");
        std::fs::File::create(script)
            .and_then(|mut file| file.write_all(POSTGRES.as_bytes()))
            .expect("a file");
        Self::Postgres {
            url: url.to_owned(),
            folder,
        }
    }

    /// So many more, and how many a second, and the 99th percentile in milliseconds.
    pub(super) fn run(&mut self, count: u64, callers: usize) -> (f64, f64) {
        let (rate, mut times) = match self {
            Self::Postgres { url, folder } => pgbench(url, folder, count, callers),
            Self::Sqlite { path, next } => {
                let from = *next;
                *next += count;
                commits(path, from, count)
            }
        };
        times.sort_unstable();
        (rate, percentile(&times, 99))
    }
}

fn pgbench(url: &str, folder: &TempDir, count: u64, callers: usize) -> (f64, Vec<Duration>) {
    let mut command = psql::command("pgbench", url);
    let each = count / callers as u64;
    command.current_dir(folder.path()).args([
        "--no-vacuum",
        "--protocol=prepared",
        "--log",
        "--log-prefix=run",
    ]);
    command.args([
        "--file=callback.sql",
        "--jobs=2",
        &format!("--client={callers}"),
        &format!("--transactions={each}"),
    ]);
    let done = command.output().expect("pgbench starts");
    let (out, said) = (
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr),
    );
    assert!(done.status.success(), "pgbench: {said}");
    let rate = out
        .lines()
        .find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    let mut times = Vec::new();
    for file in std::fs::read_dir(folder.path()).expect("the folder").flatten() {
        if !file.file_name().to_string_lossy().starts_with("run") {
            continue;
        }
        let text = std::fs::read_to_string(file.path()).expect("a log");
        let third = text
            .lines()
            .filter_map(|line| line.split(' ').nth(2)?.parse().ok());
        times.extend(third.map(Duration::from_micros));
        std::fs::remove_file(file.path()).expect("it is removed");
    }
    (rate.expect("pgbench tells its rate"), times)
}

fn open(path: &str) -> Connection {
    let conn = Connection::open(path).expect("the file opens");
    conn.execute_batch(
        "pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; \
         pragma temp_store = memory; pragma cache_size = -65536; pragma wal_autocheckpoint = 4000;",
    )
    .expect("the settings of the store");
    conn
}

fn commits(path: &str, from: u64, count: u64) -> (f64, Vec<Duration>) {
    let conn = open(path);
    let began = now();
    let times: Vec<Duration> = (from..from + count)
        .map(|n| {
            let sent = now();
            conn.execute_batch("begin immediate").expect("nobody else writes");
            for sql in SQLITE {
                let mut statement = conn.prepare_cached(sql).expect("a statement");
                let written = statement.execute([i64::try_from(n).unwrap_or(0)]).expect("a row");
                assert_eq!(written, 1, "row {n}: {sql}");
            }
            conn.execute_batch("commit").expect("it is kept");
            sent.elapsed()
        })
        .collect();
    (count as f64 / began.elapsed().as_secs_f64(), times)
}
