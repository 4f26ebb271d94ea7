//! Rung when a callback of an account has gone: a reordered one waits for it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::clock::{self, Alarm};

/// The bell.
#[derive(Default)]
pub(crate) struct Bell {
    notify: Notify,
    alarms: Mutex<Vec<Alarm>>,
}

impl Bell {
    /// Waits until it rings, at most so long.
    pub(crate) async fn wait(&self, at_most_ms: u64) {
        let Some(sleeper) = clock::lie_down_on_errand(at_most_ms) else {
            // It rang, or nothing came: either way it is time.
            let _ = tokio::time::timeout(Duration::from_millis(at_most_ms), self.notify.notified()).await;
            return;
        };
        let alarm = sleeper.alarm();
        self.alarms
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(alarm);
        sleeper.sleep().await;
    }

    /// Whoever waits goes on.
    pub(crate) fn ring(&self) {
        self.notify.notify_waiters();
        let alarms = std::mem::take(&mut *self.alarms.lock().unwrap_or_else(PoisonError::into_inner));
        alarms.into_iter().for_each(Alarm::ring);
    }
}

impl std::fmt::Debug for Bell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Bell")
    }
}
