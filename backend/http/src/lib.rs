//! The HTTP API of Sverka.
//!
//! A handler extracts, makes one call, and maps. [`problem`] is the only place that knows statuses;
//! who may call stands in the handlers' signatures ([`auth::Allowed`]).

mod api;
mod attempts;
mod auth;
mod bank_accounts;
mod bulk;
mod callbacks;
mod connections;
mod docs;
mod extract;
mod holds;
mod incidents;
mod limits;
mod middleware;
mod notifications;
mod openapi;
mod operations;
mod outgoing;
mod problem;
mod proxies;
mod reference;
mod registries;
mod server;
mod spa;
mod span;
mod views;

pub use openapi::document;
pub use problem::{ErrorCode, table as error_table};
pub use server::{HttpSettings, Serving, serve};
