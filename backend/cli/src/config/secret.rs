//! A value as it stands, `{ env = "NAME" }`, or `{ file = "path" }`.

use std::path::Path;

use toml::{Table, Value};

use crate::environment::Environment;

/// Where indirect values come from.
pub(super) struct Sources<'a> {
    pub(super) environment: &'a Environment,
    /// Relative paths are from the folder of the configuration file.
    pub(super) folder: &'a Path,
}

/// Why an indirect value is not there: what is wrong, and the remedy.
pub(super) type Missing = (String, String);

impl Sources<'_> {
    /// The value itself.
    pub(super) fn resolve(&self, value: &Value) -> Result<Value, Missing> {
        match value {
            Value::Table(table) => self.indirect(table),
            Value::Array(items) => items
                .iter()
                .map(|item| self.resolve(item))
                .collect::<Result<_, _>>()
                .map(Value::Array),
            Value::String(_)
            | Value::Integer(_)
            | Value::Float(_)
            | Value::Boolean(_)
            | Value::Datetime(_) => Ok(value.clone()),
        }
    }

    /// All values of a table, and of the tables in it.
    pub(super) fn resolve_table(&self, table: &Table) -> Result<Table, Missing> {
        let resolved = table.iter().map(|(key, value)| {
            let value = self
                .nested(value)
                .map_err(|(problem, remedy)| (format!("{key}: {problem}"), remedy))?;
            Ok((key.clone(), value))
        });
        resolved.collect()
    }

    fn nested(&self, value: &Value) -> Result<Value, Missing> {
        match value {
            Value::Table(table) if !is_reference(table) => self.resolve_table(table).map(Value::Table),
            Value::Array(items) => items
                .iter()
                .map(|item| self.nested(item))
                .collect::<Result<_, _>>()
                .map(Value::Array),
            _ => self.resolve(value),
        }
    }

    fn indirect(&self, table: &Table) -> Result<Value, Missing> {
        let only = |key: &str| {
            (table.len() == 1)
                .then(|| table.get(key))
                .flatten()
                .and_then(Value::as_str)
        };
        if let Some(name) = only("env") {
            let value = self.environment.get(name).ok_or_else(|| {
                (
                    format!("the environment variable {name} is not set"),
                    format!("set {name}, or give the value here"),
                )
            })?;
            return Ok(Value::String(value.to_owned()));
        }
        if let Some(path) = only("file") {
            let path = self.folder.join(path);
            let text = std::fs::read_to_string(&path).map_err(|error| {
                (
                    format!("the file {} cannot be read: {error}", path.display()),
                    "make it, readable by Sverka".to_owned(),
                )
            })?;
            return Ok(Value::String(text.trim_end_matches(['\n', '\r']).to_owned()));
        }
        Err((
            "a table that is not a reference".to_owned(),
            "give a text, { env = \"NAME\" }, or { file = \"path\" }".to_owned(),
        ))
    }
}

/// Whether a table of settings stands for a value; one that has more than a single key is settings of its own.
fn is_reference(table: &Table) -> bool {
    let mut keys = table.iter();
    match (keys.next(), keys.next()) {
        (Some((key, Value::String(_))), None) => key == "env" || key == "file",
        _ => false,
    }
}
