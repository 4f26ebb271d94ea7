//! The bank's own books: lists and settlement files of operations, and how they are held against the journal.

mod compare;
mod find;
mod line;
mod mapping;
mod sums;
mod verdict;

pub use compare::{Comparison, Healing, compare, fact, healing, outcome};
pub use find::{Candidate, Candidates, Found};
pub use line::{Line, LineKind};
pub use mapping::{Columns, Decimal, Kinds, Mapping};
pub use sums::{Declared, Sums};
pub use verdict::{LineResult, Mend, Problem, ProblemCode, mends};
