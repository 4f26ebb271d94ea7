//! What the program says to whoever runs it: results on the standard output, faults on the other one.

use std::io::Write as _;

/// One line of a result. A closed pipe is not a fault of ours.
pub(crate) fn line(text: impl std::fmt::Display) {
    let _closed = writeln!(std::io::stdout().lock(), "{text}");
}

/// A text without a line end of its own.
pub(crate) fn text(text: &str) {
    let _closed = std::io::stdout().lock().write_all(text.as_bytes());
}

/// A fault.
pub(crate) fn error(error: &dyn std::error::Error) {
    let _closed = writeln!(std::io::stderr().lock(), "sverka: {error}");
}
