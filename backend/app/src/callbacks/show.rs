//! One notification, and what it says when it is read today.

use sverka_domain::ids::NotificationId;

use super::receive::usable;
use crate::App;
use crate::ports::bank::Reading;
use crate::ports::store::{Notification, StoreError};

/// A notification, read anew.
pub struct ReadAgain {
    /// As it was kept.
    pub notification: Notification,
    /// As it is read with today's secrets; `None`: its bank account is not configured any more, or its raw form was dropped.
    pub reading: Option<Reading>,
}

/// Why a notification is not shown.
#[derive(Debug, thiserror::Error)]
pub enum ShowError {
    /// There is none.
    #[error("notification {0} does not exist")]
    NotFound(NotificationId),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// A notification, read with today's secrets. Changes nothing.
    ///
    /// # Errors
    /// [`ShowError`].
    pub async fn notification(&self, id: NotificationId) -> Result<ReadAgain, ShowError> {
        let notification = self
            .store()
            .read(move |tx| tx.notifications().get(id)?.ok_or(ShowError::NotFound(id)))
            .await?;
        let account = self.banks().get(&notification.account);
        let is_kept = notification.raw_dropped_at.is_none();
        let account = account.filter(|_| is_kept);
        let reading = account.map(|account| usable(account.port.read(&notification.raw)));
        Ok(ReadAgain {
            notification,
            reading,
        })
    }
}
