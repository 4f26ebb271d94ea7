//! The demo: a small club whose banks and accounting system are the simulator.

mod bank;
mod clients;
mod credentials;
mod install;
mod order;
mod scenario;
mod seed;
mod traffic;

pub(crate) use credentials::{Credentials, prepare};
pub(crate) use install::write_config;
pub(crate) use seed::seed;
pub(crate) use traffic::{lost_callback, run as run_traffic};
