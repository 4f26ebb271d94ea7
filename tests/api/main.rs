//! What Sverka does, over HTTP, on both engines.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod alarms;
mod bulk;
mod callback_check;
mod callbacks;
mod checkout;
mod connection_alarms;
mod connections;
mod deliveries;
mod export;
mod holds;
mod idempotency;
mod incidents;
mod money;
mod notifications;
mod operations;
mod orphans;
mod overrides;
mod poll_backlog;
mod posted_by_hand;
mod procedure;
mod rechecks;
mod recording;
mod registries;
mod registry_common;
mod registry_mends;
mod registry_scale;
mod search;
mod sessions;
mod validation;
mod versions;
