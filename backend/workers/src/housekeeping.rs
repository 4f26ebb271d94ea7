//! What has to be tidied up: deliveries of dead workers, notifications left behind, sessions that are over.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::SignedDuration;
use sverka_app::App;
use sverka_app::ports::store::{Cursor, StoreError};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::driver::{Rest, Worker};

/// Between two turns.
const PERIOD: SignedDuration = SignedDuration::from_secs(5);
/// Sessions and remembered answers are tidied up every so many turns.
const TIDY_EVERY: u32 = 720;

/// Loads of registries that died are looked for every so many turns.
const DISCARD_EVERY: u32 = 12;
/// Steps of the walk through old notifications in one turn: ten times as many rows as a busy chain gets in the time.
const STEPS: u32 = 10;

/// The worker.
pub(crate) struct Housekeeping {
    app: App,
    turns: AtomicU32,
    has_adopted: AtomicBool,
    // How far the walk through old notifications has come. It begins anew with the process, which finds those that were
    // still needed when they were passed.
    walked: Mutex<Option<Cursor>>,
}

impl Housekeeping {
    pub(crate) fn new(app: App) -> Self {
        Self {
            app,
            turns: AtomicU32::new(0),
            has_adopted: AtomicBool::new(false),
            walked: Mutex::new(None),
        }
    }

    /// Goes on with the walk through old notifications.
    async fn drop_raw_notifications(&self) -> Result<(), StoreError> {
        let mut count = 0;
        for _ in 0..STEPS {
            let Some(dropped) = self.app.drop_raw_notifications(self.walked()).await? else {
                break;
            };
            count += dropped.count;
            *self.walked.lock().unwrap_or_else(PoisonError::into_inner) = dropped.last;
        }
        if count > 0 {
            tracing::info!(count, "raw forms of old notifications are dropped");
        }
        Ok(())
    }

    fn walked(&self) -> Option<Cursor> {
        *self.walked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Worker for Housekeeping {
    fn name(&self) -> String {
        "housekeeping".to_owned()
    }

    fn app(&self) -> &App {
        &self.app
    }

    fn bell(&self) -> Option<&Notify> {
        None
    }

    async fn turn(&self, _: &CancellationToken) -> Result<Rest, StoreError> {
        let turn = self.turns.fetch_add(1, Ordering::Relaxed);
        if !self.has_adopted.load(Ordering::Relaxed) {
            let adopted = self.app.adopt_unrouted_deliveries().await?;
            self.has_adopted.store(true, Ordering::Relaxed);
            if adopted > 0 {
                tracing::info!(adopted, "deliveries that waited for a connection have one now");
            }
        }
        let lost = self.app.recover_lost_deliveries().await?;
        if lost > 0 {
            tracing::warn!(
                lost,
                "deliveries were being sent when their worker died; they are in doubt"
            );
        }
        let left = self.app.process_left_behind().await?;
        if left > 0 {
            tracing::info!(left, "notifications that were left behind are processed");
        }
        if turn.is_multiple_of(DISCARD_EVERY) {
            let discarded = self.app.discard_abandoned_registries().await?;
            if discarded > 0 {
                tracing::warn!(discarded, "registries whose load died are removed");
            }
        }
        self.drop_raw_notifications().await?;
        if turn.is_multiple_of(TIDY_EVERY) {
            self.app.tidy_up().await?;
        }
        Ok(Rest::Until(Some(self.app.now() + PERIOD)))
    }
}
