//! Searches for doubles of what was passed on: one careful lane a connection, when there is nothing to pass on.

use sverka_app::App;
use sverka_app::deliveries::DeliverError;
use sverka_app::ports::store::StoreError;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::driver::{Rest, Worker};

/// Searches that are taken at once: payments that come meanwhile wait for no more than these.
const BATCH: u32 = 5;

/// The lane of one connection.
pub(crate) struct Lane {
    app: App,
    connection: String,
}

impl Lane {
    pub(crate) fn new(app: App, connection: String) -> Self {
        Self { app, connection }
    }
}

impl Worker for Lane {
    fn name(&self) -> String {
        format!("double sweep {}", self.connection)
    }

    fn app(&self) -> &App {
        &self.app
    }

    fn bell(&self) -> Option<&Notify> {
        None
    }

    async fn turn(&self, stop: &CancellationToken) -> Result<Rest, StoreError> {
        // First a cheap look: nothing is written while nothing is due.
        let first = self.app.first_sweep(self.connection.clone()).await?;
        if first.is_none_or(|due| due > self.app.now()) {
            return Ok(Rest::Until(first));
        }
        let claimed = self.app.claim_sweeps(self.connection.clone(), BATCH).await?;
        let any = !claimed.is_empty();
        for delivery in claimed {
            if stop.is_cancelled() {
                // The others come due again by themselves.
                break;
            }
            match self.app.sweep(delivery).await {
                Ok(true) => {
                    metrics::counter!("sverka_doubles_found_total", "connection" => self.connection.clone())
                        .increment(1);
                }
                Ok(false) => {}
                Err(DeliverError::Store(error)) => return Err(error),
                Err(error @ DeliverError::UnknownConnection(_)) => {
                    tracing::error!(connection = self.connection, error = %error, "nowhere to search for doubles");
                }
            }
        }
        if any {
            return Ok(Rest::More);
        }
        Ok(Rest::Until(
            self.app.next_sweep_due(self.connection.clone()).await?,
        ))
    }
}
