//! Watches whether the accounting systems take what is passed on.

use jiff::SignedDuration;
use sverka_app::App;
use sverka_app::connections::ConnectionNews;
use sverka_app::ports::store::StoreError;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::driver::{Rest, Worker};

/// Between two looks.
const PERIOD: SignedDuration = SignedDuration::from_secs(30);

/// The worker.
pub(crate) struct ConnectionHealth {
    app: App,
}

impl ConnectionHealth {
    pub(crate) fn new(app: App) -> Self {
        Self { app }
    }
}

impl Worker for ConnectionHealth {
    fn name(&self) -> String {
        "connection health".to_owned()
    }

    fn app(&self) -> &App {
        &self.app
    }

    fn bell(&self) -> Option<&Notify> {
        None
    }

    async fn turn(&self, _: &CancellationToken) -> Result<Rest, StoreError> {
        let next = self.app.now() + PERIOD;
        for (connection, news) in self.app.watch_connections().await? {
            match news {
                ConnectionNews::Failing => tracing::warn!(connection, "the accounting system takes nothing"),
                ConnectionNews::Recovered => tracing::info!(connection, "the accounting system is back"),
                ConnectionNews::Stuck => tracing::warn!(connection, "payments wait for a person"),
            }
        }
        Ok(Rest::Until(Some(next)))
    }
}
