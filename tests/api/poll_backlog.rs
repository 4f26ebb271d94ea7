//! A great backlog of questions to a bank, as after a long outage: it is worked off, clients who pay meanwhile do not wait
//! for it, and it does not fill the memory.
//!
//! The ordinary run takes a small one. The full one, 50 000 questions, is run by hand and tells its figures:
//! `scripts/with-postgres cargo nextest run --workspace --run-ignored only --no-capture -E 'test(fifty_thousand_questions)'`.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sverka_app::ports::bank::{AccountKey, BankAccount, Banks};
use sverka_app::ports::store::StoreError;
use sverka_banks::BankSettings;
use sverka_domain::attempt::{Attempt, AttemptState};
use sverka_domain::client::Client;
use sverka_domain::ids::AttemptId;
use sverka_domain::money::{Currency, Money};
use sverka_tests::memory::{forget_peak, memory};
use sverka_tests::whole::{API_USER, CALLBACK_SECRET, Engine, Setup, TestApp};

/// A client comes so often while the backlog lasts.
const EVERY: Duration = Duration::from_millis(100);

#[test]
fn a_backlog_of_questions_does_not_keep_clients_waiting_on_sqlite() {
    run(Engine::Sqlite, 600);
}

#[test]
fn a_backlog_of_questions_does_not_keep_clients_waiting_on_postgres() {
    run(Engine::Postgres, 600);
}

#[test]
#[ignore = "minutes: the full size, for its figures"]
fn fifty_thousand_questions_on_sqlite() {
    run(Engine::Sqlite, 50_000);
}

#[test]
#[ignore = "minutes: the full size, for its figures"]
fn fifty_thousand_questions_on_postgres() {
    run(Engine::Postgres, 50_000);
}

/// The account of the simulator, without its usual limit.
fn banks(simulator: &str) -> Banks {
    let settings: BankSettings = serde_json::from_value(json!({
        "bank": "sber",
        "base_url": format!("{simulator}/sber/main/payment/rest/"),
        "user_name": API_USER,
        "password": "demo-password",
        "callback_secret": CALLBACK_SECRET,
        "questions_per_second": 100_000,
    }))
    .unwrap();
    Banks::new([BankAccount {
        key: key(),
        merchant: "tverskaya".to_owned(),
        port: sverka_banks::build(settings).unwrap(),
    }])
}

fn key() -> AccountKey {
    AccountKey {
        bank: "sber".to_owned(),
        account: "main".to_owned(),
    }
}

fn run(engine: Engine, size: usize) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let app = TestApp::set_up(Setup {
            banks,
            ..Setup::on(engine)
        })
        .await;
        drain(&app, size).await;
        app.finish().await;
    });
}

#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "the figures are the real time, and what the full run is for"
)]
async fn drain(app: &TestApp, size: usize) {
    let now = app.sverka.now();
    let backlog: Vec<Attempt> = (0..size)
        .map(|nth| {
            let due = now - SignedDuration::from_millis(i64::try_from(size - nth).unwrap());
            attempt(nth, now - SignedDuration::from_hours(30), due)
        })
        .collect();
    let last = backlog.last().unwrap().id;
    let ids: Vec<AttemptId> = backlog.iter().map(|attempt| attempt.id).collect();
    insert(app, backlog).await;

    let before = memory("VmRSS");
    forget_peak();
    let begun = Instant::now();
    let workers = sverka_workers::start(&app.sverka);
    let mut waits = Vec::new();
    while !is_asked(app, last).await {
        let at = app.sverka.now();
        let client = attempt(size + waits.len(), at, at);
        let id = client.id;
        insert(app, vec![client]).await;
        app.sverka.nudges().ask_banks();
        let came = Instant::now();
        while !is_asked(app, id).await {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        // The oldest go first, so that the backlog lasts until its last one is asked about.
        if !is_asked(app, last).await {
            waits.push(came.elapsed());
        }
        tokio::time::sleep(EVERY).await;
    }
    let took = begun.elapsed();
    workers.stop().await;
    for id in &ids {
        assert!(is_asked(app, *id).await, "{id} was left out");
    }
    assert!(!waits.is_empty(), "no client came while the backlog lasted");
    waits.sort();
    println!(
        "{size} questions in {:.1} s, {:.0} a second; {} clients meanwhile waited {:?} in the median, {:?} at most; {} MiB above the {} MiB before",
        took.as_secs_f64(),
        f64::from(u32::try_from(size).unwrap()) / took.as_secs_f64(),
        waits.len(),
        waits[waits.len() / 2],
        waits[waits.len() - 1],
        memory("VmHWM").saturating_sub(before) / 1024,
        before / 1024,
    );
}

async fn is_asked(app: &TestApp, id: AttemptId) -> bool {
    let read = app.sverka.store().read(move |tx| tx.attempts().get(id)).await;
    read.unwrap().unwrap().last_query_at.is_some()
}

async fn insert(app: &TestApp, attempts: Vec<Attempt>) {
    for batch in attempts.chunks(500) {
        let batch = batch.to_vec();
        app.sverka
            .store()
            .write(move |tx| {
                for attempt in &batch {
                    tx.attempts().insert(attempt, false)?;
                }
                Ok::<_, StoreError>(())
            })
            .await
            .unwrap();
    }
}

fn attempt(nth: usize, created_at: Timestamp, due: Timestamp) -> Attempt {
    let millis = u64::try_from(created_at.as_millisecond()).unwrap();
    let mut tail = [1_u8; 10];
    tail[2..].copy_from_slice(&u64::try_from(nth).unwrap().to_be_bytes());
    Attempt {
        id: AttemptId(uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()),
        merchant: "tverskaya".to_owned(),
        order_number: format!("B-{nth}"),
        bank: "sber".to_owned(),
        bank_account: "main".to_owned(),
        bank_order_id: None,
        payment_url: None,
        rrn: None,
        payment_type: "membership".to_owned(),
        client: Client {
            name: format!("Клиент {nth}"),
            phone: None,
            email: None,
            external_id: None,
        },
        description: None,
        metadata: serde_json::Map::new(),
        state: AttemptState::new(Money::new(450_000, Currency::RUB)),
        next_query_at: Some(due),
        last_query_at: None,
        last_query_error: None,
        created_at,
        updated_at: created_at,
        version: 1,
    }
}
