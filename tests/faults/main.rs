//! The real program, killed, stopped, and cut off from its database, on both engines: nothing is lost, nothing is
//! posted twice.
//!
//! They mostly wait: run them many at a time, `cargo nextest run -p sverka-tests --test faults -j 16`. Leases, pauses
//! and schedules are the program's own, in real time. A failed test prints the seed that repeats its chances.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "tests, and the functions that they share"
)]

/// Runs a scenario on both engines.
macro_rules! on_both_engines {
    ($($scenario:ident)*) => { $(
        mod $scenario {
            use sverka_tests::process::Engine;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                super::$scenario(Engine::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                super::$scenario(Engine::Postgres).await;
            }
        }
    )* };
}

mod accounting_runs;
mod bank_rests;
mod callback_storm;
mod callbacks_dropped;
mod common;
mod counting;
mod database_away;
mod kill_while_delivering;
mod nudges;
mod receiver_misbehaves;
mod replica;
mod several_processes;
mod sigterm;
mod wrong_start;
