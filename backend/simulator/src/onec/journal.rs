//! What a base keeps in a file: a line a transaction. What was answered is there after a `kill -9`, and a line that was not
//! finished never happened.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::rows::Object;
use crate::api::OnecSettings;

/// One change of a transaction.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Change {
    Put {
        entity: String,
        key: String,
        object: Object,
    },
    Remove {
        entity: String,
        key: String,
    },
    Settings(Box<OnecSettings>),
}

/// Why a base cannot be brought back.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The directory or a file in it cannot be used.
    #[error("cannot use {path}")]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A line in the midst of the file is not one of ours.
    #[error("line {line} of {path} is not a transaction")]
    Line {
        /// Which file.
        path: PathBuf,
        /// Counted from one.
        line: usize,
        /// Why.
        source: serde_json::Error,
    },
}

/// The file of one base.
#[derive(Clone, Debug)]
pub(crate) struct Journal {
    path: PathBuf,
}

impl Journal {
    /// The file of this base in this directory.
    pub(crate) fn of(directory: &Path, base: &str) -> Self {
        Self {
            path: directory.join(format!("{base}.jsonl")),
        }
    }

    /// Adds a transaction. One write: what a `kill` cuts off is a line without its end.
    pub(crate) fn append(&self, changes: &[Change]) -> io::Result<()> {
        let mut line = serde_json::to_vec(changes)?;
        line.push(b'\n');
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.path)?
            .write_all(&line)
    }

    /// All transactions; cuts off an unfinished one.
    pub(crate) fn read(&self) -> Result<Vec<Vec<Change>>, JournalError> {
        let io = |source| JournalError::Io {
            path: self.path.clone(),
            source,
        };
        let text = match fs::read(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(io(error)),
        };
        let whole = text
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        if whole < text.len() {
            let file = OpenOptions::new().write(true).open(&self.path).map_err(io)?;
            let length = u64::try_from(whole).unwrap_or_default();
            file.set_len(length).map_err(io)?;
        }
        let lines = text.get(..whole).unwrap_or_default();
        lines
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .enumerate()
            .map(|(index, line)| {
                serde_json::from_slice(line).map_err(|source| JournalError::Line {
                    path: self.path.clone(),
                    line: index + 1,
                    source,
                })
            })
            .collect()
    }

    /// Forgets everything.
    pub(crate) fn clear(&self) -> Result<(), JournalError> {
        fs::remove_file(&self.path).map_err(|source| JournalError::Io {
            path: self.path.clone(),
            source,
        })
    }
}

/// The bases that have a file in this directory, which is made if need be.
pub(crate) fn bases_in(directory: &Path) -> Result<Vec<String>, JournalError> {
    let io = |source| JournalError::Io {
        path: directory.to_owned(),
        source,
    };
    fs::create_dir_all(directory).map_err(io)?;
    let mut names = Vec::new();
    for entry in fs::read_dir(directory).map_err(io)? {
        let path = entry.map_err(io)?.path();
        if path.extension().is_some_and(|ending| ending == "jsonl")
            && let Some(name) = path.file_stem().and_then(|name| name.to_str())
        {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remove(key: &str) -> Vec<Change> {
        vec![Change::Remove {
            entity: "Catalog_X".to_owned(),
            key: key.to_owned(),
        }]
    }

    #[test]
    fn a_line_that_a_kill_cut_off_never_happened() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::of(directory.path(), "main");
        assert!(journal.read().unwrap().is_empty());
        journal.append(&remove("a")).unwrap();
        journal.append(&remove("b")).unwrap();
        let mut text = fs::read(&journal.path).unwrap();
        text.truncate(text.len() - 3);
        fs::write(&journal.path, &text).unwrap();
        assert_eq!(journal.read().unwrap().len(), 1);
        journal.append(&remove("c")).unwrap();
        assert_eq!(journal.read().unwrap().len(), 2);
    }

    #[test]
    fn a_foreign_line_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::of(directory.path(), "main");
        journal.append(&remove("a")).unwrap();
        fs::write(&journal.path, "[]\nwhat\n[]\n").unwrap();
        assert!(matches!(journal.read(), Err(JournalError::Line { line: 2, .. })));
    }
}
