//! What the scenarios share.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::StreamExt as _;
use serde_json::Value;
use sverka_simulator::api::{AccountingFaults, AccountingMode, Move, Receipt};
use sverka_tests::process::{Answer, Api, Callback, Caller, NewPayment, Stand, until};

/// Requests under way at once.
pub(crate) const AT_ONCE: usize = 16;

/// Longer than a killed worker's hold (90 s), the pause of a doubt (36 s) and the sleeps between.
pub(crate) const RECOVERED: Duration = Duration::from_secs(200);

/// What really became of an order at the bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Truth {
    Paid,
    Declined,
    /// One try failed; the order is still open.
    Open,
}

/// An attempt, its truth, and the callback that tells it.
#[derive(Debug, Clone)]
pub(crate) struct Payment {
    pub(crate) id: String,
    pub(crate) truth: Truth,
    pub(crate) callback: Callback,
}

/// So many deliveries to a receiver of webhooks may have begun whose verdicts are not written down yet: eight that are
/// under way, and as many that were answered.
pub(crate) const AT_ONCE_AT_RECEIVER: usize = 16;

/// A payment at `sber/main`.
pub(crate) fn payment(order_number: String) -> NewPayment {
    NewPayment {
        bank: "sber",
        account: "main",
        order_number,
        amount: 123_400,
    }
}

/// Records payments and lets their clients act, without a word from the bank: of every ten eight pay, one is
/// declined, and one fails a try.
pub(crate) async fn silent_payments(stand: &Stand, prefix: &str, count: usize) -> Vec<Payment> {
    let made = futures_util::stream::iter(0..count).map(async |nth| {
        let number = format!("{prefix}-{nth}");
        let (id, order) = stand.open(&payment(number.clone())).await;
        let truth = match nth % 10 {
            8 => Truth::Declined,
            9 => Truth::Open,
            _ => Truth::Paid,
        };
        let how = Move {
            is_final: (truth == Truth::Open).then_some(false),
            ..Move::silent()
        };
        let bank = &stand.bank;
        let done = match truth {
            Truth::Paid => bank.pay("sber", "main", &number, &how).await,
            Truth::Declined | Truth::Open => bank.decline("sber", "main", &number, &how).await,
        };
        done.expect("the bank does it");
        let callback = Callback::deposited(&number, &order.bank_order_id, truth == Truth::Paid);
        Payment { id, truth, callback }
    });
    made.buffer_unordered(AT_ONCE).collect().await
}

/// The ids of those that are really paid.
pub(crate) fn paid(payments: &[Payment]) -> HashSet<String> {
    payments
        .iter()
        .filter(|payment| payment.truth == Truth::Paid)
        .map(|payment| payment.id.clone())
        .collect()
}

/// Callbacks that are being sent in the background.
pub(crate) struct Storm {
    answered: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<Vec<(Payment, Answer)>>,
}

impl Storm {
    /// Sends them all, [`AT_ONCE`] at a time, in turn to each of `urls`, with `pause` after each.
    pub(crate) fn start(payments: &[Payment], urls: &[&str], pause: Duration) -> Self {
        let answered = Arc::new(AtomicUsize::new(0));
        let urls: Vec<String> = urls.iter().map(|url| (*url).to_owned()).collect();
        let (count, payments) = (answered.clone(), payments.to_vec());
        let task = tokio::spawn(async move {
            let caller = Caller::new();
            let sent = futures_util::stream::iter(payments.into_iter().enumerate()).map(|(nth, payment)| {
                let (caller, count, url) = (caller.clone(), count.clone(), urls[nth % urls.len()].clone());
                async move {
                    let answer = caller.send(&url, &payment.callback).await;
                    if answer != Answer::None {
                        count.fetch_add(1, Ordering::SeqCst);
                    }
                    tokio::time::sleep(pause).await;
                    (payment, answer)
                }
            });
            sent.buffer_unordered(AT_ONCE).collect().await
        });
        Self { answered, task }
    }

    /// Waits until so many are answered.
    pub(crate) async fn reaches(&self, count: usize) {
        while self.answered.load(Ordering::SeqCst) < count && !self.task.is_finished() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// Waits until all are sent: what became of each.
    pub(crate) async fn end(self) -> Vec<(Payment, Answer)> {
        self.task.await.expect("the storm ends")
    }
}

/// Every callback that was answered with success is in the journal, in its attempt's timeline.
pub(crate) async fn assert_kept(api: &Api, sent: &[(Payment, Answer)]) {
    let taken = sent.iter().filter(|(_, answer)| *answer == Answer::Status(200));
    let lost = futures_util::stream::iter(taken).map(async |(payment, _)| {
        let events = api.events(&payment.id).await;
        let kept = events.iter().any(|event| {
            let query = event["notification"]["query"].as_str().unwrap_or_default();
            event["kind"] == "callback_accepted" && query.contains(&payment.callback.checksum)
        });
        (!kept).then(|| payment.callback.order_number.clone())
    });
    let lost: Vec<_> = lost
        .buffer_unordered(AT_ONCE)
        .filter_map(async |lost| lost)
        .collect()
        .await;
    assert!(
        lost.is_empty(),
        "answered with success, and not in the journal: {lost:?}"
    );
}

/// Waits until the journal knows of every payment what is true, and everything paid is passed on.
pub(crate) async fn settled(api: &Api, paid: &HashSet<String>, limit: Duration) -> Vec<Value> {
    api.all("the journal is true and all is passed on", limit, |attempt| {
        let is_paid = paid.contains(attempt["id"].as_str().unwrap_or_default());
        if is_paid {
            is(attempt, "paid", "synced")
        } else {
            attempt["bank_status"] != "paid" && attempt["crm_status"] == "not_due"
        }
    })
    .await
}

/// How many payments were sent more than once: the receiver knew them again, and yet each is one request too many.
pub(crate) fn sent_again(posted: &HashMap<String, Receipt>) -> usize {
    posted
        .values()
        .filter(|receipt| receipt.count_received > 1)
        .count()
}

/// Whether an attempt has these statuses.
pub(crate) fn is(attempt: &Value, bank: &str, crm: &str) -> bool {
    attempt["bank_status"] == bank && attempt["crm_status"] == crm
}

/// How the accounting system behaves from now on.
pub(crate) async fn accounting(stand: &Stand, mode: AccountingMode, hang_ms: u64) {
    let faults = AccountingFaults {
        hang_ms: Some(hang_ms),
        ..AccountingFaults::mode(mode)
    };
    let set = stand.bank.set_accounting_faults("crm", &faults).await;
    set.expect("the receiver obeys");
}

/// Waits until the accounting system has made so many documents.
pub(crate) async fn documents(stand: &Stand, count: u64) {
    until("documents are made", Duration::from_secs(120), async || {
        let summary = stand.bank.accounting("crm").await.expect("the receiver answers");
        (summary.documents >= count).then_some(())
    })
    .await;
}
