//! `sverka-bench`: fills a database with a journal made up on purpose, and measures. See `docs/benchmarks.md`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a program of the command line"
)]

use clap::{Parser, Subcommand};
use jiff::Timestamp;
use sverka_bench::benches;
use sverka_bench::journal::{Journal, fill};

/// How fast it is.
#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

/// What to do.
#[derive(Subcommand)]
enum Command {
    /// Migrate a database, and fill it with a journal of two years. In PostgreSQL, as a superuser.
    Generate {
        /// `sqlite://FILE` or `postgres://USER:PASSWORD@HOST:PORT/DATABASE`.
        #[arg(long, env = "DATABASE_URL")]
        database_url: String,
        /// How many attempts.
        #[arg(long, default_value_t = 1_000_000)]
        rows: u64,
        /// Decides every chance.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// When the newest attempt was recorded.
        #[arg(long, default_value = "2026-11-24T00:00:00Z")]
        until: Timestamp,
    },
    /// Measure; `make bench` prepares what it needs.
    Run,
}

fn main() {
    match Args::parse().command {
        Command::Run => {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            runtime.block_on(benches::run());
        }
        Command::Generate {
            database_url,
            rows,
            seed,
            until,
        } => {
            sverka_storage::migrate(&database_url).unwrap_or_else(|error| panic!("{error}"));
            let filled = fill(&database_url, &Journal::of_two_years(rows, seed, until));
            println!(
                "{} attempts and {} deliveries in {:.1} s",
                filled.attempts,
                filled.deliveries,
                filled.took.as_secs_f64()
            );
        }
    }
}
