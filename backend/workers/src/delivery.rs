//! Passes payments and refunds on: one lane a connection, oldest first, as many at once as its system takes.

use sverka_app::App;
use sverka_app::deliveries::{DeliverError, Delivered};
use sverka_app::ports::store::StoreError;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::driver::{Rest, Worker};

/// The lane of one connection.
pub(crate) struct Lane {
    app: App,
    connection: String,
}

impl Lane {
    pub(crate) fn new(app: App, connection: String) -> Self {
        Self { app, connection }
    }

    fn count(&self, outcome: Delivered) {
        let outcome = match outcome {
            Delivered::Sent => "sent",
            Delivered::Settled => "settled",
            Delivered::Waits => "waits",
            Delivered::Overtaken => "overtaken",
        };
        metrics::counter!("sverka_deliveries_total", "connection" => self.connection.clone(), "outcome" => outcome)
            .increment(1);
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
        // First a cheap look: nothing is written while nothing is due.
        let due = self.app.next_delivery_turn(self.connection.clone()).await?;
        if due.is_none_or(|due| due > self.app.now()) {
            return Ok(Rest::Until(due));
        }
        let outcomes = match self
            .app
            .deliver_due(&self.connection, || stop.is_cancelled())
            .await
        {
            Ok(outcomes) => outcomes,
            Err(DeliverError::Store(error)) => return Err(error),
            Err(error @ DeliverError::UnknownConnection(_)) => {
                tracing::error!(connection = self.connection, error = %error, "a delivery has nowhere to go");
                return Ok(Rest::Until(None));
            }
        };
        for outcome in &outcomes {
            self.count(*outcome);
        }
        if outcomes.is_empty() {
            let due = self.app.next_delivery_due(self.connection.clone()).await?;
            return Ok(Rest::Until(due));
        }
        Ok(Rest::More)
    }
}
