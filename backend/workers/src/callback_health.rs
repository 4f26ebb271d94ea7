//! Watches whether the banks' notifications come.

use jiff::SignedDuration;
use sverka_app::App;
use sverka_app::ports::alarm::AlarmEvent;
use sverka_app::ports::store::StoreError;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::driver::{Rest, Worker};

/// Between two looks.
const PERIOD: SignedDuration = SignedDuration::from_secs(30);

/// The worker.
pub(crate) struct CallbackHealth {
    app: App,
}

impl CallbackHealth {
    pub(crate) fn new(app: App) -> Self {
        Self { app }
    }
}

impl Worker for CallbackHealth {
    fn name(&self) -> String {
        "callback health".to_owned()
    }

    fn app(&self) -> &App {
        &self.app
    }

    fn bell(&self) -> Option<&Notify> {
        None
    }

    async fn turn(&self, _: &CancellationToken) -> Result<Rest, StoreError> {
        let next = self.app.now() + PERIOD;
        for watched in self.app.watch_callbacks().await? {
            let account = watched.account.to_string();
            let open = if watched.open.is_some() { 1.0 } else { 0.0 };
            metrics::gauge!("sverka_incident_open", "account" => account.clone()).set(open);
            match watched.event {
                Some(AlarmEvent::Opened) => {
                    tracing::warn!(account, "notifications do not come as usual: an incident is open");
                    metrics::counter!("sverka_incidents_total", "account" => account).increment(1);
                }
                Some(AlarmEvent::Closed) => tracing::info!(account, "notifications are back"),
                None => {}
            }
        }
        Ok(Rest::Until(Some(next)))
    }
}
