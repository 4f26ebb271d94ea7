//! What the accounting system holds, which is where a payment is to be once.

use std::collections::{HashMap, HashSet};

use sverka_simulator::api::Receipt;
use sverka_simulator::client::Control;

/// The receipts of payments, by the id of the attempt.
///
/// # Panics
/// When the simulator does not answer, or a payment has two receipts.
pub async fn posted(bank: &Control) -> HashMap<String, Receipt> {
    let receipts = bank
        .accounting_payments("crm")
        .await
        .expect("the receiver answers");
    let mut posted = HashMap::new();
    for receipt in receipts {
        let id = receipt.body["data"]["attempt_id"]
            .as_str()
            .expect("an attempt")
            .to_owned();
        let earlier = posted.insert(id.clone(), receipt);
        assert!(earlier.is_none(), "attempt {id} was posted under two ids");
    }
    posted
}

/// Exactly these attempts are in the accounting system, each once. Returns the receipts.
///
/// # Panics
/// When that is not so.
pub async fn posted_once(bank: &Control, paid: &HashSet<String>) -> HashMap<String, Receipt> {
    let posted = posted(bank).await;
    let there: HashSet<String> = posted.keys().cloned().collect();
    let missing: Vec<_> = paid.difference(&there).collect();
    assert!(missing.is_empty(), "paid and not posted: {missing:?}");
    let unpaid: Vec<_> = there.difference(paid).collect();
    assert!(unpaid.is_empty(), "posted and not paid: {unpaid:?}");
    for (id, receipt) in &posted {
        assert_eq!(receipt.applied_times, 1, "attempt {id}: {receipt:?}");
    }
    let summary = bank.accounting("crm").await.expect("the receiver answers");
    assert_eq!(summary.alarms, [], "the receiver is alarmed");
    assert_eq!(summary.documents, paid.len() as u64, "one document a payment");
    assert_eq!(summary.unauthorized, 0, "every request was signed");
    posted
}
