//! Several processes on one database, one of which dies.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use sverka_simulator::api::AccountingMode;
use sverka_tests::process::{Engine, Setup, Stand, posted_once, seed};

use crate::common::{RECOVERED, Storm, accounting, assert_kept, paid, sent_again, settled, silent_payments};

const PAYMENTS: usize = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_and_a_worker_of_which_one_dies_lose_and_double_nothing() {
    let seed = seed();
    let mut chance = StdRng::seed_from_u64(seed);
    let stand = Stand::new(Engine::Postgres, &Setup::usual(seed)).await;
    accounting(&stand, AccountingMode::HangAfterApply, 200).await;
    let first = stand.serve().await;
    let second = stand.serve_beside().await;
    let worker = stand.worker();
    let payments = silent_payments(&stand, "P", PAYMENTS).await;
    let urls = [first.url.as_str(), second.url.as_str()];
    let storm = Storm::start(&payments, &urls, Duration::from_millis(100));
    storm.reaches(chance.random_range(10..PAYMENTS - 20)).await;
    let url = second.url.clone();
    let (alive, dies) = if chance.random() {
        (second, first)
    } else {
        (first, second)
    };
    let (mut alive, mut worker) = if chance.random_range(0..3) == 0 {
        eprintln!("the worker dies");
        worker.kill();
        (vec![alive, dies], None)
    } else {
        eprintln!("a server dies, the one beside: {}", dies.url == url);
        dies.kill();
        (vec![alive], Some(worker))
    };
    let sent = storm.end().await;
    let app = stand.app.at(&alive[0].url);
    assert_kept(&app, &sent).await;
    let paid = paid(&payments);
    settled(&app, &paid, RECOVERED).await;
    let repeated = sent_again(&posted_once(&stand.bank, &paid).await);
    assert!(
        repeated <= 1,
        "{repeated} were sent by two: only one can have been under way at the kill"
    );
    assert!(
        alive.iter_mut().all(sverka_tests::process::Program::runs),
        "a server ended by itself"
    );
    assert!(
        worker.as_mut().is_none_or(sverka_tests::process::Program::runs),
        "the worker ended by itself"
    );
}
