//! Rows of a table as one json text, and the statements that take it apart again.
//!
//! The columns are those that a row shows as json, so that one that is added to a row is added here by itself.

use serde::Serialize;
use serde_json::{Map, Value};
use sverka_app::ports::store::StoreError;

use crate::column::number;
use crate::error::wrong;
use crate::query::Statement;

/// Columns of json. Inside the json text they are texts of their own, so that they stay as they are to the letter.
const JSON: [&str; 6] = ["details", "facts", "headers", "hold", "passed_on", "ruled_out"];

/// Rows to be written by one statement.
pub(crate) struct Rows {
    columns: Vec<String>,
    rows: String,
    count: i64,
}

impl Rows {
    /// The rows of a table; none when there are none.
    pub(crate) fn new<T: Serialize>(rows: &[T]) -> Result<Option<Self>, StoreError> {
        let Some(first) = rows.first() else {
            return Ok(None);
        };
        let columns = names(&serde_json::to_value(first).map_err(unwritten)?);
        let count = number(rows.len(), "a number of rows")?;
        let rows = serde_json::to_string(rows).map_err(unwritten)?;
        Ok(Some(Self { columns, rows, count }))
    }

    /// Adds the rows to a table.
    pub(crate) fn insert(self, table: &str) -> Statement<()> {
        let (names, values) = (self.columns.join(", "), self.values());
        Statement::new(&format!(
            "insert into {table} ({names}) select {values} from json_populate_recordset(null::{table}, ("
        ))
        .text(self.rows)
        .sql(")::json) n")
    }

    /// Changes the rows of a table that have the same ids.
    pub(super) fn update(self, table: &str) -> Statement<()> {
        self.change(table, &["id"], "t.id = n.id")
    }

    /// Changes rows of a table `t`: all columns but the fixed ones become those of the row `n` that is the same.
    pub(crate) fn change(self, table: &str, fixed: &[&str], is_same: &str) -> Statement<()> {
        let changes: Vec<String> = self
            .columns
            .iter()
            .filter(|name| !fixed.contains(&name.as_str()))
            .map(|name| format!("{name} = {}", value(name)))
            .collect();
        Statement::new(&format!(
            "update {table} t set {} from (select * from json_populate_recordset(null::{table}, (",
            changes.join(", ")
        ))
        .text(self.rows)
        // Without the limit a hundred are expected, and a table of some thousands is read whole for them.
        .sql(")::json) limit ")
        .number(self.count)
        .sql(&format!(") n where {is_same}"))
    }

    fn values(&self) -> String {
        let values: Vec<String> = self.columns.iter().map(|name| value(name)).collect();
        values.join(", ")
    }
}

fn unwritten(error: serde_json::Error) -> StoreError {
    wrong(format!("a row cannot be written as json: {error}"))
}

fn value(column: &str) -> String {
    if JSON.contains(&column) {
        format!("(n.{column} #>> '{{}}')::json")
    } else {
        format!("n.{column}")
    }
}

fn names(row: &Value) -> Vec<String> {
    let none = Map::new();
    row.as_object().unwrap_or(&none).keys().cloned().collect()
}
