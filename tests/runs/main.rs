//! `fault-run TARGET`: one long run of the real program against an accounting system while everything fails.
//!
//! The environment says how large and how bad: `SEED`, `COUNT`, `REFUNDS`, `LIMIT_SECONDS` and the others of
//! [`Plan::told`]. The report goes to the standard output; the exit status is 0 when what was promised held.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of the command line"
)]

use std::process::ExitCode;
use std::time::Duration;

use sverka_tests::process::{Engine, seed};
use sverka_tests::runs::{Backlog, OnecTarget, Plan, Target, TrytonTarget, WebhookTarget, drain, run};

const USAGE: &str = "usage: fault-run webhook | webhook-without-keys | onec | onec-without-keys | tryton | \
                     tryton-unique | backlog";

fn main() -> ExitCode {
    let name = std::env::args().nth(1).unwrap_or_default();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => runtime.block_on(go(&name)),
        Err(error) => {
            eprintln!("fault-run: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn go(name: &str) -> ExitCode {
    if name == "backlog" {
        let drained = drain(&Backlog::told(1)).await;
        println!("{drained}");
        return status(drained.is_good());
    }
    let plan = Plan {
        payments: 200,
        refunds: 20,
        limit: Duration::from_secs(300),
        engine: Engine::Postgres,
        kills: 3,
        outages: 2,
        database_restarts: 1,
        ..Plan::small(0)
    };
    let plan = plan.told();
    let plan = if plan.seed == 0 {
        Plan { seed: seed(), ..plan }
    } else {
        plan
    };
    let mut target: Box<dyn Target> = match name {
        "webhook" => Box::new(WebhookTarget::start(plan.seed, plan.timeout_seconds).await),
        "onec" => Box::new(OnecTarget::start(true, plan.timeout_seconds).await),
        "onec-without-keys" => Box::new(OnecTarget::start(false, plan.timeout_seconds).await),
        "webhook-without-keys" => {
            Box::new(WebhookTarget::that_ignores_keys(plan.seed, plan.timeout_seconds).await)
        }
        "tryton" | "tryton-unique" => {
            Box::new(TrytonTarget::start(name == "tryton-unique", plan.timeout_seconds).await)
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let report = run(&plan, target.as_mut()).await;
    println!("{report}");
    status(report.is_good())
}

fn status(is_good: bool) -> ExitCode {
    if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
