//! Banks and an accounting system over HTTP that speak the real wire formats and can be told to misbehave.
//!
//! It shares no code with the adapters it is meant to test: two readings of the same bank document meet over the wire.
//! The paths and the control API are described in this crate's `README.md`.

pub mod api;
pub mod client;

mod accounting;
mod bank;
mod callbacks;
mod chance;
mod clock;
mod cloudpayments;
mod control;
mod credentials;
mod demo;
mod events;
mod fault;
mod form;
mod money;
mod onec;
mod options;
mod page;
mod payonline;
mod rbs;
mod registry;
mod robokassa;
mod running;
mod service;
mod signature;
mod simulator;
mod stripe;
mod tbank;
mod wire;
mod world;
mod yookassa;

pub use onec::JournalError;
pub use options::Options;
pub use robokassa::TEST_CERTIFICATE as ROBOKASSA_CERTIFICATE;
pub use running::{Running, StartError, start};
