//! Registry files as the use cases see them: something that is looked at, and then read line by line.

use std::fs::File;
use std::sync::Arc;

use jiff::Timestamp;
use sverka_domain::registry::{Declared, Line, Mapping};

/// Where a file comes from, for what the file itself does not say.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Code of the bank.
    pub bank: String,
    /// The name that it was uploaded under.
    pub file_name: Option<String>,
    /// The time zone of dates without one: the merchant's.
    pub timezone: String,
}

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text with separators.
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// A statement in the exchange format of 1C.
    ClientBank,
}

/// The beginning of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// What kind of file.
    pub format: Format,
    /// The layout that it is read by, if one fits.
    pub layout: Option<String>,
    /// Its encoding.
    pub encoding: String,
    /// What separates its columns.
    pub delimiter: Option<char>,
    /// The headings; `#1`, `#2` … where there are none.
    pub columns: Vec<String>,
    /// The first rows below them.
    pub rows: Vec<Vec<String>>,
    /// A mapping by the headings, to begin with.
    pub guess: Option<Mapping>,
}

/// A line, and where it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// The first is 1.
    pub number: u64,
    /// What it says.
    pub line: Line,
}

/// What a file says of itself, known at its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// The period, from the beginning up to but not including the end.
    pub period: Option<(Timestamp, Timestamp)>,
    /// Its own sums.
    pub declared: Declared,
}

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// One line is not what it has to be.
    #[error("line {line}: {reason}")]
    Line {
        /// Which; the first is 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// The file as a whole is not what it has to be.
    #[error("{0}")]
    File(String),
    /// No known layout fits, and no mapping was given.
    #[error("the layout of this file is not known; look at its preview and save a mapping of its columns")]
    LayoutUnknown,
    /// The disk failed.
    #[error("the uploaded file cannot be read back")]
    Disk(#[source] std::io::Error),
}

/// Reads a file line by line.
pub trait RegistryReader: Send {
    /// The layout that it is read by.
    fn layout(&self) -> String;

    /// The next operation; `None` at the end.
    ///
    /// # Errors
    /// [`Unreadable`]: nothing after it is read.
    fn next(&mut self) -> Result<Option<Numbered>, Unreadable>;

    /// What the file says of itself; complete after the end.
    fn told(&self) -> Told;
}

/// Knows the forms of registry files.
pub trait RegistryFiles: Send + Sync {
    /// The beginning of a file, read by `mapping` where one is given.
    ///
    /// # Errors
    /// [`Unreadable`] when it is not a table at all.
    fn preview(&self, file: File, origin: &Origin, mapping: Option<&Mapping>) -> Result<Preview, Unreadable>;

    /// Opens a file from its beginning, by `mapping` where one is given.
    ///
    /// # Errors
    /// [`Unreadable`].
    fn open(
        &self,
        file: File,
        origin: &Origin,
        mapping: Option<&Mapping>,
    ) -> Result<Box<dyn RegistryReader>, Unreadable>;
}

/// A shared [`RegistryFiles`].
pub type Files = Arc<dyn RegistryFiles>;
