//! The rows of a journal made up on purpose are those that the store itself would have written.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by a panic"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::types::Value;
use sverka_app::ports::store::{AttemptFilter, Page, Store};
use sverka_bench::journal::{Journal, fill};
use sverka_domain::search::readings;
use sverka_storage::{Storage, StorageSettings, migrate};
use sverka_tests::process::{Database, Engine};

const ROWS: u64 = 2_000;

fn journal() -> Journal {
    Journal::of_two_years(ROWS, 7, "2026-11-24T00:00:00Z".parse().unwrap())
}

fn open(database: &Database) -> Store {
    Store::new(Arc::new(
        Storage::open(&StorageSettings::new(&database.url)).unwrap(),
    ))
}

fn filled(engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::new(engine, folder.path());
    migrate(&database.url).unwrap();
    let filled = fill(&database.url, &journal());
    assert!(filled.deliveries > ROWS / 2, "{filled:?}");
    let store = open(&database);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for nth in (0..ROWS).step_by(97) {
        let expected = journal().nth(nth);
        let id = expected.attempt.id;
        let text = expected.attempt.client.name.clone();
        let read = store.read(move |tx| {
            let filter = AttemptFilter {
                readings: readings(&text),
                ..AttemptFilter::default()
            };
            let found = tx.attempts().search(
                &filter,
                Page {
                    after: None,
                    limit: 1000,
                },
            )?;
            Ok::<_, sverka_app::ports::store::StoreError>((found, tx.deliveries().of_attempt(id)?))
        });
        let (found, deliveries) = runtime.block_on(read).unwrap();
        let found = found.into_iter().find(|attempt| attempt.id == id);
        assert_eq!(found, Some(expected.attempt), "row {nth}");
        assert_eq!(deliveries, expected.deliveries, "row {nth}");
    }
}

#[test]
fn rows_are_read_back_and_found_by_name_in_sqlite() {
    filled(Engine::Sqlite);
}

#[test]
fn rows_are_read_back_and_found_by_name_in_postgresql() {
    filled(Engine::Postgres);
}

/// Every column, as text, by order number.
fn columns(database: &Database) -> BTreeMap<String, Vec<(String, Value)>> {
    let conn = rusqlite::Connection::open(database.url.strip_prefix("sqlite://").unwrap()).unwrap();
    let mut statement = conn.prepare("select * from payment_attempts").unwrap();
    let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let rows = statement.query_map([], |row| {
        let cells = names
            .iter()
            .map(|name| Ok((name.clone(), row.get(name.as_str())?)));
        Ok((row.get("order_number")?, cells.collect::<rusqlite::Result<_>>()?))
    });
    rows.unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

#[test]
fn rows_are_the_same_as_the_store_writes_them() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let bulk = Database::new(Engine::Sqlite, one.path());
    migrate(&bulk.url).unwrap();
    let journal = Journal {
        rows: 300,
        ..journal()
    };
    let _ = fill(&bulk.url, &journal);
    let by_store = Database::new(Engine::Sqlite, other.path());
    let store = open(&by_store);
    let written = store.write(move |tx| {
        for nth in 0..journal.rows {
            let payment = journal.nth(nth);
            tx.attempts().insert(&payment.attempt, payment.needs_attention)?;
        }
        Ok::<_, sverka_app::ports::store::StoreError>(())
    });
    tokio::runtime::Runtime::new().unwrap().block_on(written).unwrap();
    assert_eq!(columns(&bulk), columns(&by_store));
}
