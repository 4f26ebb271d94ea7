//! Passes payments and refunds on: one careful lane a connection, oldest first.

use std::iter;

use sverka_app::App;
use sverka_app::deliveries::{DeliverError, Delivered};
use sverka_app::ports::store::StoreError;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::driver::{Rest, Worker};

/// Deliveries that are claimed at once.
const BATCH: u32 = 10;

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
        format!("delivery {}", self.connection)
    }

    fn app(&self) -> &App {
        &self.app
    }

    fn bell(&self) -> Option<&Notify> {
        Some(self.app.nudges().delivery())
    }

    async fn turn(&self, stop: &CancellationToken) -> Result<Rest, StoreError> {
        let claimed = self.app.claim_deliveries(self.connection.clone(), BATCH).await?;
        let any = !claimed.is_empty();
        let mut claimed = claimed.into_iter();
        while let Some(held) = claimed.next() {
            if stop.is_cancelled() {
                // Whoever starts next need not wait for the leases to run out.
                self.app
                    .release_deliveries(iter::once(held).chain(claimed).collect())
                    .await?;
                break;
            }
            let outcome = match self.app.deliver(held).await {
                Ok(Delivered::Sent) => "sent",
                Ok(Delivered::Settled) => "settled",
                Ok(Delivered::Waits) => "waits",
                Ok(Delivered::Overtaken) => "overtaken",
                Err(DeliverError::Store(error)) => return Err(error),
                Err(error @ DeliverError::UnknownConnection(_)) => {
                    tracing::error!(connection = self.connection, error = %error, "a delivery has nowhere to go");
                    "nowhere"
                }
            };
            metrics::counter!("sverka_deliveries_total", "connection" => self.connection.clone(), "outcome" => outcome)
                .increment(1);
            if outcome == "waits" {
                // So do the others.
                self.app.release_deliveries(claimed.collect()).await?;
                break;
            }
        }
        if any {
            return Ok(Rest::More);
        }
        Ok(Rest::Until(
            self.app.next_delivery_due(self.connection.clone()).await?,
        ))
    }
}
