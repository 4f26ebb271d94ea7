//! What has to be tidied up now and then.

use jiff::SignedDuration;

use crate::App;
use crate::callbacks::process;
use crate::ports::store::{Cursor, Dropped, StoreError};

/// Answers are repeated for an idempotency key for so long.
const IDEMPOTENCY_KEPT: SignedDuration = SignedDuration::from_hours(48);
/// A notification that is not processed after so long was left behind.
const LEFT_BEHIND: SignedDuration = SignedDuration::from_secs(30);
/// So many notifications at once.
const BATCH: u32 = 100;
/// So many old notifications are looked at in one transaction.
const OLD: u32 = 500;

impl App {
    /// Removes sessions and remembered answers that are over.
    ///
    /// # Errors
    /// The store failed.
    pub async fn tidy_up(&self) -> Result<(), StoreError> {
        let now = self.now();
        self.forget_hours().await?;
        self.store()
            .write(move |tx| {
                tx.access().forget_sessions(now)?;
                tx.idempotency().forget(now - IDEMPOTENCY_KEPT)?;
                Ok(())
            })
            .await
    }

    /// Looks at some notifications that are older than the retention time, after `after`, and drops the raw form of those
    /// that nobody needs any more. `None` where everything is kept, or there is no older one.
    ///
    /// # Errors
    /// The store failed.
    pub async fn drop_raw_notifications(&self, after: Option<Cursor>) -> Result<Option<Dropped>, StoreError> {
        let now = self.now();
        let Some(before) = self.raw_kept().and_then(|kept| now.checked_sub(kept).ok()) else {
            return Ok(None);
        };
        let dropped = self
            .store()
            .write(move |tx| tx.notifications().drop_raw(before, after, OLD, now))
            .await?;
        Ok(dropped.last.map(|_| dropped))
    }

    /// Processes notifications that were kept and whose processing failed. Returns how many were found.
    ///
    /// # Errors
    /// The store failed.
    pub async fn process_left_behind(&self) -> Result<usize, StoreError> {
        let before = self.now() - LEFT_BEHIND;
        let left = self
            .store()
            .read(move |tx| tx.notifications().unprocessed(before, BATCH))
            .await?;
        let found = left.len();
        for notification in left {
            let Some(account) = self.banks().get(&notification.account) else {
                continue;
            };
            let reading = account.port.read(&notification.raw);
            let app = self.clone();
            self.store()
                .write(move |tx| process(&app, tx, &notification, &reading, app.now()).map(|_| ()))
                .await?;
        }
        Ok(found)
    }
}
