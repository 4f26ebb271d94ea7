//! The two schemas are one, and the way back is real; what cannot be opened says what to do.

use std::sync::Arc;

use diesel::connection::SimpleConnection;
use diesel::sql_types::{Bool, Text};
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};
use sverka_app::ports::store::{Engine, Store};
use sverka_storage::{OpenError, Storage, StorageSettings, migrate, pending_migrations, revert_migrations};

use crate::harness::{Database, runtime};
use crate::samples::attempt;

#[derive(QueryableByName, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Column {
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

#[derive(QueryableByName, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Columns, foreign keys and unique indexes of both engines, spelled alike. Each has its own way to keep the texts that a
/// search reads.
const POSTGRES: [&str; 2] = [
    "select table_name || '.' || column_name as place, is_nullable = 'YES' as nullable \
     from information_schema.columns where table_schema = 'public' and table_name <> 'attempt_texts' order by 1",
    "select conrelid::regclass || '.' || a.attname || ' -> ' || confrelid::regclass || '.' || b.attname as name \
     from pg_constraint c \
     join pg_attribute a on a.attrelid = conrelid and a.attnum = conkey[1] \
     join pg_attribute b on b.attrelid = confrelid and b.attnum = confkey[1] \
     where contype = 'f' order by 1",
];
const SQLITE: [&str; 2] = [
    "select m.name || '.' || c.name as place, c.\"notnull\" = 0 as nullable \
     from sqlite_schema m join pragma_table_info(m.name) c \
     where m.type = 'table' and m.name not like 'attempts_by_text%' and m.name not like 'sqlite_%' order by 1",
    "select m.name || '.' || f.\"from\" || ' -> ' || f.\"table\" || '.' || f.\"to\" as name \
     from sqlite_schema m join pragma_foreign_key_list(m.name) f where m.type = 'table' order by 1",
];

/// Only in SQLite: the number that its index of texts knows a row by.
const ONLY_SQLITE: &str = "payment_attempts.seq";

#[test]
fn both_schemas_have_the_same_columns_and_foreign_keys() {
    let (sqlite, postgres) = (Database::sqlite(), Database::postgres());
    migrate(&sqlite.url).unwrap();
    migrate(&postgres.url).unwrap();
    let mut lite = SqliteConnection::establish(sqlite.url.strip_prefix("sqlite://").unwrap()).unwrap();
    let mut pg = PgConnection::establish(&postgres.url).unwrap();

    let mut columns: Vec<Column> = sql_query(SQLITE[0]).load(&mut lite).unwrap();
    columns.retain(|column| column.place != ONLY_SQLITE && !column.place.starts_with("__diesel"));
    let mut expected: Vec<Column> = sql_query(POSTGRES[0]).load(&mut pg).unwrap();
    expected.retain(|column| !column.place.starts_with("__diesel"));
    columns.sort();
    expected.sort();
    assert!(columns.len() > 100);
    assert_eq!(columns, expected);

    let mut keys: Vec<Name> = sql_query(SQLITE[1]).load(&mut lite).unwrap();
    let mut expected: Vec<Name> = sql_query(POSTGRES[1]).load(&mut pg).unwrap();
    keys.sort();
    expected.sort();
    assert!(keys.len() > 8);
    assert_eq!(keys, expected);
}

fn there_and_back(database: &Database) {
    let all = pending_migrations(&database.url).unwrap();
    assert!(!all.is_empty());
    assert_eq!(migrate(&database.url).unwrap(), all);
    assert_eq!(pending_migrations(&database.url).unwrap(), [""; 0]);
    assert_eq!(migrate(&database.url).unwrap(), [""; 0]);
    revert_migrations(&database.url).unwrap();
    assert_eq!(pending_migrations(&database.url).unwrap(), all);
    assert_eq!(migrate(&database.url).unwrap(), all);
    Storage::open(&StorageSettings::new(&database.url)).unwrap();
}

#[test]
fn sqlite_can_be_migrated_there_and_back() {
    there_and_back(&Database::sqlite());
}

#[test]
fn postgres_can_be_migrated_there_and_back() {
    there_and_back(&Database::postgres());
}

fn refusal(url: &str) -> OpenError {
    match Storage::open(&StorageSettings::new(url)) {
        Ok(_) => panic!("it was opened"),
        Err(refused) => refused,
    }
}

#[test]
fn sqlite_is_migrated_when_it_is_opened() {
    let database = Database::sqlite();
    drop(Storage::open(&StorageSettings::new(&database.url)).unwrap());
    assert_eq!(pending_migrations(&database.url).unwrap(), [""; 0]);
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_a_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let database = Database::sqlite();
    drop(database.open());
    let path = database.url.strip_prefix("sqlite://").unwrap();
    assert_eq!(
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn postgres_is_not_migrated_by_opening_it() {
    let database = Database::postgres();
    let refused = refusal(&database.url);
    assert!(matches!(refused, OpenError::Pending { .. }), "{refused}");
    assert!(refused.to_string().contains("run `sverka migrate`"), "{refused}");
    assert!(!pending_migrations(&database.url).unwrap().is_empty());
}

#[test]
fn several_programs_may_migrate_at_once() {
    for database in [Database::sqlite(), Database::postgres()] {
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..4).map(|_| scope.spawn(|| migrate(&database.url))).collect();
            for one in all {
                one.join().unwrap().unwrap();
            }
        });
        assert_eq!(pending_migrations(&database.url).unwrap(), [""; 0]);
    }
}

#[test]
fn a_database_that_knows_no_cyrillic_is_refused() {
    let database = Database::postgres_like("template template0 encoding 'UTF8' lc_ctype 'C' lc_collate 'C'");
    migrate(&database.url).unwrap();
    let refused = refusal(&database.url).to_string();
    assert!(refused.contains("LC_CTYPE is C:"), "{refused}");
    assert!(refused.contains("lc_ctype 'C.UTF-8'"), "{refused}");
}

#[test]
fn an_unreachable_database_is_named_without_its_password() {
    let refused = refusal("postgres://sverka:s3cret@127.0.0.1:1/journal").to_string();
    assert!(refused.contains("127.0.0.1:1/journal"), "{refused}");
    assert!(!refused.contains("s3cret"), "{refused}");
    let refused = refusal("sqlite:///proc/nowhere/sverka.db").to_string();
    assert!(refused.contains("/proc/nowhere/sverka.db"), "{refused}");
    let refused = refusal("mysql://root:s3cret@localhost/journal").to_string();
    assert!(
        refused.contains("sqlite://") && !refused.contains("s3cret"),
        "{refused}"
    );
}

#[test]
fn a_program_serves_a_database_that_a_newer_one_has_migrated() {
    for database in [Database::sqlite(), Database::postgres()] {
        migrate(&database.url).unwrap();
        database.sql("insert into __diesel_schema_migrations (version) values ('20991231235959')");
        let store = Storage::open(&StorageSettings::new(&database.url)).unwrap();
        runtime().block_on(store.ready()).unwrap();
        assert_eq!(pending_migrations(&database.url).unwrap(), [""; 0]);
        assert_eq!(migrate(&database.url).unwrap(), [""; 0]);
    }
}

#[test]
fn texts_from_before_their_table_are_found_in_it() {
    let database = Database::postgres();
    migrate(&database.url).unwrap();
    let store = Store::new(Arc::new(
        Storage::open(&StorageSettings::new(&database.url)).unwrap(),
    ));
    let written = store.write(|tx| {
        tx.attempts().insert(&attempt(1), false)?;
        tx.attempts().insert(&attempt(2), false)
    });
    runtime().block_on(written).unwrap();
    // As it was when the table had been made, one attempt had come since, and the older one was not filled in.
    database.sql(
        "delete from __diesel_schema_migrations where version = '20261124000092'; \
         delete from attempt_texts where id = (select id from payment_attempts order by created_at, id limit 1)",
    );
    assert_eq!(migrate(&database.url).unwrap().len(), 1);
    let mut pg = PgConnection::establish(&database.url).unwrap();
    let same: Name = sql_query(
        "select count(*)::text as name from payment_attempts p join attempt_texts t \
         using (id, bucket, search_text, created_at)",
    )
    .get_result(&mut pg)
    .unwrap();
    assert_eq!(same.name, "2");
    // An attempt is never deleted but by hand; its text goes with it.
    database.sql("delete from payment_attempts");
    let left: Name = sql_query("select count(*)::text as name from attempt_texts")
        .get_result(&mut pg)
        .unwrap();
    assert_eq!(left.name, "0");
}

#[test]
fn a_migration_waits_for_a_table_that_is_in_use_and_does_not_hold_up_others() {
    let database = Database::postgres();
    migrate(&database.url).unwrap();
    // As the newest version but one left it.
    database.sql(
        "delete from __diesel_schema_migrations where version = '20261124000080'; \
         alter table bank_notifications drop column raw_dropped_at",
    );
    let mut reader = PgConnection::establish(&database.url).unwrap();
    reader
        .batch_execute("begin; select count(*) from bank_notifications")
        .unwrap();
    let url = &database.url;
    std::thread::scope(|scope| {
        let migration = scope.spawn(|| migrate(url));
        let waiting =
            "select count(*) from pg_locks where not granted and relation = 'bank_notifications'::regclass";
        let mut looker = PgConnection::establish(url).unwrap();
        let count = |looker: &mut PgConnection| {
            sql_query(format!("select ({waiting})::text as name"))
                .get_result::<Name>(looker)
                .unwrap()
                .name
        };
        while count(&mut looker) == "0" {
            assert!(!migration.is_finished(), "it did not wait for the table");
        }
        // Somebody who comes behind it is let through, though the first reader still reads.
        looker
            .batch_execute("set statement_timeout = '20s'; select count(*) from bank_notifications")
            .expect("a later reader is not held up for long");
        assert!(
            !migration.is_finished(),
            "it cannot be done while the table is read"
        );
        reader.batch_execute("commit").unwrap();
        assert_eq!(migration.join().unwrap().unwrap().len(), 1);
    });
    assert_eq!(pending_migrations(url).unwrap(), [""; 0]);
}
