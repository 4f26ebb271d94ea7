//! The configuration that a stand's programs are started with.

use std::net::SocketAddr;

/// What a test wants to differ.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Decides every chance of the simulator.
    pub seed: u64,
    /// The longest time for one try at the accounting system, in seconds; at least 2.
    pub timeout_seconds: u32,
    /// How often a bank may be asked, a second.
    pub questions_per_second: u32,
    /// A `[[connections]]` instead of the one to the simulator's receiver.
    pub connection: Option<String>,
}

impl Setup {
    /// What a program has when nothing is said.
    #[must_use]
    pub fn usual(seed: u64) -> Self {
        Self {
            seed,
            timeout_seconds: 20,
            questions_per_second: 5,
            connection: None,
        }
    }
}

/// The file's text. The secrets are those of the simulator.
pub(super) fn text(listen: SocketAddr, database_url: &str, simulator: &str, setup: &Setup) -> String {
    let questions_per_second = setup.questions_per_second;
    let connection = setup
        .connection
        .clone()
        .unwrap_or_else(|| receiver(simulator, setup.timeout_seconds));
    format!(
        r#"listen = "{listen}"
database_url = "{database_url}"
jwt_secret = "a secret that only this test knows of"

[[bank_accounts]]
bank = "sber"
name = "main"
base_url = "{simulator}/sber/main/payment/rest/"
user_name = "demo-api"
password = "demo-password"
callback_secret = "demo-callback-secret"
questions_per_second = {questions_per_second}

[[bank_accounts]]
bank = "payonline"
name = "club"
base_url = "{simulator}/payonline/"
merchant_id = "12345"
private_security_key = "demo-payonline-key"

{connection}"#
    )
}

/// The connection to the receiver of the simulator at `simulator`, or of what stands before it.
pub(crate) fn receiver(simulator: &str, timeout_seconds: u32) -> String {
    format!(
        r#"[[connections]]
name = "crm"
kind = "webhook"
url = "{simulator}/accounting/crm/payments"
secret = "whsec_ZGVtby1zZWNyZXQtZm9yLXN2ZXJrYS1zaW11bGF0b3I="
allow_private_network = true
connect_timeout_seconds = 1
timeout_seconds = {timeout_seconds}
"#
    )
}
