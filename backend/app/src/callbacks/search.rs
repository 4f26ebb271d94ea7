//! Searching the notifications.

use jiff::Timestamp;
use sverka_domain::ids::UserId;

use crate::App;
use crate::paging::{BadCursor, COUNT_CAP, Listed, cut, decode, one_more, reachable};
use crate::ports::store::{Cursor, Notification, NotificationFilter, StoreError};

/// What a caller looks for.
#[derive(Debug, Clone, Default)]
pub struct NotificationQuery {
    /// Who looks, if it is a person: what they changed is found at once.
    pub asker: Option<UserId>,
    /// What to list.
    pub filter: NotificationFilter,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// Rows of the page.
    pub limit: u32,
}

/// Why notifications are not listed.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The cursor is made up.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// One page of the notifications that match, newest first.
    ///
    /// # Errors
    /// [`ListError`].
    pub async fn search_notifications(
        &self,
        query: NotificationQuery,
    ) -> Result<Listed<Notification>, ListError> {
        let after = query.cursor.as_deref().map(decode).transpose()?;
        let within = |time: Option<Timestamp>| time.map(|time| reachable(time.as_microsecond()));
        let number = query.filter.number.as_deref().map(str::trim);
        let filter = NotificationFilter {
            number: number.filter(|number| !number.is_empty()).map(str::to_owned),
            received_from: within(query.filter.received_from),
            received_to: within(query.filter.received_to),
            ..query.filter
        };
        let limit = query.limit;
        self.store()
            .read_far(query.asker, move |tx| {
                let mut items = tx.notifications().list(&filter, one_more(after, limit))?;
                let next_cursor = cut(&mut items, limit, |notification| Cursor {
                    at: notification.received_at,
                    id: notification.id.0,
                });
                let total = tx.notifications().count(&filter, COUNT_CAP)?;
                Ok(Listed {
                    items,
                    next_cursor,
                    total,
                })
            })
            .await
    }
}
