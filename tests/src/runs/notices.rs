//! Money that went back, and the journal does not know it. The bank tells it three times and then never again; who was
//! killed each time has not heard it, and asks for it, as merchants do.

use std::collections::HashSet;

use sverka_simulator::api::{CallbackRecord, Operation, Resend};

use super::count::Expected;
use super::journal::{Kind, Row};
use crate::process::Stand;

/// After so many tries the bank says no more.
const TRIES: u32 = 3;

/// Whether a notification was answered with success, so that the journal has to know of it.
fn is_heard(record: &CallbackRecord) -> bool {
    record
        .http_status
        .is_some_and(|status| (200..300).contains(&status))
}

/// What is expected and not in the journal.
pub(super) fn missing<'a>(expected: &'a [Expected], rows: &[Row]) -> Vec<&'a Expected> {
    let known: HashSet<(&str, Kind)> = rows.iter().map(|row| (row.attempt.as_str(), row.kind)).collect();
    expected
        .iter()
        .filter(|one| !known.contains(&(one.attempt.as_str(), one.kind)))
        .collect()
}

/// Lets the bank repeat what it has given up, and nobody has heard. What was answered with success is not repeated: if
/// the journal lacks it, that is a fault.
pub(super) async fn ask_again(stand: &Stand, missing: &[&Expected], asked: &mut HashSet<String>) {
    for one in missing.iter().filter(|one| one.kind == Kind::Refund) {
        let told = refunds(stand, &one.order_number).await;
        let is_given_up = told.iter().any(|record| record.attempt >= TRIES) && !told.iter().any(is_heard);
        if !is_given_up || asked.contains(&one.order_number) {
            continue;
        }
        let resend = Resend::default();
        let again = stand
            .bank
            .send_callback("sber", "main", &one.order_number, &resend);
        // A bank that is busy is asked again at the next look.
        if again.await.is_ok() {
            asked.insert(one.order_number.clone());
        }
    }
}

/// What the bank sent of each, and what it was answered.
pub(super) async fn told(stand: &Stand, missing: &[&Expected]) -> Vec<String> {
    let mut lines = Vec::new();
    for one in missing.iter().filter(|one| one.kind == Kind::Refund) {
        for record in refunds(stand, &one.order_number).await {
            lines.push(format!(
                "{}: told at {}, try {}: {:?} {:?} {:?}",
                one.order_number, record.at, record.attempt, record.outcome, record.http_status, record.error
            ));
        }
    }
    lines
}

async fn refunds(stand: &Stand, order_number: &str) -> Vec<CallbackRecord> {
    let log = stand.bank.callbacks().await;
    log.map_or_else(|_| Vec::new(), |log| log.items)
        .into_iter()
        .filter(|record| record.order_number == order_number && record.operation == Operation::Refunded)
        .collect()
}
