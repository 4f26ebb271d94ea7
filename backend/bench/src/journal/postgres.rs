//! Rows into PostgreSQL: `copy` by one psql a table, the indexes at the end.

use std::fmt::Write as _;
use std::io::{BufWriter, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};

use super::fill::{KINDS, Sink, Table};
use super::rows::{Cell, Value};
use crate::psql;

pub(super) struct Postgres {
    url: String,
    put_off: Vec<String>,
    copies: [Option<Copy>; 2],
    line: String,
}

struct Copy {
    psql: Child,
    rows: BufWriter<ChildStdin>,
}

/// The one who fills answers for the references.
const UNCHECKED: &str = "set session_replication_role = replica; set synchronous_commit = off";

impl Postgres {
    pub(super) fn open(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            put_off: put_off(url),
            copies: [None, None],
            line: String::new(),
        }
    }
}

impl Copy {
    fn start(url: &str, table: Table, row: &[Cell]) -> Self {
        let names: Vec<&str> = row.iter().map(|(name, _)| *name).collect();
        let copy = format!("copy {} ({}) from stdin", table.name(), names.join(","));
        let mut command: Command = psql::command("psql", url);
        command.args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]);
        command.args([format!("--command={UNCHECKED}"), format!("--command={copy}")]);
        let mut psql = command.stdin(Stdio::piped()).spawn().expect("psql starts");
        let stdin = psql.stdin.take().expect("a pipe");
        Self {
            psql,
            rows: BufWriter::with_capacity(1 << 18, stdin),
        }
    }

    fn end(mut self) {
        self.rows.flush().expect("psql reads");
        drop(self.rows);
        assert!(
            self.psql.wait().expect("psql ends").success(),
            "the rows were refused"
        );
    }
}

impl Sink for Postgres {
    fn row(&mut self, table: Table, row: Vec<Cell>) {
        let place = match table {
            Table::Attempts => 0,
            Table::Deliveries => 1,
        };
        self.line.clear();
        for (nth, (_, value)) in row.iter().enumerate() {
            if nth > 0 {
                self.line.push('\t');
            }
            field(&mut self.line, value);
        }
        self.line.push('\n');
        let copy = self.copies[place].get_or_insert_with(|| Copy::start(&self.url, table, &row));
        copy.rows.write_all(self.line.as_bytes()).expect("psql reads");
    }

    fn finish(mut self: Box<Self>) {
        for copy in self.copies.iter_mut().filter_map(Option::take) {
            copy.end();
        }
        let settings = "set maintenance_work_mem = '512MB'; set synchronous_commit = off";
        // Two at a time, as many as the machine has processors. The texts are the longest.
        let (texts, others): (Vec<String>, Vec<String>) = self
            .put_off
            .into_iter()
            .partition(|index| index.contains("attempt_texts"));
        let texts = std::iter::once(TEXTS.to_owned()).chain(texts).collect();
        std::thread::scope(|scope| {
            for half in [texts, others] {
                let url = &self.url;
                scope.spawn(move || {
                    for index in half {
                        psql::execute(url, &format!("{settings}; {index}"));
                    }
                });
            }
        });
        psql::execute(&self.url, KINDS);
        psql::execute(&self.url, "vacuum analyze attempt_texts");
        psql::execute(&self.url, "vacuum analyze attempt_kinds");
        psql::execute(&self.url, "vacuum analyze payment_attempts");
        psql::execute(&self.url, "vacuum analyze deliveries");
    }
}

/// What triggers do when rows are written in the usual way.
const TEXTS: &str = "insert into attempt_texts (id, bucket, search_text, created_at) \
     select id, bucket, search_text, created_at from payment_attempts on conflict (id) do nothing";

/// Drops the indexes of the tables but those of constraints; what makes them again.
fn put_off(url: &str) -> Vec<String> {
    let of = "from pg_index join pg_class on pg_class.oid = indexrelid where indrelid in \
              ('payment_attempts'::regclass, 'attempt_texts'::regclass, 'deliveries'::regclass) \
              and not exists (select from pg_constraint where conindid = indexrelid) order by relname";
    let all = psql::lines(url, &format!("select pg_get_indexdef(indexrelid) {of}"));
    for name in psql::lines(url, &format!("select relname {of}")) {
        psql::execute(url, &format!("drop index {name}"));
    }
    all
}

/// As `copy` reads it in text form.
fn field(line: &mut String, value: &Value) {
    match value {
        Value::Null => line.push_str("\\N"),
        Value::Text(text) => escaped(line, text),
        Value::Int(number) => write!(line, "{number}").expect("a text grows"),
        Value::Bool(yes) => line.push(if *yes { 't' } else { 'f' }),
        Value::Id(id) => write!(line, "{id}").expect("a text grows"),
        Value::Time(at) => write!(line, "{at}").expect("a text grows"),
        Value::Bytes(bytes) => {
            line.push_str("\\\\x");
            line.push_str(&hex::encode(bytes));
        }
    }
}

fn escaped(line: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\\' => line.push_str("\\\\"),
            '\t' => line.push_str("\\t"),
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            other => line.push(other),
        }
    }
}
