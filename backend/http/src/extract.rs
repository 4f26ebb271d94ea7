//! Extractors whose refusals are problems with the field's name.

mod account;
mod connection;
mod id;
mod json;
mod query;
mod upload;

pub(crate) use account::AccountPath;
pub(crate) use connection::ConnectionPath;
pub(crate) use id::{AttemptPath, BulkRunPath, IncidentPath, NotificationPath, RegistryPath};
pub(crate) use json::{JsonBody, LargeBody, read as read_body};
pub(crate) use query::{QueryOf, parse as parse_query, present};
pub(crate) use upload::receive as receive_file;

/// The greatest body that is read, in bytes.
pub(crate) const MAX_BODY: usize = 256 * 1024;
/// The same where a body may name ten thousand attempts.
pub(crate) const MAX_LARGE_BODY: usize = 640 * 1024;
