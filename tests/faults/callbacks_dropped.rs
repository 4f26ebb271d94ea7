//! A bank that loses three callbacks of ten, at the default schedule: nobody helps.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use futures_util::StreamExt as _;
use jiff::Timestamp;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use sverka_simulator::api::{BankFaults, CallbackOutcome, Move};
use sverka_tests::process::{Api, Engine, NewPayment, Setup, Stand, posted_once, seed};

use crate::common::settled;

on_both_engines!(with_three_callbacks_of_ten_lost_every_payment_heals_by_itself);

const PAYMENTS: usize = 60;

async fn with_three_callbacks_of_ten_lost_every_payment_heals_by_itself(engine: Engine) {
    let seed = seed();
    let mut chance = StdRng::seed_from_u64(seed);
    let stand = Stand::new(engine, &Setup::usual(seed)).await;
    for (bank, account) in [("sber", "main"), ("payonline", "club")] {
        let set = stand.bank.set_bank_faults(bank, account, &faults()).await;
        set.expect("the bank obeys");
    }
    let _server = stand.serve().await;
    let clients: Vec<_> = (0..PAYMENTS)
        .map(|nth| client(&stand, nth, chance.random_range(0..8_000)))
        .collect();
    let ids: HashMap<String, String> = futures_util::stream::iter(clients)
        .buffer_unordered(PAYMENTS)
        .collect()
        .await;
    let paid: HashSet<String> = ids.values().cloned().collect();
    let attempts = settled(&stand.app, &paid, Duration::from_secs(150)).await;
    posted_once(&stand.bank, &paid).await;

    let lost = lost(&stand).await;
    let mut times = Vec::new();
    for number in &lost {
        times.push(time_to_heal(&stand, number, &ids[number]).await);
    }
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    let by_question = attempts
        .iter()
        .filter(|attempt| attempt["bank_status_source"] == "bank_query")
        .count();
    eprintln!(
        "{} of {PAYMENTS} callbacks lost, all healed; {by_question} learned by asking; time to heal: median {:?}, p99 {:?}",
        lost.len(),
        at(50),
        at(99)
    );
    assert!(
        lost.len() > PAYMENTS / 10,
        "too few callbacks were lost to prove anything: {lost:?}"
    );
    assert!(
        at(50) < Duration::from_secs(60),
        "the median time to heal is {:?}",
        at(50)
    );
}

fn faults() -> BankFaults {
    BankFaults {
        drop_rate: 0.3,
        duplicate_rate: 0.1,
        reorder_rate: 0.1,
        forge_rate: 0.05,
        query_fail_rate: 0.02,
        ..BankFaults::default()
    }
}

/// A client who needs so long to find the card, and pays. Order number and attempt.
async fn client(stand: &Stand, nth: usize, pause_ms: u64) -> (String, String) {
    let (bank, account) = if nth.is_multiple_of(3) {
        ("payonline", "club")
    } else {
        ("sber", "main")
    };
    let number = format!("D-{nth}");
    let new = NewPayment {
        bank,
        account,
        order_number: number.clone(),
        amount: 99_000,
    };
    let (id, _) = stand.open(&new).await;
    tokio::time::sleep(Duration::from_millis(pause_ms)).await;
    let done = stand.bank.pay(bank, account, &number, &Move::default()).await;
    done.expect("the bank takes the money");
    (number, id)
}

/// The orders of which no good callback got out.
async fn lost(stand: &Stand) -> Vec<String> {
    let log = stand.bank.callbacks().await.expect("the bank's log");
    let good = log.items.iter().filter(|callback| !callback.forged);
    let sent: HashSet<_> = good
        .clone()
        .filter(|callback| callback.outcome == CallbackOutcome::Sent)
        .map(|callback| callback.order_number.clone())
        .collect();
    let dropped: HashSet<_> = good
        .filter(|callback| callback.outcome == CallbackOutcome::Dropped)
        .map(|callback| callback.order_number.clone())
        .collect();
    dropped.difference(&sent).cloned().collect()
}

/// From the client's payment at the bank to the change of the bank status in the journal.
async fn time_to_heal(stand: &Stand, number: &str, id: &str) -> Duration {
    let (sber, payonline) = tokio::join!(
        stand.bank.order("sber", "main", number),
        stand.bank.order("payonline", "club", number)
    );
    let order = sber.or(payonline).expect("the bank knows the order");
    let healed = became_paid(&stand.app, id).await.as_millisecond();
    let took = healed - order.paid_at.expect("it is paid");
    Duration::from_millis(u64::try_from(took).expect("it heals after it was paid"))
}

async fn became_paid(api: &Api, id: &str) -> Timestamp {
    let events = api.events(id).await;
    let change = events.iter().find(|event| event["bank_status"]["to"] == "paid");
    let at = change.expect("the timeline has the change")["at"]
        .as_str()
        .expect("a time");
    at.parse().expect("a time")
}
