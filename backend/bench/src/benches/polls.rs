//! Attempts whose bank is due to be asked. The simulator answers that it does not know their orders: the cheapest answer.

use std::time::Duration;

use rusqlite::Connection;
use sverka_tests::process::{Engine, Setup};
use tokio::time::sleep;

use super::callbacks::today;
use super::site::{Site, taken};
use super::{Size, tell};
use crate::journal::{Journal, Kind};
use crate::load::now;
use crate::psql;

/// With the limit on, it is measured for so long.
const WITH_LIMIT: Duration = Duration::from_secs(20);

pub(super) async fn run(name: &str, engine: Engine, size: &Size) {
    // A limit that nothing reaches is none.
    for (what, limit, patience) in [
        (
            "questions to the bank, no limit",
            1_000_000,
            Duration::from_secs(120),
        ),
        ("questions to the bank, limit 50 a second", 50, WITH_LIMIT),
    ] {
        let setup = Setup {
            questions_per_second: limit,
            ..Setup::usual(1)
        };
        let journal = Journal {
            kind: Kind::WaitingForQuestion,
            rows: size.queue,
            seed: 1,
            until: today(),
            seconds: 24 * 3600,
        };
        let site = Site::new(engine, setup, &[journal]).await;
        let server = site.stand.serve().await;
        let began = now();
        let mut asked = 0;
        while asked < size.queue && began.elapsed() < patience {
            sleep(Duration::from_millis(250)).await;
            asked = asked_of(&site.stand.database.url);
        }
        let rate = asked as f64 / began.elapsed().as_secs_f64();
        tell(
            name,
            what,
            &format!("{rate:.0}/s ({asked} of {} asked)", size.queue),
        );
        tell(name, "questions, the server", &taken(&server));
    }
}

fn asked_of(url: &str) -> u64 {
    let sql = "select count(*) from payment_attempts where last_query_at is not null";
    let count: Option<i64> = match url.strip_prefix("sqlite://") {
        Some(path) => {
            let conn = Connection::open(path).expect("the file opens");
            conn.query_row(sql, [], |row| row.get(0)).ok()
        }
        None => psql::lines(url, sql).first().and_then(|line| line.parse().ok()),
    };
    count.map_or(0, i64::unsigned_abs)
}
