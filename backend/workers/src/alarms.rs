//! Tells people: one lane a channel of alarms.

use sverka_app::App;
use sverka_app::incidents::Alarmed;
use sverka_app::ports::store::StoreError;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::driver::{Rest, Worker};

/// The lane of one channel.
pub(crate) struct Lane {
    app: App,
    channel: String,
}

impl Lane {
    pub(crate) fn new(app: App, channel: String) -> Self {
        Self { app, channel }
    }
}

impl Worker for Lane {
    fn name(&self) -> String {
        format!("alarms {}", self.channel)
    }

    fn app(&self) -> &App {
        &self.app
    }

    fn bell(&self) -> Option<&Notify> {
        Some(self.app.nudges().alarms())
    }

    async fn turn(&self, _: &CancellationToken) -> Result<Rest, StoreError> {
        let outcome = match self.app.send_alarm(&self.channel).await? {
            Alarmed::Nothing => {
                return Ok(Rest::Until(self.app.next_alarm_due(self.channel.clone()).await?));
            }
            Alarmed::Sent => "sent",
            Alarmed::Failed => "failed",
            Alarmed::Quiet => "quiet",
        };
        metrics::counter!("sverka_alarms_total", "channel" => self.channel.clone(), "outcome" => outcome)
            .increment(1);
        Ok(Rest::More)
    }
}
