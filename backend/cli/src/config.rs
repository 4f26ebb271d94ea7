//! The configuration: one TOML file, the environment over it, secrets from either or from files.

mod accounts;
mod alarms;
mod error;
mod file;
mod read;
mod secret;

pub(crate) use error::ConfigErrors;
pub(crate) use read::{Config, read};

#[cfg(test)]
mod tests;
