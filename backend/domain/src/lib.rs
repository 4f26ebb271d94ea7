//! The pure core of Sverka: what a payment attempt is, how news changes it, what follows from it.
//!
//! Nothing here reads a clock, a socket or a disk: time and identifiers come in as arguments, and
//! what has to be done goes out as data ([`attempt::Effect`]). The crate cannot depend on anything
//! that waits; a check over the dependency tree keeps it so.

pub mod actions;
pub mod attempt;
pub mod client;
pub mod delivery;
pub mod diagnosis;
pub mod ids;
pub mod incident;
pub mod money;
pub mod pace;
pub mod polling;
pub mod quiet;
pub mod registry;
pub mod role;
pub mod search;
pub mod status;
