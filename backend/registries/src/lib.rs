//! The forms of banks' registry files, read line by line: tables in CSV and XLSX by a known layout or a saved mapping,
//! and statements in 1C's exchange format. In Windows-1251 or UTF-8.
//!
//! A file is never held in memory as a whole, except the texts of a spreadsheet.

mod cells;
mod client_bank;
mod delimiter;
mod encoding;
mod files;
mod guess;
mod layout;
mod layouts;
mod opened;
mod preview;
mod rows;
mod xlsx;

pub use files::KnownFiles;
