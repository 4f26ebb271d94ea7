//! What is wrong with a configuration: where, what, and the remedy.

use std::fmt;
use std::path::PathBuf;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConfigError {
    /// The line in the file, from 1; `None` for what stands in no file.
    pub(crate) line: Option<usize>,
    /// What is wrong.
    pub(crate) problem: String,
    /// What to do.
    pub(crate) remedy: String,
}

impl ConfigError {
    pub(crate) fn new(line: Option<usize>, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            line,
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }
}

/// All faults of a configuration.
#[derive(Debug)]
pub(crate) struct ConfigErrors {
    /// The file, if there was one.
    pub(crate) file: Option<PathBuf>,
    /// What is wrong.
    pub(crate) errors: Vec<ConfigError>,
}

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self
            .file
            .as_ref()
            .map_or_else(|| "configuration".to_owned(), |file| file.display().to_string());
        for (nth, error) in self.errors.iter().enumerate() {
            if nth > 0 {
                writeln!(f)?;
            }
            match error.line {
                Some(line) => write!(f, "{file}:{line}: {}; {}", error.problem, error.remedy)?,
                None => write!(f, "{file}: {}; {}", error.problem, error.remedy)?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for ConfigErrors {}

/// The line on which a byte of the text stands, from 1.
pub(super) fn line_of(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|b| *b == b'\n').count() + 1
}
