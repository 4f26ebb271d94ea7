//! The log: JSON lines to a file or a collector, readable lines to a person.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::environment::Environment;

/// Starts the log. `SVERKA_LOG` filters it, as `RUST_LOG` would.
pub(crate) fn start(environment: &Environment) {
    let filter = environment
        .get("SVERKA_LOG")
        .unwrap_or("info,actix_server=warn,tracing_actix_web=warn");
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_span_events(FmtSpan::NONE)
        .with_writer(std::io::stderr);
    let started = if std::io::stderr().is_terminal() {
        builder.try_init()
    } else {
        builder.json().try_init()
    };
    if started.is_err() {
        tracing::debug!("the log was started before");
    }
}
