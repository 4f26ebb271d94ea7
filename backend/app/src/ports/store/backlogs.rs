//! What waits at each connection, for a system or for a person.

use jiff::Timestamp;
use sverka_domain::delivery::{Delivery, HoldReason};
use sverka_domain::money::Money;

use super::{Page, StoreError, Total};

/// What stands before a connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Deliveries that wait to be sent, or are being sent.
    pub waiting: u64,
    /// When the oldest of them was queued.
    pub oldest_at: Option<Timestamp>,
    /// Their sums, one a currency.
    pub amounts: Vec<Money>,
    /// Deliveries that wait for a person's decision.
    pub held: u64,
    /// Deliveries that were refused.
    pub refused: u64,
}

/// For what a delivery waits.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    strum::Display,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum WaitsFor {
    /// For the system: queued, retrying, in doubt, or being sent.
    #[serde(rename = "waiting")]
    #[strum(serialize = "waiting")]
    System,
    /// For a person's decision.
    #[serde(rename = "held")]
    #[strum(serialize = "held")]
    Decision,
    /// For a person to mend what it was refused for.
    #[serde(rename = "refused")]
    #[strum(serialize = "refused")]
    Mending,
}

/// Which deliveries wait for a decision. `None` means any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HoldFilter {
    /// Why they are held.
    pub reason: Option<HoldReason>,
    /// Name of the connection.
    pub connection: Option<String>,
}

/// Deliveries that wait for a person for too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stuck {
    /// How many.
    pub count: u64,
    /// Since when the longest of them.
    pub oldest_at: Timestamp,
}

/// What waits at the connections.
pub trait Backlogs {
    /// What stands before each connection that has anything, by name.
    fn backlogs(&mut self) -> Result<Vec<(String, Backlog)>, StoreError>;

    /// What waits at a connection, the longest first: by the time of queueing where it waits for the system, else by
    /// the time of its last change; then by id.
    fn waiting(&mut self, connection: &str, what: WaitsFor, page: Page) -> Result<Vec<Delivery>, StoreError>;

    /// How many wait so, counting to `cap` at most.
    fn count_waiting(&mut self, connection: &str, what: WaitsFor, cap: u64) -> Result<Total, StoreError>;

    /// Deliveries with something to decide, the longest unchanged first (`updated_at`, then `id`).
    fn holds(&mut self, filter: &HoldFilter, page: Page) -> Result<Vec<Delivery>, StoreError>;

    /// How many there are, counting to `cap` at most.
    fn count_holds(&mut self, filter: &HoldFilter, cap: u64) -> Result<Total, StoreError>;

    /// Deliveries of a connection that wait for a person, unchanged since `before`.
    fn stuck(&mut self, connection: &str, before: Timestamp) -> Result<Option<Stuck>, StoreError>;

    /// A payment of a connection whose document is known to exist, of the newest if there are several.
    fn posted(&mut self, connection: &str) -> Result<Option<Delivery>, StoreError>;
}
