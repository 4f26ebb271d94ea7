//! `kill -9` at any moment of 200 callbacks that are sent 16 at a time.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use sverka_tests::process::{Answer, Engine, Setup, Stand, posted_once, seed};

use crate::common::{
    AT_ONCE_AT_RECEIVER, RECOVERED, Storm, assert_kept, paid, sent_again, settled, silent_payments,
};

on_both_engines!(no_callback_that_was_answered_is_lost_to_a_kill);

const CALLBACKS: usize = 200;
const KILLS: usize = 3;

async fn no_callback_that_was_answered_is_lost_to_a_kill(engine: Engine) {
    let seed = seed();
    let mut chance = StdRng::seed_from_u64(seed);
    // The bank may be asked often: what its callbacks did not tell has to be asked for.
    let setup = Setup {
        questions_per_second: 50,
        ..Setup::usual(seed)
    };
    let stand = Stand::new(engine, &setup).await;
    let mut server = stand.serve().await;
    let mut all = Vec::new();
    for round in 0..KILLS {
        let payments = silent_payments(&stand, &format!("S{round}"), CALLBACKS).await;
        let storm = Storm::start(&payments, &[&server.url], Duration::ZERO);
        storm.reaches(chance.random_range(5..CALLBACKS - 20)).await;
        tokio::time::sleep(Duration::from_micros(chance.random_range(0..5_000))).await;
        server.kill();
        let sent = storm.end().await;
        server = stand.serve().await;
        assert_kept(&stand.app, &sent).await;
        let taken = sent
            .iter()
            .filter(|(_, answer)| *answer == Answer::Status(200))
            .count();
        eprintln!("round {round}: {taken} of {CALLBACKS} answered before the kill");
        assert!(taken < CALLBACKS, "the kill came too late to prove anything");
        let refused = sent
            .iter()
            .filter(|(_, answer)| matches!(answer, Answer::Status(status) if *status != 200));
        assert_eq!(
            refused.count(),
            0,
            "a good callback is taken in, or has no answer"
        );
        all.extend(payments);
    }
    let paid = paid(&all);
    settled(&stand.app, &paid, RECOVERED).await;
    let repeated = sent_again(&posted_once(&stand.bank, &paid).await);
    assert!(
        repeated <= KILLS * AT_ONCE_AT_RECEIVER,
        "{repeated} were sent again: more than can have been under way at the kills"
    );
}
