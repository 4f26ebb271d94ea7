//! An accounting system as the delivery engine sees it.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use sverka_domain::attempt::Attempt;
use sverka_domain::delivery::{Delivery, Verdict};
use sverka_domain::ids::DeliveryId;

/// One request to send: the same key and the same bytes at every try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The key by which the receiver knows a repeat.
    pub delivery_id: DeliveryId,
    /// The stored bytes.
    pub body: Vec<u8>,
    /// The time of this try.
    pub at: Timestamp,
}

/// What one try came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// What it means.
    pub verdict: Verdict,
    /// The HTTP status, if there was an answer.
    pub http_status: Option<u16>,
    /// The raw answer, trimmed, without secrets.
    pub answer: Option<String>,
}

/// One connection to an accounting system.
///
/// Every system so far enforces our key, so that resending the identical request is itself the check.
#[async_trait]
pub trait AccountingPort: Send + Sync {
    /// The bytes that pass `delivery` of `attempt` on. Called once a delivery; pure.
    fn compose(&self, attempt: &Attempt, delivery: &Delivery) -> Vec<u8>;

    /// Sends a request once: no hidden repeats, no redirects.
    async fn send(&self, outgoing: &Outgoing) -> Sent;
}

/// A configured connection.
#[derive(Clone)]
pub struct Connection {
    /// Its name.
    pub name: String,
    /// How to talk to the system.
    pub port: Arc<dyn AccountingPort>,
}

/// All connections, in the order of the configuration.
#[derive(Clone, Default)]
pub struct Connections(Vec<Connection>);

impl Connections {
    /// The connections of a configuration.
    #[must_use]
    pub fn new(connections: Vec<Connection>) -> Self {
        Self(connections)
    }

    /// The connection of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Connection> {
        self.0.iter().find(|connection| connection.name == name)
    }

    /// The connection that a payment goes through: the first one.
    #[must_use]
    pub fn route(&self) -> Option<&Connection> {
        self.0.first()
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Connection] {
        &self.0
    }
}
