//! Several processes on one database, one of which dies.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use sverka_simulator::api::AccountingMode;
use sverka_tests::process::{Engine, Setup, Stand, posted_once, seed, told};

use crate::common::{
    AT_ONCE_AT_RECEIVER as AT_ONCE, RECOVERED, Storm, accounting, assert_kept, paid, sent_again, settled,
    silent_payments,
};

const PAYMENTS: usize = 60;
/// How long one after the other is killed, in seconds; `SECONDS_OF_KILLS` for more.
const SECONDS: usize = 10;
/// Callbacks a second meanwhile.
const A_SECOND: usize = 20;

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
        repeated <= AT_ONCE,
        "{repeated} were sent by two: only {AT_ONCE} can have been under way at the kill"
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_and_two_workers_of_which_one_is_killed_every_second_lose_and_double_nothing() {
    let seed = seed();
    let mut chance = StdRng::seed_from_u64(seed);
    let seconds = told("SECONDS_OF_KILLS").unwrap_or(SECONDS);
    let setup = Setup {
        timeout_seconds: 3,
        questions_per_second: 100,
        ..Setup::usual(seed)
    };
    let stand = Stand::new(Engine::Postgres, &setup).await;
    accounting(&stand, AccountingMode::HangAfterApply, 200).await;
    let (first, second) = (stand.serve().await, stand.serve_beside().await);
    let mut urls = [first.url.clone(), second.url.clone()];
    let mut servers = [Some(first), Some(second)];
    let payments = silent_payments(&stand, "Q", seconds * A_SECOND).await;
    let mut workers = [stand.worker(), stand.worker()];
    let each = Duration::from_millis(1_000 * 16 / u64::try_from(A_SECOND).unwrap());
    let storm = Storm::start(&payments, &[urls[0].as_str(), urls[1].as_str()], each);
    let mut killed = [0; 4];
    for _ in 0..seconds {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let nth = chance.random_range(0..4);
        killed[nth] += 1;
        match nth {
            0 | 1 => {
                servers[nth].take().expect("it runs").kill();
                let again = if nth == 0 {
                    stand.serve().await
                } else {
                    stand.serve_beside_at(&urls[1]).await
                };
                urls[nth].clone_from(&again.url);
                servers[nth] = Some(again);
            }
            _ => std::mem::replace(&mut workers[nth - 2], stand.worker()).kill(),
        }
    }
    eprintln!("killed {killed:?}: the servers, the workers");
    let sent = storm.end().await;
    accounting(&stand, AccountingMode::Ok, 0).await;
    assert_kept(&stand.app, &sent).await;
    let paid = paid(&payments);
    settled(&stand.app, &paid, RECOVERED).await;
    let repeated = sent_again(&posted_once(&stand.bank, &paid).await);
    eprintln!("{} payments, {repeated} sent again and applied once", paid.len());
    assert!(
        repeated <= seconds * AT_ONCE,
        "{repeated} were sent again: more than can have been under way at the kills"
    );
    assert!(
        workers.iter_mut().all(sverka_tests::process::Program::runs),
        "a worker ended by itself"
    );
}
