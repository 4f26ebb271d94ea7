//! SIGTERM: what is under way is finished, nothing new is begun, and it ends in time.

use std::collections::HashSet;
use std::time::Duration;

use sverka_simulator::api::{AccountingMode, BankFaults, Move, ServiceMode};
use sverka_tests::process::{Engine, Setup, Stand, posted, posted_once, seed};

use crate::common::{accounting, documents, payment, settled};

on_both_engines!(
    sigterm_lets_the_delivery_under_way_end_and_begins_no_other
    sigterm_lets_the_request_under_way_end
    sigterm_does_not_wait_for_a_receiver_that_hangs
);

const LIMIT: Duration = Duration::from_secs(10);
const SLOW_MS: u64 = 3_000;
/// How many a connection that enforces our key has under way at once.
const AT_ONCE: usize = 8;
const WAITING: usize = 40;

/// Payments whose callbacks come at once.
async fn pay(stand: &Stand, count: usize) -> HashSet<String> {
    let mut paid = HashSet::new();
    for nth in 0..count {
        let number = format!("T-{nth}");
        let (id, _) = stand.open(&payment(number.clone())).await;
        let done = stand.bank.pay("sber", "main", &number, &Move::default()).await;
        done.expect("the bank takes the money");
        paid.insert(id);
    }
    paid
}

async fn sigterm_lets_the_delivery_under_way_end_and_begins_no_other(engine: Engine) {
    let stand = Stand::new(engine, &Setup::usual(seed())).await;
    accounting(&stand, AccountingMode::HangAfterApply, SLOW_MS).await;
    let server = stand.serve().await;
    let paid = pay(&stand, WAITING).await;
    // The first ones are with the receiver, which takes its time; the others wait.
    documents(&stand, 2).await;
    let (status, took) = server.stop().await;
    eprintln!("ended after {took:?}");
    assert_eq!(status.code(), Some(0));
    assert!(took < LIMIT, "it took {took:?}");
    let begun = posted(&stand.bank).await.len();
    assert!(
        (2..=AT_ONCE * 2).contains(&begun),
        "{begun} deliveries were begun, though it was to stop"
    );

    accounting(&stand, AccountingMode::Ok, 0).await;
    let _server = stand.serve().await;
    // At once: nobody held anything, and nothing was in doubt.
    settled(&stand.app, &paid, Duration::from_secs(30)).await;
    for receipt in posted_once(&stand.bank, &paid).await.values() {
        assert_eq!(receipt.count_received, 1, "no answer was missed: {receipt:?}");
    }
}

async fn sigterm_lets_the_request_under_way_end(engine: Engine) {
    let stand = Stand::new(engine, &Setup::usual(seed())).await;
    let server = stand.serve().await;
    let operator = stand.operator().await;
    let (id, _) = stand.open(&payment("R-1".to_owned())).await;
    let done = stand.bank.pay("sber", "main", "R-1", &Move::silent()).await;
    done.expect("the bank takes the money");
    let slow = BankFaults {
        query_mode: ServiceMode::Timeout,
        hang_ms: SLOW_MS,
        ..BankFaults::default()
    };
    let set = stand.bank.set_bank_faults("sber", "main", &slow).await;
    set.expect("the bank obeys");
    let question = tokio::spawn(async move { operator.query_bank(&id).await });
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (status, took) = server.stop().await;
    eprintln!("ended after {took:?}");
    assert_eq!(status.code(), Some(0));
    assert!(took < LIMIT, "it took {took:?}");
    let (status, answer) = question.await.expect("the question ends");
    // The bank cut the connection in the end, which is what the operator is told.
    assert!(
        (500..600).contains(&status),
        "the request was answered: {status} {answer}"
    );
    assert_eq!(answer["code"], "bank_unavailable", "{answer}");
}

async fn sigterm_does_not_wait_for_a_receiver_that_hangs(engine: Engine) {
    let stand = Stand::new(engine, &Setup::usual(seed())).await;
    accounting(&stand, AccountingMode::HangAfterApply, 60_000).await;
    let server = stand.serve().await;
    pay(&stand, 2).await;
    documents(&stand, 1).await;
    let (status, took) = server.stop().await;
    eprintln!("ended after {took:?}");
    assert_eq!(status.code(), Some(0));
    assert!(took < LIMIT, "it took {took:?}");
}
