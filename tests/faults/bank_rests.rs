//! A bank that fails is left alone by all workers, though only one of them has seen it fail.

use std::cell::Cell;
use std::time::Duration;

use tokio::time::Instant;

use sverka_simulator::api::{Bank, BankFaults, ServiceMode};
use sverka_tests::process::{Engine, Setup, Stand, posted_once, seed, until};

use crate::common::{RECOVERED, paid, settled, silent_payments};

const PAYMENTS: usize = 40;
/// Rests last 5, 10, 20 … seconds: so long without a question is in the third one, at least.
const THIRD_REST: Duration = Duration::from_secs(11);
/// Of the third rest at least so much is left then, the start of a program included.
const WATCHED: Duration = Duration::from_secs(6);
/// More questions than will be asked.
const MANY: u64 = 100_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bank_that_one_worker_found_away_is_not_asked_by_another_one() {
    let stand = Stand::new(Engine::Postgres, &Setup::usual(seed())).await;
    let server = stand.serve_without_workers().await;
    let payments = silent_payments(&stand, "R", PAYMENTS).await;
    faults(&stand, ServiceMode::Error500, Some(MANY)).await;
    let first = stand.worker();
    let last = Cell::new((0, Instant::now()));
    let asked = until("the bank is left alone", Duration::from_secs(120), async || {
        let asked = asked(&stand).await;
        if asked != last.get().0 {
            last.set((asked, Instant::now()));
        }
        (asked > 0 && last.get().1.elapsed() > THIRD_REST).then_some(asked)
    })
    .await;
    // It has all those payments to ask about, and has seen nothing itself.
    let second = stand.worker();
    tokio::time::sleep(WATCHED).await;
    assert_eq!(self::asked(&stand).await, asked, "the second worker asked");
    // And it does ask when the bank is there again.
    first.kill();
    faults(&stand, ServiceMode::Ok, None).await;
    let paid = paid(&payments);
    settled(&stand.app, &paid, RECOVERED).await;
    posted_once(&stand.bank, &paid).await;
    drop((server, second));
}

async fn faults(stand: &Stand, query_mode: ServiceMode, query_times: Option<u64>) {
    let faults = BankFaults {
        query_mode,
        query_times,
        ..BankFaults::default()
    };
    let set = stand.bank.set_bank_faults("sber", "main", &faults).await;
    set.expect("the bank obeys");
}

/// How many questions the bank has failed to answer.
async fn asked(stand: &Stand) -> u64 {
    let accounts = stand.bank.banks().await.expect("the bank answers");
    let account = accounts
        .iter()
        .find(|known| known.bank == Bank::Sber && known.account == "main");
    MANY - account
        .and_then(|known| known.faults.query_times)
        .expect("it still fails")
}
