//! Extractors whose refusals are problems with the field's name.

mod account;
mod id;
mod json;
mod query;

pub(crate) use account::AccountPath;
pub(crate) use id::{AttemptPath, IncidentPath, NotificationPath};
pub(crate) use json::{JsonBody, read as read_body};
pub(crate) use query::QueryOf;

/// The greatest body that is read, in bytes.
pub(crate) const MAX_BODY: usize = 256 * 1024;
