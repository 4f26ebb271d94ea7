//! Extractors whose refusals are problems with the field's name.

mod account;
mod connection;
mod id;
mod json;
mod query;
mod upload;

pub(crate) use account::AccountPath;
pub(crate) use connection::ConnectionPath;
pub(crate) use id::{AttemptPath, IncidentPath, NotificationPath, RegistryPath};
pub(crate) use json::{JsonBody, read as read_body};
pub(crate) use query::{QueryOf, parse as parse_query};
pub(crate) use upload::receive as receive_file;

/// The greatest body that is read, in bytes.
pub(crate) const MAX_BODY: usize = 256 * 1024;
