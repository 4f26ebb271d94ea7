//! Notifications, for a crowd. A repeat goes by itself: it changes a row that others may be changing.

use jiff::Timestamp;
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{
    AccountHealth, Notification, NotificationFilter, NotificationVerdict, Notifications, Page, Received,
    StoreError, Total,
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
            return self.astray().receive(notification, dedupe_key);
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
            return self.astray().settle(id, verdict, attempt_id);
        };
        own.verdict = verdict;
        own.attempt_id = attempt_id;
        Ok(())
    }

    fn name(
        &mut self,
        id: NotificationId,
        order_number: Option<&str>,
        bank_order_id: Option<&str>,
    ) -> Result<(), StoreError> {
        self.astray().name(id, order_number, bank_order_id)
    }

    fn get(&mut self, id: NotificationId) -> Result<Option<Notification>, StoreError> {
        Notifications::get(self.astray(), id)
    }

    fn orphans(
        &mut self,
        account: &AccountKey,
        order_number: &str,
        bank_order_id: Option<&str>,
    ) -> Result<Vec<Notification>, StoreError> {
        self.astray().orphans(account, order_number, bank_order_id)
    }

    fn count_rejected(&mut self, account: &AccountKey, since: Timestamp) -> Result<u64, StoreError> {
        self.astray().count_rejected(account, since)
    }

    fn health(&mut self, account: &AccountKey, since: Timestamp) -> Result<AccountHealth, StoreError> {
        self.astray().health(account, since)
    }

    fn last(
        &mut self,
        account: &AccountKey,
        verdict: NotificationVerdict,
    ) -> Result<Option<Notification>, StoreError> {
        self.astray().last(account, verdict)
    }

    fn list(&mut self, filter: &NotificationFilter, page: Page) -> Result<Vec<Notification>, StoreError> {
        Notifications::list(self.astray(), filter, page)
    }

    fn count(&mut self, filter: &NotificationFilter, cap: u64) -> Result<Total, StoreError> {
        Notifications::count(self.astray(), filter, cap)
    }

    fn unprocessed(&mut self, before: Timestamp, limit: u32) -> Result<Vec<Notification>, StoreError> {
        self.astray().unprocessed(before, limit)
    }
}
