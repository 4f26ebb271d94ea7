//! The store on SQLite and PostgreSQL: the only place that knows SQL.
//!
//! [`Storage::open`] picks the engine by the URL. Everything is written once, against one connection over both
//! engines; what they do differently is in `dialect`, and how work reaches them in `sqlite`, `postgres` and `together`.

mod access;
mod access_rows;
mod alarm_row;
mod alarms;
mod attempt_row;
mod attempts;
mod backlogs;
mod bank_health;
mod bells;
mod bulk_row;
mod bulk_runs;
mod checkouts;
mod column;
mod connect;
mod connection;
mod connections;
mod deliveries;
mod delivery_row;
mod dialect;
mod documents;
mod due;
mod error;
mod event_row;
mod events;
mod gathered;
mod idempotency;
mod incident_row;
mod incidents;
mod migrations;
mod notification_list;
mod notification_row;
mod notifications;
mod open;
mod open_error;
mod pace;
mod place;
mod postgres;
mod query;
mod registries;
mod registry_line_row;
mod registry_lines;
mod registry_mappings;
mod registry_row;
mod replica;
mod retention;
mod schema;
mod self_tests;
mod sqlite;
mod together;
mod tries;
mod types;
mod work;

// Compiled in through these (and `openssl_sys`): a machine needs none of the libraries.
use libsqlite3_sys as _;
use pq_sys as _;

pub use bells::bells;
pub use open::{Storage, StorageSettings, migrate, pending_migrations, revert_migrations};
pub use open_error::OpenError;
