//! Two readings of the same bank document meet over the wire: each adapter, and the simulator that shares no code
//! with it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod answers;
mod notifications;
mod stand;
