//! A great registry: made by the simulator with known faults, loaded over HTTP, reported fault by fault.
//!
//! The ordinary run takes a small one. The full one, 200 000 lines, is run by hand and tells its figures:
//! `scripts/with-postgres cargo nextest run --workspace --run-ignored only --no-capture -E 'test(two_hundred_thousand)'`.

use std::collections::{BTreeMap, HashSet};
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde_json::Value;
use sverka_app::ports::store::StoreError;
use sverka_domain::attempt::{Attempt, AttemptState, BankFact, Event, Outcome, apply};
use sverka_domain::client::Client;
use sverka_domain::ids::AttemptId;
use sverka_domain::money::{Currency, Money};
use sverka_domain::status::BankStatus;
use sverka_simulator::api::{BankOperation, RegistryFault, RegistryFaults, RegistryLayout, RegistryWish};
use sverka_tests::memory::{forget_peak, memory};
use sverka_tests::whole::{Engine, TestApp};

sverka_tests::on_both_engines! {
    a_great_registry_reports_exactly_its_faults,
}

async fn a_great_registry_reports_exactly_its_faults(app: &TestApp) {
    great(app, 3_000, RegistryLayout::TBank).await;
}

#[test]
#[ignore = "minutes: the full size, for its figures"]
fn two_hundred_thousand_lines_on_sqlite() {
    sverka_tests::whole::run(Engine::Sqlite, async |app: &TestApp| {
        great(app, 200_000, RegistryLayout::Sverka).await;
    });
}

#[test]
#[ignore = "minutes: the full size, for its figures"]
fn two_hundred_thousand_lines_on_postgres() {
    sverka_tests::whole::run(Engine::Postgres, async |app: &TestApp| {
        great(app, 200_000, RegistryLayout::Sverka).await;
    });
}

/// Every hundredth payment that nothing is wrong with is not known to be paid.
const SILENT: usize = 100;

#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the figures are the real time, and what the full run is for"
)]
async fn great(app: &TestApp, size: u64, layout: RegistryLayout) {
    let share = size / 1_000;
    let faults = RegistryFaults {
        drop: share,
        change_amount: share * 2,
        duplicate: share,
        wrong_status: share,
        strangers: share * 3,
        wrong_totals: false,
    };
    let day = app.sverka.now().as_second() - 3 * 86_400;
    let wish = RegistryWish {
        layout,
        invented: Some(size),
        day,
        faults,
    };
    let made = app.control.make_registry("sber", "main", &wish).await.unwrap();
    let bytes = STANDARD.decode(&made.file_base64).unwrap();
    let mut wrong: BTreeMap<&str, HashSet<String>> = BTreeMap::new();
    for (fault, number) in &made.faults {
        wrong.entry(told(*fault)).or_default().insert(number.clone());
    }
    let faulty: HashSet<&str> = made.faults.iter().map(|(_, number)| number.as_str()).collect();
    let silent = journal(app, &made.operations, &faulty).await;
    app.leave_deliveries_open();

    let length = bytes.len();
    let before = memory("VmRSS");
    forget_peak();
    let begun = Instant::now();
    let path = "/api/v1/registries?bank=sber&bank_account=main&file_name=great.csv";
    let operator = app.operator();
    let request = operator
        .request(Method::POST, path)
        .header("content-type", "application/octet-stream");
    let registry = request.body(bytes).send().await.ok();
    println!(
        "{size} lines, {length} bytes: {:.1} s, {} MiB above the {} MiB before",
        begun.elapsed().as_secs_f32(),
        memory("VmHWM").saturating_sub(before) / 1024,
        before / 1024,
    );

    let count = |name: &str| registry["counts"][name].as_u64().unwrap();
    assert_eq!(count("healed"), silent, "{registry}");
    assert_eq!(count("matched"), size - silent - share * 4, "{registry}");
    assert_eq!(registry["adds_up"], true, "{registry}");
    assert_eq!(registry["lines"], made.lines);
    let mut reported: BTreeMap<&str, HashSet<String>> = BTreeMap::new();
    for line in problems(app, &registry).await {
        let code = line["problem"]["code"]
            .as_str()
            .or(line["result"].as_str())
            .unwrap();
        let name = wrong
            .keys()
            .copied()
            .find(|name| *name == code)
            .expect("a fault that was made");
        reported
            .entry(name)
            .or_default()
            .insert(line["order_number"].as_str().unwrap().to_owned());
    }
    assert_eq!(reported, wrong);
}

fn told(fault: RegistryFault) -> &'static str {
    match fault {
        RegistryFault::Dropped => "missing",
        RegistryFault::AmountChanged => "amount_differs",
        RegistryFault::Duplicated => "duplicate",
        RegistryFault::StatusChanged => "status_differs",
        RegistryFault::Stranger => "no_attempt",
    }
}

/// Every line that is neither matched nor healed.
async fn problems(app: &TestApp, registry: &Value) -> Vec<Value> {
    let id = registry["id"].as_str().unwrap();
    let wanted = "result=differs&result=no_attempt&result=missing&result=noted&limit=200";
    let (mut lines, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = app
            .viewer()
            .get(&format!("/api/v1/registries/{id}/lines?{wanted}{cursor}"))
            .await
            .ok();
        lines.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next_cursor"].as_str() else {
            return lines;
        };
        cursor = format!("&cursor={next}");
    }
}

/// Puts the attempts into the journal, past the API. Returns how many are not known to be paid.
async fn journal(app: &TestApp, operations: &[BankOperation], faulty: &HashSet<&str>) -> u64 {
    let now = app.sverka.now();
    let mut silent = 0;
    let mut attempts = Vec::with_capacity(operations.len());
    for (nth, operation) in operations.iter().enumerate() {
        let is_silent = nth % SILENT == 0 && !faulty.contains(operation.order_number.as_str());
        silent += u64::from(is_silent);
        attempts.push(attempt(nth, operation, is_silent, now));
    }
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
    silent
}

fn attempt(nth: usize, operation: &BankOperation, is_silent: bool, now: jiff::Timestamp) -> Attempt {
    let at = jiff::Timestamp::from_second(operation.at).unwrap();
    let amount = Money::new(operation.amount, Currency::RUB);
    let fresh = AttemptState::new(amount);
    let fact = BankFact {
        status: BankStatus::Paid,
        amount: Some(amount),
        refunded: None,
        paid_at: Some(at),
    };
    let answered = Event::BankAnswered {
        fact: Some(fact),
        at: now,
    };
    let state = match apply(&fresh, &answered).unwrap() {
        Outcome::Moved(moved) if !is_silent => moved.state,
        Outcome::Moved(_) | Outcome::Unchanged => fresh,
    };
    let millis = u64::try_from(at.as_millisecond()).unwrap();
    let mut tail = [0_u8; 10];
    tail[2..].copy_from_slice(&u64::try_from(nth).unwrap().to_be_bytes());
    Attempt {
        id: AttemptId(uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()),
        merchant: "tverskaya".to_owned(),
        order_number: operation.order_number.clone(),
        bank: "sber".to_owned(),
        bank_account: "main".to_owned(),
        bank_order_id: Some(operation.bank_order_id.clone()),
        payment_url: None,
        rrn: Some(operation.rrn.clone()),
        payment_type: "membership".to_owned(),
        client: Client {
            name: format!("Клиент {nth}"),
            phone: None,
            email: None,
            external_id: None,
        },
        description: None,
        metadata: serde_json::Map::new(),
        state,
        next_query_at: None,
        last_query_at: None,
        last_query_error: None,
        created_at: at,
        updated_at: at,
        version: 1,
    }
}
