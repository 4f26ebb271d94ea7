//! What is measured, one thing a file.

mod callbacks;
mod callbacks_reference;
mod deliveries;
mod journal_file;
mod polls;
mod quiet;
mod receiver;
mod search;
mod shapes;
mod site;

use sverka_tests::process::{Engine, told};

/// How large the runs are; the environment says.
#[derive(Debug, Clone)]
pub struct Size {
    /// `ROWS`: attempts of the journal that is searched and exported.
    pub rows: u64,
    /// `RUNS`: of what is short.
    pub runs: u64,
    /// `CALLBACKS`: of one run.
    pub callbacks: u64,
    /// `QUEUE`: deliveries and questions that wait.
    pub queue: u64,
    /// `TERMS`: of each kind of text.
    pub terms: u64,
}

impl Size {
    fn told() -> Self {
        Self {
            rows: told("ROWS").unwrap_or(1_000_000),
            runs: told("RUNS").unwrap_or(5),
            callbacks: told("CALLBACKS").unwrap_or(20_000),
            queue: told("QUEUE").unwrap_or(50_000),
            terms: told("TERMS").unwrap_or(64),
        }
    }
}

/// Runs what `ONLY` names (all, when it is not there) on `ENGINE` (both), and prints a line a figure.
pub async fn run() {
    let size = Size::told();
    let only: Option<String> = told("ONLY");
    let engine: Option<String> = told("ENGINE");
    let wanted = |name: &str| {
        only.as_ref()
            .is_none_or(|only| only.split(',').any(|one| one == name))
    };
    println!("{size:?}, load of the machine {}", crate::figures::machine_load());
    for (name, engine) in [("postgres", Engine::Postgres), ("sqlite", Engine::Sqlite)]
        .into_iter()
        .filter(|(name, _)| engine.as_ref().is_none_or(|engine| engine == name))
    {
        if wanted("callbacks") {
            callbacks::run(name, engine, &size).await;
        }
        if wanted("deliveries") {
            deliveries::run(name, engine, &size).await;
        }
        if wanted("polls") {
            polls::run(name, engine, &size).await;
        }
        if ["search", "export", "start", "idle"].into_iter().any(&wanted) {
            journal_file::run(name, engine, &size, &wanted).await;
        }
    }
}

/// A line of the table, with the load of the machine beside it.
fn tell(engine: &str, what: &str, figure: &str) {
    println!(
        "{engine:9} {what:44} {figure:60} load {}",
        crate::figures::machine_load()
    );
}
