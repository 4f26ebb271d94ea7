//! Registries of banks, and how they stand with the journal.

pub(crate) mod get;
pub(crate) mod lines;
pub(crate) mod list;
pub(crate) mod mappings;
pub(crate) mod mend;
pub(crate) mod preview;
pub(crate) mod pull;
pub(crate) mod upload;
mod view;
