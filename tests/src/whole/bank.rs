//! What the banks and the accounting system do in a scenario.

use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use sverka_simulator::api::{
    AccountingFaults, AccountingMode, BankFaults, CallbackOutcome, Move, Receipt, Resend, ServiceMode, Verb,
};

use super::{CALLBACK_SECRET, Given, TestApp};

/// How long something outside is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
const GLANCE: Duration = Duration::from_millis(5);

impl TestApp {
    /// The client pays, and the bank's notification arrives.
    pub async fn pays(&self, attempt: &Given) {
        self.bank_does(attempt, Verb::Pay, Move::default()).await;
    }

    /// The client pays, and the bank's notification is lost.
    pub async fn pays_in_silence(&self, attempt: &Given) {
        let silent = Move::silent();
        self.bank_does(attempt, Verb::Pay, silent).await;
    }

    /// Something becomes of the order at the bank; returns when its notifications were answered or lost.
    pub async fn bank_does(&self, attempt: &Given, verb: Verb, how: Move) {
        let before = self.tries().await;
        let copies = how.copies.unwrap_or(1).max(1);
        let moved = self
            .control
            .act(&attempt.bank, &attempt.account, &attempt.order_number, verb, &how);
        moved.await.unwrap();
        self.tries_come_to(before + copies as usize).await;
    }

    /// The bank notifies once more.
    pub async fn bank_notifies(&self, attempt: &Given, how: Resend) {
        let before = self.tries().await;
        let copies = how.copies.unwrap_or(1).max(1);
        let sent = self
            .control
            .send_callback(&attempt.bank, &attempt.account, &attempt.order_number, &how);
        sent.await.unwrap();
        self.tries_come_to(before + copies as usize).await;
    }

    /// The HTTP status that the last notification was answered with.
    pub async fn last_callback_status(&self) -> u16 {
        let log = self.control.callbacks().await.unwrap();
        log.items.last().and_then(|last| last.http_status).unwrap()
    }

    async fn tries(&self) -> usize {
        self.control.callbacks().await.unwrap().items.len()
    }

    async fn tries_come_to(&self, wanted: usize) {
        self.eventually("the bank's notifications are answered", async || {
            let log = self.control.callbacks().await.unwrap();
            let failed = log
                .items
                .iter()
                .find(|item| item.outcome == CallbackOutcome::Failed);
            assert!(failed.is_none(), "{failed:?}");
            log.items.len() >= wanted
        })
        .await;
    }

    /// The bank does not answer questions of this account, or answers again.
    pub async fn bank_answers(&self, bank: &str, account: &str, mode: ServiceMode) {
        let faults = BankFaults {
            query_mode: mode,
            ..BankFaults::default()
        };
        self.control
            .set_bank_faults(bank, account, &faults)
            .await
            .unwrap();
    }

    /// The accounting system answers so from now on.
    pub async fn accounting_answers(&self, mode: AccountingMode) {
        let faults = AccountingFaults {
            // Longer than the adapter waits.
            hang_ms: Some(2_500),
            ..AccountingFaults::mode(mode)
        };
        self.control.set_accounting_faults("crm", &faults).await.unwrap();
    }

    /// What the accounting system got of an attempt, oldest first.
    pub async fn receipts(&self, attempt: &Given) -> Vec<Receipt> {
        let all = self.control.accounting_payments("crm").await.unwrap();
        all.into_iter()
            .filter(|receipt| receipt.body["data"]["attempt_id"] == attempt.id)
            .collect()
    }

    /// The same, in short: type, sum in minor units, times applied.
    pub async fn posted(&self, attempt: &Given) -> Vec<(String, i64, u64)> {
        let receipts = self.receipts(attempt).await;
        let short = receipts.iter().map(|receipt| {
            (
                receipt.body["type"].as_str().unwrap().to_owned(),
                receipt.body["data"]["amount"]["amount"].as_i64().unwrap(),
                receipt.applied_times,
            )
        });
        short.collect()
    }

    /// Waits for something outside, and fails when it does not come true.
    pub async fn eventually(&self, what: &str, mut comes_true: impl AsyncFnMut() -> bool) {
        let waiting = async {
            while !comes_true().await {
                tokio::time::sleep(GLANCE).await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, waiting).await;
        assert!(waited.is_ok(), "waited in vain: {what}");
    }
}

/// A notification of `sber/main` as a query string, signed as the bank does it: HMAC-SHA256 over the sorted
/// `name;value;`, in upper-case hex.
#[must_use]
pub fn sber_callback(parameters: &[(&str, &str)]) -> String {
    let mut sorted = parameters.to_vec();
    sorted.sort_unstable();
    let mut mac = Hmac::<Sha256>::new_from_slice(CALLBACK_SECRET.as_bytes()).unwrap();
    for (name, value) in &sorted {
        mac.update(format!("{name};{value};").as_bytes());
    }
    let checksum = hex::encode_upper(mac.finalize().into_bytes());
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(&sorted).append_pair("checksum", &checksum);
    query.finish()
}
