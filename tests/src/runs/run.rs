//! One run, from an empty journal to the count.

use std::collections::HashSet;
use std::time::Duration;

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use tokio::time::{Instant, sleep};

use super::chaos::Chaos;
use super::count::{Expected, tally};
use super::fill::{self, Client};
use super::journal::{self, Row};
use super::notices;
use super::operator::Operator;
use super::plan::Plan;
use super::programs::Programs;
use super::proxy::{Proxy, Rates};
use super::report::Report;
use super::target::Target;
use crate::process::{Engine, Setup, Stand};

/// Between two refunds.
const BETWEEN_REFUNDS: Duration = Duration::from_millis(50);

/// Pays, passes on while everything fails, lets all heal, and counts.
///
/// # Panics
/// When something that is not under the run fails: the bank, the disk, the other side's own list.
pub async fn run(plan: &Plan, target: &mut dyn Target) -> Report {
    let begun = Instant::now();
    let mut chance = StdRng::seed_from_u64(plan.seed);
    let clients: Vec<Client> = (0..plan.payments).map(Client::nth).collect();
    let theirs = target.know(&clients).await;
    assert_eq!(theirs.len(), clients.len(), "each client is known over there");
    let mut proxy = Proxy::start(plan.seed, target.address(), Rates::calm()).await;
    let stand = stand(plan, target.connection(&proxy.url)).await;
    let mut programs = Programs::taking_in(&stand, plan.engine).await;
    let payments = fill::payments(theirs, plan.refunds, &mut chance);
    let payments = fill::fill(&stand, payments).await;
    let expected = fill::expected(&payments);
    let filled = begun.elapsed();

    let requests = expected.len() as u64 * target.steps();
    let mut chaos = Chaos::new(plan, requests);
    if plan.spoils_requests {
        let rates = Rates::storm(Duration::from_secs(plan.timeout_seconds.into()));
        proxy.set(rates.over(target.steps()));
    }
    programs.begin_to_work(&stand).await;
    let operator = Operator::start(&stand);
    let mut settled = false;
    let storm = async {
        // What was to be killed is killed, as long as there is time for a calm.
        while !settled
            && (begun.elapsed() < filled + plan.storm
                || chaos.has_more() && begun.elapsed() < plan.limit * 2 / 3)
        {
            chaos.go_on(&stand, &mut programs, &mut proxy, target).await;
            settled = is_settled(&stand, &expected).await;
        }
    };
    tokio::join!(storm, fill::refund(&stand, &payments, BETWEEN_REFUNDS));
    proxy.set(Rates::calm());
    target.behave().await;
    let storm = begun.elapsed().saturating_sub(filled);
    let mut asked = HashSet::new();
    while begun.elapsed() < plan.limit && !settled {
        sleep(Duration::from_millis(500)).await;
        settled = is_settled(&stand, &expected).await;
        if let (false, Ok(rows)) = (settled, journal::deliveries(&stand.database.url).await) {
            notices::ask_again(&stand, &notices::missing(&expected, &rows), &mut asked).await;
        }
    }
    let ended = programs.ended();
    let journal = journal::deliveries(&stand.database.url).await;
    let journal = journal.expect("the database is there");
    let told = notices::told(&stand, &notices::missing(&expected, &journal)).await;
    let documents = target.documents().await;
    Report {
        target: target.name(),
        plan: plan.clone(),
        demand: target.demand(),
        deliveries: expected.len(),
        tries: journal.iter().map(|row| row.tries).sum(),
        documents: documents.len(),
        tally: tally(&expected, &journal, &documents),
        proxy: proxy.counts(),
        chaos: chaos.done,
        presses: operator.presses(),
        repeated: asked.len(),
        told,
        ended_by_themselves: ended,
        filled,
        storm,
        whole: begun.elapsed(),
    }
}

async fn stand(plan: &Plan, connection: String) -> Stand {
    let setup = Setup {
        timeout_seconds: plan.timeout_seconds,
        // The simulator's bank answers at once; what it is asked is not under the run.
        questions_per_second: 50,
        connection: Some(connection),
        ..Setup::usual(plan.seed)
    };
    Stand::new(plan.engine, &setup).await
}

/// Whether everything that has to be passed on is in the journal, and nothing more happens to it by itself.
async fn is_settled(stand: &Stand, expected: &[Expected]) -> bool {
    let deliveries = journal::deliveries(&stand.database.url).await;
    deliveries.is_ok_and(|rows| rows.len() >= expected.len() && rows.iter().all(Row::is_final))
}

/// The engine's name, for the report.
pub(super) fn engine(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    }
}
