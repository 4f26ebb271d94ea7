//! `sverka worker`: the workers alone.

use std::time::Duration;

use tokio::time::timeout;

use crate::config::Config;
use crate::failure::Failure;
use crate::{assemble, shutdown};

/// What is still running after this is left to whoever starts next.
const DRAIN: Duration = Duration::from_secs(9);

/// Works until the program is asked to stop.
pub(super) async fn run(config: &Config) -> Result<(), Failure> {
    let app = assemble::app(config)?;
    assemble::bells(config, &app)?;
    let workers = sverka_workers::start(&app);
    tracing::info!("the workers are ready");
    shutdown::asked().await?;
    if timeout(DRAIN, workers.stop()).await.is_err() {
        tracing::warn!("something was still running; it is taken up at the next start");
    }
    Ok(())
}
