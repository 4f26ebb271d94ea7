//! The run over every bank, in virtual time: callbacks are lost, doubled, reordered and forged, questions fail, and in the
//! end Sverka knows of every order what the bank knows, and has passed on exactly that.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod accounts;
mod history;
mod judge;
mod order;
mod report;
mod stand;
mod story;

use sverka_tests::process::seed;
use sverka_tests::whole::Engine;

/// Orders at each bank.
const ORDERS: usize = 16;

#[test]
fn every_bank_there_is_has_an_account_in_the_run() {
    let missing: Vec<_> = sverka_banks::BANKS
        .iter()
        .filter(|bank| accounts::settings(bank.code, "http://127.0.0.1:1").is_none())
        .map(|bank| bank.code)
        .collect();
    assert!(
        missing.is_empty(),
        "teach them to the simulator, and to tests/banks/accounts.rs: {missing:?}"
    );
}

#[test]
fn whatever_is_lost_doubled_late_or_forged_the_journal_comes_to_the_truth() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut stand = stand::Stand::new(Engine::Sqlite, seed()).await;
        stand.live_through(ORDERS).await;
        let outcome = judge::judge(&stand).await;
        eprintln!("{}", report::table(&outcome));
        assert!(outcome.faults.is_empty(), "{}", outcome.faults.join("\n"));
        stand.finish().await;
    });
}
