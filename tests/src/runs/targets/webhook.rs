//! The simulator's receiver of signed webhooks: it keys on `webhook-id`, unless told not to.

use std::net::{Ipv4Addr, SocketAddr};

use async_trait::async_trait;
use rand::RngExt as _;
use rand::rngs::StdRng;
use serde_json::Value;
use sverka_simulator::api::{AccountingFaults, AccountingMode, Receipt};
use sverka_simulator::client::Control;
use sverka_simulator::{Options, Running};

use crate::process::receiver;
use crate::runs::count::Demand;
use crate::runs::fill::Client;
use crate::runs::journal::Kind;
use crate::runs::target::{Document, Target};

/// What it does besides the proxy: applied or not, it does not say so.
const MODES: [AccountingMode; 6] = [
    AccountingMode::Error500,
    AccountingMode::Error500AfterApply,
    AccountingMode::CutAfterApply,
    AccountingMode::DropAfterApply,
    AccountingMode::Html200,
    AccountingMode::HangAfterApply,
];

/// The receiver, in a simulator of its own.
pub struct WebhookTarget {
    control: Control,
    address: SocketAddr,
    timeout_seconds: u32,
    ignores_keys: bool,
    _simulator: Running,
}

impl WebhookTarget {
    /// Starts one for a client that waits at most so long.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start(seed: u64, timeout_seconds: u32) -> Self {
        let options = Options {
            seed,
            ..Options::demo(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), "http://127.0.0.1:1")
        };
        let simulator = sverka_simulator::start(options)
            .await
            .expect("the simulator starts");
        let address = simulator.url().trim_start_matches("http://").parse();
        Self {
            control: Control::new(simulator.url()).expect("an address"),
            address: address.expect("the simulator listens on an address"),
            timeout_seconds,
            ignores_keys: false,
            _simulator: simulator,
        }
    }

    /// One that makes a document of every request, as if the key were not there: what a run has to notice.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn that_ignores_keys(seed: u64, timeout_seconds: u32) -> Self {
        let mut target = Self::start(seed, timeout_seconds).await;
        target.ignores_keys = true;
        target.behave().await;
        target
    }

    async fn set(&self, faults: AccountingFaults) {
        let faults = AccountingFaults {
            ignore_ids: self.ignores_keys,
            ..faults
        };
        let set = self.control.set_accounting_faults("crm", &faults).await;
        set.expect("the receiver obeys");
    }
}

#[async_trait]
impl Target for WebhookTarget {
    fn name(&self) -> String {
        if self.ignores_keys {
            "a webhook's receiver that ignores the key".to_owned()
        } else {
            "the webhook's receiver".to_owned()
        }
    }

    fn demand(&self) -> Demand {
        Demand::ExactlyOnce
    }

    fn address(&self) -> SocketAddr {
        self.address
    }

    fn connection(&self, proxy: &str) -> String {
        receiver(proxy, self.timeout_seconds)
    }

    async fn know(&mut self, clients: &[Client]) -> Vec<String> {
        // It takes every client as it comes.
        clients.iter().map(|client| client.phone.clone()).collect()
    }

    async fn documents(&mut self) -> Vec<Document> {
        let receipts = self.control.accounting_payments("crm").await;
        let receipts = receipts.expect("the receiver answers");
        let mut documents: Vec<Document> = receipts.iter().flat_map(documents).collect();
        // Numbered as they were made.
        documents.sort_by(|one, other| one.key.cmp(&other.key));
        documents
    }

    async fn misbehave(&mut self, chance: &mut StdRng) {
        if chance.random_range(0..3) == 0 {
            let mode = MODES[chance.random_range(0..MODES.len())];
            let hang_ms = u64::from(self.timeout_seconds) * 1_000 + 300;
            self.set(AccountingFaults {
                hang_ms: Some(hang_ms),
                ..AccountingFaults::times(mode, chance.random_range(1..=2))
            })
            .await;
        }
    }

    async fn behave(&mut self) {
        self.set(AccountingFaults::default()).await;
    }
}

fn documents(receipt: &Receipt) -> Vec<Document> {
    let data = &receipt.body["data"];
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let kind = match receipt.body["type"].as_str() {
        Some("payment.succeeded") => Kind::Payment,
        Some("payment.refunded") => Kind::Refund,
        other => panic!("a document of {other:?}"),
    };
    let one = |key: &String| Document {
        key: key.clone(),
        client: text(&data["client"]["phone"]),
        kind,
        amount: data["amount"]["amount"].as_i64().expect("a sum"),
        is_posted: true,
        is_deleted: false,
    };
    receipt.document_refs.iter().map(one).collect()
}
