//! Rows into a file of SQLite: one transaction, the indexes at the end.

use rusqlite::types::Value as Column;
use rusqlite::{Connection, params_from_iter};

use super::fill::{KINDS, Sink, Table};
use super::rows::{Cell, Value};

/// A statement takes in so many rows.
const AT_ONCE: usize = 50;

/// How many rows of one second have a place; the store counts so.
const IN_A_SECOND: i64 = 1 << 20;

pub(super) struct Sqlite {
    conn: Connection,
    put_off: Vec<String>,
    waiting: [Vec<Vec<Cell>>; 2],
    /// The first number of a second that no row has which was there before.
    free: i64,
    last: i64,
}

impl Sqlite {
    pub(super) fn open(path: &str) -> Self {
        let conn = Connection::open(path).expect("the file opens");
        conn.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = off; pragma cache_size = -262144; pragma temp_store = memory; \
             pragma foreign_keys = off; pragma wal_autocheckpoint = 100000; begin immediate",
        )
        .expect("the file is not locked");
        let put_off = put_off(&conn);
        let taken = "select coalesce(max(seq & 1048575) + 1, 0) from payment_attempts";
        let free = conn.query_row(taken, [], |row| row.get(0)).expect("a number");
        Self {
            conn,
            put_off,
            waiting: [Vec::new(), Vec::new()],
            free,
            last: 0,
        }
    }

    fn write(&mut self, table: Table) {
        let rows = std::mem::take(&mut self.waiting[place(table)]);
        let Some(first) = rows.first() else { return };
        let names: Vec<&str> = first.iter().map(|(name, _)| *name).collect();
        let one = format!("({})", vec!["?"; names.len()].join(","));
        let sql = format!(
            "insert into {} ({}) values {}",
            table.name(),
            names.join(","),
            vec![one.as_str(); rows.len()].join(",")
        );
        let mut statement = self.conn.prepare_cached(&sql).expect("a statement");
        let values = rows.into_iter().flatten().map(|(_, value)| column(value));
        statement
            .execute(params_from_iter(values))
            .expect("the rows go in");
    }
}

impl Sink for Sqlite {
    fn row(&mut self, table: Table, mut row: Vec<Cell>) {
        if table == Table::Attempts {
            let at = row.iter().find_map(|(name, value)| match value {
                Value::Time(at) if *name == "created_at" => Some(at.as_microsecond()),
                _ => None,
            });
            let first = at.expect("a time").div_euclid(1_000_000) * IN_A_SECOND;
            self.last = (first + self.free).max(self.last + 1);
            row.push(("seq", Value::Int(self.last)));
        }
        let waiting = &mut self.waiting[place(table)];
        waiting.push(row);
        if waiting.len() >= AT_ONCE {
            self.write(table);
        }
    }

    fn finish(mut self: Box<Self>) {
        for table in Table::ALL {
            self.write(table);
        }
        for sql in &self.put_off {
            self.conn.execute_batch(sql).expect("an index is made");
        }
        let texts: Vec<String> = strings(
            &self.conn,
            "select name from sqlite_master where type = 'table' and sql like 'create virtual table%fts5%'",
        );
        for text in texts {
            let sql = format!("insert into {text} ({text}) values ('rebuild')");
            self.conn
                .execute_batch(&sql)
                .expect("the index of texts is built");
        }
        self.conn.execute_batch(KINDS).expect("the kinds are noted");
        self.conn
            .execute_batch("commit; analyze; pragma wal_checkpoint(truncate)")
            .expect("the rows are kept");
    }
}

/// Drops the indexes and triggers of both tables; what makes them again.
fn put_off(conn: &Connection) -> Vec<String> {
    let tables = "tbl_name in ('payment_attempts', 'deliveries') and sql is not null";
    let mut all = Vec::new();
    for kind in ["index", "trigger"] {
        all.extend(strings(
            conn,
            &format!("select sql from sqlite_master where type = '{kind}' and {tables}"),
        ));
        for name in strings(
            conn,
            &format!("select name from sqlite_master where type = '{kind}' and {tables}"),
        ) {
            conn.execute_batch(&format!("drop {kind} {name}"))
                .expect("it is dropped");
        }
    }
    all
}

fn strings(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(sql).expect("a statement");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.collect::<Result<_, _>>().expect("texts")
}

fn place(table: Table) -> usize {
    match table {
        Table::Attempts => 0,
        Table::Deliveries => 1,
    }
}

fn column(value: Value) -> Column {
    match value {
        Value::Null => Column::Null,
        Value::Text(text) => Column::Text(text),
        Value::Int(number) => Column::Integer(number),
        Value::Bool(yes) => Column::Integer(yes.into()),
        Value::Id(id) => Column::Blob(id.as_bytes().to_vec()),
        Value::Time(at) => Column::Integer(at.as_microsecond()),
        Value::Bytes(bytes) => Column::Blob(bytes),
    }
}
