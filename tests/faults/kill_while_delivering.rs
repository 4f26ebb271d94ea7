//! `kill -9` while payments are being passed on.

use std::collections::HashSet;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use sverka_simulator::api::{AccountingMode, Move};
use sverka_tests::process::{Engine, Setup, Stand, posted_once, seed};

use crate::common::{AT_ONCE_AT_RECEIVER, RECOVERED, accounting, documents, payment, sent_again, settled};

on_both_engines!(what_was_under_way_at_a_kill_is_passed_on_once);

const PAYMENTS: usize = 48;
const KILLS: usize = 2;

async fn what_was_under_way_at_a_kill_is_passed_on_once(engine: Engine) {
    let seed = seed();
    let mut chance = StdRng::seed_from_u64(seed);
    let stand = Stand::new(engine, &Setup::usual(seed)).await;
    // It posts the payment, and is slow to say so: at the kill Sverka cannot know.
    accounting(&stand, AccountingMode::HangAfterApply, 1_500).await;
    let mut server = stand.serve().await;
    let mut paid = HashSet::new();
    for nth in 0..PAYMENTS {
        let number = format!("K-{nth}");
        let (id, _) = stand.open(&payment(number.clone())).await;
        let done = stand.bank.pay("sber", "main", &number, &Move::default()).await;
        done.expect("the bank takes the money");
        paid.insert(id);
    }
    for _ in 0..KILLS {
        let before = stand.bank.accounting("crm").await.expect("it answers").documents;
        // On a busy machine all may be over there by now, the last ones still unanswered.
        documents(&stand, (before + 1).min(PAYMENTS as u64)).await;
        tokio::time::sleep(Duration::from_millis(chance.random_range(0..1_200))).await;
        server.kill();
        server = stand.serve().await;
    }
    accounting(&stand, AccountingMode::Ok, 0).await;
    settled(&stand.app, &paid, RECOVERED).await;
    let posted = posted_once(&stand.bank, &paid).await;
    let repeated = sent_again(&posted);
    eprintln!("{repeated} of {PAYMENTS} were sent again, and applied once");
    assert!(
        repeated > 0,
        "no kill hit a delivery that was under way: nothing is proved"
    );
    assert!(
        repeated <= KILLS * AT_ONCE_AT_RECEIVER,
        "only what was under way at a kill is sent again"
    );
}
