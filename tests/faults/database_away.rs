//! The database goes away for some seconds while callbacks come.

use std::time::Duration;

use sverka_tests::process::{Answer, Engine, Setup, Stand, posted_once, seed};

use crate::common::{RECOVERED, Storm, assert_kept, paid, settled, silent_payments};

const CALLBACKS: usize = 200;
const AWAY: Duration = Duration::from_secs(14);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_callback_is_kept_or_refused_while_the_database_is_away_and_all_heals_afterwards() {
    let setup = Setup::usual(seed());
    let stand = Stand::new(Engine::Postgres, &setup).await;
    let mut server = stand.serve().await;
    let payments = silent_payments(&stand, "A", CALLBACKS).await;
    let storm = Storm::start(&payments, &[&server.url], Duration::from_millis(150));
    storm.reaches(CALLBACKS / 4).await;
    stand.database.take_away();
    tokio::time::sleep(AWAY).await;
    stand.database.give_back();
    let sent = storm.end().await;
    let count = |wanted: fn(&Answer) -> bool| sent.iter().filter(|(_, answer)| wanted(answer)).count();
    let taken = count(|answer| *answer == Answer::Status(200));
    let refused = count(|answer| matches!(answer, Answer::Status(500..)));
    eprintln!("{taken} taken in, {refused} refused with 5xx, of {CALLBACKS}");
    assert!(refused > 0, "the database was not missed: nothing is proved");
    assert_eq!(
        taken + refused,
        CALLBACKS,
        "every callback is taken in or refused: {sent:?}"
    );
    let faults = count(|answer| matches!(answer, Answer::Status(500)));
    assert_eq!(
        faults, 0,
        "a database that is away is 503, which is no fault of ours"
    );
    assert_kept(&stand.app, &sent).await;
    let paid = paid(&payments);
    settled(&stand.app, &paid, RECOVERED).await;
    posted_once(&stand.bank, &paid).await;
    assert!(server.runs(), "the server lived through it");
}
