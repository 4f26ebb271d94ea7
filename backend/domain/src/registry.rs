//! The bank's own books: lists and settlement files of operations.

mod line;

pub use line::{Line, LineKind};
