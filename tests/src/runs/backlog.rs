//! After an outage: an hour's payments that came while the other side was away, and then so many more that wait. What
//! the worker takes meanwhile, in which order they go, how fast, and whether a refused one blocks the others.

use std::fmt;
use std::time::Duration;

use diesel::sql_types::{BigInt, Text};
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, sql_query};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use tokio::time::{Instant, sleep};

use super::fill::{self, Client};
use super::proxy::{Proxy, Rates};
use super::sink::Sink;
use crate::process::{Engine, Setup, Stand, receiver, told};

/// How large a backlog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlog {
    /// Decides every chance.
    pub seed: u64,
    /// Payments that come one by one while the other side is away: an hour at 25 000 a day.
    pub hour: usize,
    /// Payments that wait in the end, those of the hour included.
    pub waiting: usize,
    /// What the connection allows.
    pub requests_per_second: u32,
    /// The drain is watched for so long.
    pub limit: Duration,
}

impl Backlog {
    /// What the environment says: `SEED`, `HOUR`, `COUNT`, `REQUESTS_PER_SECOND`, `LIMIT_SECONDS`.
    #[must_use]
    pub fn told(seed: u64) -> Self {
        Self {
            seed: told("SEED").unwrap_or(seed),
            hour: told("HOUR").unwrap_or(1_042),
            waiting: told("COUNT").unwrap_or(50_000),
            requests_per_second: told("REQUESTS_PER_SECOND").unwrap_or(50),
            limit: Duration::from_secs(told("LIMIT_SECONDS").unwrap_or(3_600)),
        }
    }
}

/// How it drained.
#[derive(Debug, Clone)]
pub struct Drained {
    backlog: Backlog,
    /// Resident memory of the worker, KiB: before the drain, at its height, at the end.
    memory: (u64, u64, u64),
    /// How long the hour's payments took to come.
    filled: Duration,
    /// How long the drain was watched.
    drained: Duration,
    posted: usize,
    /// What was posted after something that was queued later.
    out_of_order: usize,
    /// Posted more than once.
    twice: usize,
    /// Requests that came while everybody behind the refused one was still waiting.
    refused: usize,
    posted_after_refused: usize,
    /// The most requests within one second.
    fastest_second: usize,
    left: i64,
}

impl Drained {
    /// In order, none twice, the refused one in nobody's way, no faster than allowed, and memory flat.
    #[must_use]
    pub fn is_good(&self) -> bool {
        let (before, height, _) = self.memory;
        self.out_of_order == 0
            && self.twice == 0
            && self.refused == 1
            && self.posted_after_refused > 0
            // One more may fall into a second that begins between two.
            && self.fastest_second <= self.backlog.requests_per_second as usize + 1
            && self.left == 0
            && height < before + 64 * 1024
    }
}

impl fmt::Display for Drained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { backlog, memory, .. } = self;
        writeln!(
            f,
            "backlog of {} payments, SEED={}",
            backlog.waiting, backlog.seed
        )?;
        writeln!(
            f,
            "{} came while the other side was away, within {} s; the others are copies of one of them",
            backlog.hour,
            self.filled.as_secs()
        )?;
        writeln!(
            f,
            "posted {} in {} s, {} left; refused {}, {} posted after that",
            self.posted,
            self.drained.as_secs(),
            self.left,
            self.refused,
            self.posted_after_refused
        )?;
        writeln!(f, "out of order: {}; twice: {}", self.out_of_order, self.twice)?;
        writeln!(
            f,
            "the most requests within a second: {}, allowed {}",
            self.fastest_second, backlog.requests_per_second
        )?;
        writeln!(
            f,
            "resident memory of the worker, KiB: {} before, {} at its height, {} at the end",
            memory.0, memory.1, memory.2
        )?;
        let verdict = if self.is_good() { "HOLDS" } else { "BROKEN" };
        write!(
            f,
            "{verdict}: oldest first, nobody blocked, no faster than allowed, memory flat"
        )
    }
}

/// Fills, drains, and tells. Over PostgreSQL.
///
/// # Panics
/// When something that is not under the run fails.
pub async fn drain(backlog: &Backlog) -> Drained {
    let begun = Instant::now();
    let sink = Sink::start().await;
    let mut proxy = Proxy::start(backlog.seed, sink.address, Rates::calm()).await;
    let connection = receiver(&proxy.url, 20);
    let setup = Setup {
        questions_per_second: 50,
        connection: Some(format!(
            "{connection}requests_per_second = {}\n",
            backlog.requests_per_second
        )),
        ..Setup::usual(backlog.seed)
    };
    let stand = Stand::new(Engine::Postgres, &setup).await;
    let _server = stand.serve_without_workers().await;
    proxy.go_away();
    let worker = stand.worker();
    let names = (0..backlog.hour).map(|nth| Client::nth(nth).phone).collect();
    let payments = fill::payments(names, 0, &mut StdRng::seed_from_u64(backlog.seed));
    let payments = fill::fill(&stand, payments).await;
    let filled = begun.elapsed();
    let model = payments.last().expect("at least one").attempt.clone();
    let url = stand.database.url.clone();
    let more = backlog.waiting.saturating_sub(backlog.hour);
    let copied = tokio::task::spawn_blocking(move || copy(&url, &model, more));
    copied.await.expect("copying does not panic");
    sink.refuse(&payments[backlog.hour / 2].order_number);

    let before = worker.memory();
    let began = Instant::now();
    proxy.come_back().await;
    let (mut height, mut left) = (before, i64::MAX);
    while left > 0 && began.elapsed() < backlog.limit {
        sleep(Duration::from_secs(1)).await;
        height = height.max(worker.memory());
        let url = stand.database.url.clone();
        let counted = tokio::task::spawn_blocking(move || waiting(&url));
        left = counted.await.expect("counting does not panic");
    }
    let at_end = worker.memory();
    let drained = began.elapsed();
    let order = {
        let url = stand.database.url.clone();
        let read = tokio::task::spawn_blocking(move || queue(&url));
        read.await.expect("reading does not panic")
    };
    let came = sink.came();
    let (out_of_order, twice) = compare(&order, &came.posted);
    Drained {
        backlog: backlog.clone(),
        memory: (before, height, at_end),
        filled,
        drained,
        posted: came.posted.len(),
        out_of_order,
        twice,
        refused: came.refused,
        posted_after_refused: came.posted_after_refused,
        fastest_second: came.fastest_second,
        left,
    }
}

/// How many were posted after something that was queued later, and how many more than once.
fn compare(queue: &[String], posted: &[String]) -> (usize, usize) {
    let places: std::collections::HashMap<&str, usize> = queue
        .iter()
        .enumerate()
        .map(|(place, number)| (number.as_str(), place))
        .collect();
    let (mut last, mut out_of_order, mut seen) = (0, 0, std::collections::HashSet::new());
    let mut twice = 0;
    for number in posted {
        let place = places[number.as_str()];
        out_of_order += usize::from(place < last);
        last = last.max(place);
        twice += usize::from(!seen.insert(number));
    }
    (out_of_order, twice)
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn connect(url: &str) -> PgConnection {
    openssl_sys::init();
    PgConnection::establish(url).expect("the database is there")
}

/// Copies an attempt and its delivery, under numbers and ids of their own: what thousands of recordings would leave.
fn copy(url: &str, attempt: &str, count: usize) {
    let mut connection = connect(url);
    let attempts = [
        ("id", "md5('a' || n)::uuid"),
        ("order_number", "'B-' || lpad(n::text, 6, '0')"),
        ("bank_order_id", "md5('b' || n)"),
        ("created_at", "created_at + n * interval '1 ms'"),
        ("next_query_at", "null"),
    ];
    let deliveries = [
        ("id", "md5('d' || n)::uuid"),
        ("attempt_id", "md5('a' || n)::uuid"),
        ("created_at", "created_at + n * interval '1 ms'"),
    ];
    for (table, own, key) in [
        ("payment_attempts", &attempts[..], "id"),
        ("deliveries", &deliveries[..], "attempt_id"),
    ] {
        let names = format!(
            "select column_name::text as name from information_schema.columns where table_name = '{table}' \
             and column_name <> 'queue_number' order by ordinal_position"
        );
        let names: Vec<Name> = sql_query(names).load(&mut connection).expect("the columns");
        let names: Vec<String> = names.into_iter().map(|name| name.name).collect();
        let values: Vec<&str> = names
            .iter()
            .map(|name| {
                own.iter()
                    .find(|(own, _)| own == name)
                    .map_or(name.as_str(), |(_, value)| *value)
            })
            .collect();
        let insert = format!(
            "insert into {table} ({}) select {} from {table}, generate_series(1, {count}) n where {key} = '{attempt}' \
             order by n",
            names.join(", "),
            values.join(", ")
        );
        let copied = sql_query(insert)
            .execute(&mut connection)
            .expect("it can be copied");
        assert_eq!(copied, count, "one row of {table} is copied");
        sql_query(format!("analyze {table}"))
            .execute(&mut connection)
            .expect("it can be analysed");
    }
}

fn waiting(url: &str) -> i64 {
    let count = "select count(*) as count from deliveries where state in ('queued', 'retrying', 'in_doubt', 'sending')";
    let counted: Count = sql_query(count)
        .get_result(&mut connect(url))
        .expect("the deliveries");
    counted.count
}

/// The orders' numbers, in the order in which their deliveries were queued.
fn queue(url: &str) -> Vec<String> {
    let numbers = "select a.order_number as name from deliveries d join payment_attempts a on a.id = d.attempt_id \
                   order by d.created_at, d.queue_number";
    let numbers: Vec<Name> = sql_query(numbers)
        .load(&mut connect(url))
        .expect("the deliveries");
    numbers.into_iter().map(|number| number.name).collect()
}
