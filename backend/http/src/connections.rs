//! The connections to accounting systems: one endpoint a file.

pub(crate) mod deliveries;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod pause;
pub(crate) mod resume;
pub(crate) mod self_test;
mod view;
