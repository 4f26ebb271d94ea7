//! Time and chance come from outside, so that tests can move the one and fix the other.

use jiff::Timestamp;
use uuid::Uuid;

/// The time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Identifiers and secrets.
pub trait Chance: Send + Sync {
    /// A new UUIDv7 for something that appears at `at`.
    fn id(&self, at: Timestamp) -> Uuid;

    /// 32 bytes that nobody can guess.
    fn secret(&self) -> [u8; 32];
}
