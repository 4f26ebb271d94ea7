//! Notifications, for a crowd. A repeat goes by itself: it changes a row that others may be changing.

use jiff::Timestamp;
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{
    AccountHealth, Cursor, Dropped, Notification, NotificationFilter, NotificationVerdict, Notifications,
    Page, Received, StoreError, Total,
};
use sverka_domain::ids::{AttemptId, NotificationId};

use super::overlay::Overlay;

impl Notifications for Overlay<'_, '_> {
    fn receive(
        &mut self,
        notification: &Notification,
        dedupe_key: &[u8; 32],
    ) -> Result<Received, StoreError> {
        // Whoever takes it out is the first one; a second one in the same crowd finds it gone.
        let is_new = self
            .known
            .new
            .remove(&(notification.account.clone(), *dedupe_key));
        if !is_new {
            return self.strays();
        }
        self.known.notifications.push((notification.clone(), *dedupe_key));
        Ok(Received::New)
    }

    fn settle(
        &mut self,
        id: NotificationId,
        verdict: NotificationVerdict,
        attempt_id: Option<AttemptId>,
    ) -> Result<(), StoreError> {
        let added = self.known.notifications.iter_mut().rev();
        let Some((own, _)) = added.into_iter().find(|(own, _)| own.id == id) else {
            return self.strays();
        };
        own.verdict = verdict;
        own.attempt_id = attempt_id;
        Ok(())
    }

    fn name(
        &mut self,
        _id: NotificationId,
        _order_number: Option<&str>,
        _bank_order_id: Option<&str>,
    ) -> Result<(), StoreError> {
        self.strays()
    }

    fn get(&mut self, _id: NotificationId) -> Result<Option<Notification>, StoreError> {
        self.strays()
    }

    fn orphans(
        &mut self,
        _account: &AccountKey,
        _order_number: &str,
        _bank_order_id: Option<&str>,
    ) -> Result<Vec<Notification>, StoreError> {
        self.strays()
    }

    fn count_rejected(&mut self, _account: &AccountKey, _since: Timestamp) -> Result<u64, StoreError> {
        self.strays()
    }

    fn health(&mut self, _account: &AccountKey, _since: Timestamp) -> Result<AccountHealth, StoreError> {
        self.strays()
    }

    fn last(
        &mut self,
        _account: &AccountKey,
        _verdict: NotificationVerdict,
    ) -> Result<Option<Notification>, StoreError> {
        self.strays()
    }

    fn list(&mut self, _filter: &NotificationFilter, _page: Page) -> Result<Vec<Notification>, StoreError> {
        self.strays()
    }

    fn count(&mut self, _filter: &NotificationFilter, _cap: u64) -> Result<Total, StoreError> {
        self.strays()
    }

    fn drop_raw(
        &mut self,
        _before: Timestamp,
        _after: Option<Cursor>,
        _limit: u32,
        _now: Timestamp,
    ) -> Result<Dropped, StoreError> {
        self.strays()
    }

    fn unprocessed(&mut self, _before: Timestamp, _limit: u32) -> Result<Vec<Notification>, StoreError> {
        self.strays()
    }
}
