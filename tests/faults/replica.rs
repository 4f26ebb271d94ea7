//! A streaming replica serves the searches: an operator sees their own change all the same, through whichever process,
//! and nothing breaks when the replica falls behind or dies.

use std::time::Duration;

use serde_json::Value;
use sverka_tests::process::{Api, Engine, Program, Setup, Stand, Standby, seed, until};
use tokio::time::Instant;

use crate::common::payment;

const ORDER: &str = "R-1";
/// The longest time that a search may take while the replica dies: one wait for a connection, and the primary.
const PATIENT: Duration = Duration::from_secs(5);

/// Waits until `/readyz` says so of the replica.
async fn replica_is(program: &Program, state: &str) {
    let line = format!("ready\nreplica: {state}\n");
    let caller = Api::new(&program.url, "");
    until(
        &format!("the replica is {state}"),
        Duration::from_secs(60),
        async || (caller.text("/readyz").await == (200, line.clone())).then_some(()),
    )
    .await;
}

/// The bank status that a search for the order shows.
async fn seen_by(caller: &Api) -> Value {
    let begun = Instant::now();
    let (status, page) = caller.search(&format!("q={ORDER}")).await;
    assert_eq!(status, 200, "{page}");
    assert!(begun.elapsed() < PATIENT, "a search took {:?}", begun.elapsed());
    page["items"][0]["bank_status"].clone()
}

/// How many far reads the process sent where.
async fn far_reads(program: &Program, by: &str) -> u64 {
    let (_, metrics) = Api::new(&program.url, "").text("/metrics").await;
    let name = format!("sverka_far_reads_total{{by=\"{by}\"}} ");
    let line = metrics.lines().find_map(|line| line.strip_prefix(name.as_str()));
    line.map_or(0, |count| count.parse().expect("a number"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replica_serves_searches_and_never_hides_an_operators_own_change() {
    let stand = Stand::new(Engine::Postgres, &Setup::usual(seed())).await;
    let standby = Standby::start();
    stand.read_from(&standby.url(&stand.database));
    let first = stand.serve_without_workers().await;
    let second = stand.serve_beside().await;
    let id = stand.app.record(&payment(ORDER.to_owned())).await;
    replica_is(&first, "serving").await;
    replica_is(&second, "serving").await;
    let operator = stand.operator().await;
    let (at_first, at_second) = (operator.at(&first.url), operator.at(&second.url));
    // The app's backend is somebody else, who does not mind.
    let other = stand.app.at(&second.url);
    until(
        "the replica has the attempt",
        Duration::from_secs(20),
        async || (seen_by(&other).await == "created").then_some(()),
    )
    .await;

    standby.pause();
    let before = far_reads(&second, "replica").await;
    let attempt = at_first.attempt(&id).await;
    let (status, decided) = at_first.override_status(&attempt, "paid").await;
    assert_eq!(status, 200, "{decided}");
    assert_eq!(
        seen_by(&at_first).await,
        "paid",
        "their own change, in the same process"
    );
    assert_eq!(seen_by(&at_second).await, "paid", "and through another one");
    assert_eq!(
        seen_by(&other).await,
        "created",
        "whoever changed nothing is served by the replica, which is paused"
    );
    assert!(far_reads(&second, "replica").await > before);
    let (status, file) = at_second.text("/api/v1/payment-attempts/export").await;
    assert!(status == 200 && file.contains("paid"), "the export: {file}");

    // Ten seconds are too far behind for everybody.
    until("the primary serves", Duration::from_secs(30), async || {
        (seen_by(&other).await == "paid").then_some(())
    })
    .await;
    replica_is(&second, "behind").await;
    standby.resume();
    replica_is(&second, "serving").await;
    let by_primary = far_reads(&second, "primary").await;
    assert_eq!(seen_by(&at_second).await, "paid");
    assert_eq!(
        far_reads(&second, "primary").await,
        by_primary,
        "the replica has it now"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replica_that_is_killed_breaks_nothing_and_serves_again_when_it_is_back() {
    let stand = Stand::new(Engine::Postgres, &Setup::usual(seed())).await;
    let standby = Standby::start();
    stand.read_from(&standby.url(&stand.database));
    let mut server = stand.serve().await;
    stand.app.record(&payment(ORDER.to_owned())).await;
    replica_is(&server, "serving").await;
    let searching = tokio::spawn({
        let app = stand.app.clone();
        async move {
            let end = Instant::now() + Duration::from_secs(12);
            let mut searches = 0_u32;
            while Instant::now() < end {
                assert_ne!(seen_by(&app).await, Value::Null, "the attempt is found");
                searches += 1;
            }
            searches
        }
    });
    tokio::time::sleep(Duration::from_secs(2)).await;
    standby.kill();
    let searches = searching.await.expect("every search is answered");
    assert!(searches > 50, "only {searches} searches in 12 s");
    replica_is(&server, "away").await;
    let (status, file) = stand.app.text("/api/v1/payment-attempts/export").await;
    assert!(status == 200 && file.contains(ORDER), "the export: {file}");
    let log = server.log();
    let told = log.matches("the replica cannot serve").count();
    assert!((1..=2).contains(&told), "told {told} times, not once");
    let password = stand.database.url.split([':', '@']).nth(2).expect("a password");
    assert!(!log.contains(password), "the password is in the open");

    standby.start_again();
    replica_is(&server, "serving").await;
    assert!(server.runs(), "the server lived through it");
    drop(server);

    // A start does not need it either.
    standby.kill();
    let server = stand.serve().await;
    assert_ne!(seen_by(&stand.app.at(&server.url)).await, Value::Null);
    replica_is(&server, "away").await;
}
