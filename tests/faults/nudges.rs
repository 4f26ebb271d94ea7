//! What one process takes in wakes the workers of another one.

use std::time::Duration;

use tokio::time::Instant;

use sverka_tests::process::{Answer, Caller, Engine, Setup, Stand, seed};

use crate::common::{documents, silent_payments};

/// All of them are paid.
const PAYMENTS: usize = 6;
/// Half of the time after which a worker looks by itself.
const SOON: Duration = Duration::from_millis(2_500);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_server_takes_in_wakes_the_worker_of_another_process() {
    let stand = Stand::new(Engine::Postgres, &Setup::usual(seed())).await;
    let server = stand.serve_without_workers().await;
    let mut worker = stand.worker();
    let payments = silent_payments(&stand, "N", PAYMENTS).await;
    let caller = Caller::new();
    let mut waits = Vec::new();
    for (made, payment) in (1..).zip(&payments) {
        let begun = Instant::now();
        let answer = caller.send(&server.url, &payment.callback).await;
        assert_eq!(answer, Answer::Status(200));
        documents(&stand, made).await;
        waits.push(begun.elapsed());
        // Now the worker has looked, found nothing more, and would look again in five seconds.
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    // The first one may have waited for the worker to start.
    eprintln!("from a callback to its document: {waits:?}");
    let mut waits = waits.split_off(1);
    waits.sort_unstable();
    // One may have had to wait for a busy machine; not most of them.
    assert!(
        waits[waits.len() / 2] < SOON,
        "the worker looked when it would have looked by itself: {waits:?}"
    );
    assert!(worker.runs(), "the worker ended by itself");
}
