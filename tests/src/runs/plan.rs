//! How large a run is, and how bad.

use std::path::PathBuf;
use std::time::Duration;

use crate::process::{Engine, told};

/// How large a run is, and how bad.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Decides every chance.
    pub seed: u64,
    /// Payments.
    pub payments: usize,
    /// Refunds, of some of them.
    pub refunds: usize,
    /// The run ends after so long, finished or not.
    pub limit: Duration,
    /// Nothing more goes wrong on purpose after so long.
    pub storm: Duration,
    /// Sverka's database.
    pub engine: Engine,
    /// `kill -9` of one of Sverka's processes.
    pub kills: usize,
    /// `kill -9` of the other side, or silence at its address.
    pub outages: usize,
    /// The database goes away. PostgreSQL only.
    pub database_restarts: usize,
    /// The folder of a PostgreSQL server that nobody else uses: every second time it goes away it crashes and recovers.
    /// Otherwise each session is cut, and none let in for some seconds.
    pub own_server: Option<PathBuf>,
    /// The longest time for one request of a try, in seconds; at least 2.
    pub timeout_seconds: u32,
    /// Whether requests meet something on their way.
    pub spoils_requests: bool,
}

impl Plan {
    /// Small and calm.
    #[must_use]
    pub fn small(seed: u64) -> Self {
        Self {
            seed,
            payments: 60,
            refunds: 6,
            limit: Duration::from_secs(120),
            storm: Duration::from_secs(60),
            engine: Engine::Sqlite,
            kills: 0,
            outages: 0,
            database_restarts: 0,
            own_server: None,
            timeout_seconds: 2,
            spoils_requests: true,
        }
    }

    /// What the environment says: `SEED`, `COUNT`, `REFUNDS` (a tenth of `COUNT`), `LIMIT_SECONDS`, `STORM_SECONDS`,
    /// `ENGINE` (`postgres`, `sqlite`), `SVERKA_TEST_POSTGRES` (a folder), `KILLS`, `OUTAGES`, `DATABASE_RESTARTS`, `TIMEOUT_SECONDS`, `SPOIL` (`true`,
    /// `false`). Without them, this plan.
    ///
    /// # Panics
    /// When a value makes no sense.
    #[must_use]
    pub fn told(self) -> Self {
        let payments = told("COUNT").unwrap_or(self.payments);
        let limit = told("LIMIT_SECONDS").map_or(self.limit, Duration::from_secs);
        let engine = match told::<String>("ENGINE").as_deref() {
            None => self.engine,
            Some("sqlite") => Engine::Sqlite,
            Some("postgres") => Engine::Postgres,
            Some(other) => panic!("ENGINE={other} is neither postgres nor sqlite"),
        };
        Self {
            seed: told("SEED").unwrap_or(self.seed),
            payments,
            refunds: told("REFUNDS")
                .or(told::<usize>("COUNT").map(|count| count / 10))
                .unwrap_or(self.refunds)
                .min(payments),
            limit,
            storm: told("STORM_SECONDS").map_or(self.storm.min(limit / 2), Duration::from_secs),
            engine,
            kills: told("KILLS").unwrap_or(self.kills),
            outages: told("OUTAGES").unwrap_or(self.outages),
            database_restarts: told("DATABASE_RESTARTS").unwrap_or(self.database_restarts),
            own_server: told("SVERKA_TEST_POSTGRES").or(self.own_server),
            timeout_seconds: told("TIMEOUT_SECONDS").unwrap_or(self.timeout_seconds),
            spoils_requests: told("SPOIL").unwrap_or(self.spoils_requests),
        }
    }
}
