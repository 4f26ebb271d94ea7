//! The other side of a run.

use std::net::SocketAddr;

use async_trait::async_trait;
use rand::rngs::StdRng;

use super::count::Demand;
use super::fill::Client;
use super::journal::Kind;

/// A document as the other side's own list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its own key or number.
    pub key: String,
    /// Its own key of the client.
    pub client: String,
    /// What it stands for.
    pub kind: Kind,
    /// In minor units, never negative.
    pub amount: i64,
    /// Whether it counts in the ledger; a draft does not.
    pub is_posted: bool,
    /// Whether it is cancelled or marked for deletion.
    pub is_deleted: bool,
}

/// An accounting system that a run goes against.
///
/// It has to be running, on 127.0.0.1, when the run begins. Whatever fails here ends the run: methods panic.
#[async_trait]
pub trait Target: Send {
    /// For the report, such as `Tryton 8.2`.
    fn name(&self) -> String;

    /// What is promised of it.
    fn demand(&self) -> Demand;

    /// Where it listens now.
    fn address(&self) -> SocketAddr;

    /// The `[[connections]]` of the configuration that leads to it through the proxy at `proxy`
    /// (`http://127.0.0.1:PORT`), under the name `crm`.
    fn connection(&self, proxy: &str) -> String;

    /// Makes these clients known over there, past the proxy, and returns its own key of each, in their order.
    async fn know(&mut self, clients: &[Client]) -> Vec<String>;

    /// Every document that it has of payments and refunds, in the order in which they were made, from its own list and
    /// past the proxy: not by a search for anything that Sverka put into them.
    async fn documents(&mut self) -> Vec<Document>;

    /// Requests that one document takes, about: kills are spread over so many.
    fn steps(&self) -> u64 {
        1
    }

    /// `kill -9` of the other side. `false`: it cannot be killed, so that only its address goes silent.
    async fn kill(&mut self) -> bool {
        false
    }

    /// Starts it after a [`Target::kill`], and waits until it serves. Its address may be another.
    async fn start_again(&mut self) {}

    /// Misbehaves by chance from now on; called every second of the storm.
    async fn misbehave(&mut self, chance: &mut StdRng) {
        let _ = chance;
    }

    /// Behaves from now on.
    async fn behave(&mut self) {}
}
