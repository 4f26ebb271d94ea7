//! Attempts, for a crowd: found among those that were read, saved when all have run.

use jiff::Timestamp;
use sverka_app::polling::DueQueries;
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{AttemptFilter, Attempts, DueQuery, Page, StoreError, Total};
use sverka_domain::attempt::Attempt;
use sverka_domain::ids::AttemptId;

use super::overlay::Overlay;

impl Overlay<'_, '_> {
    fn held(&self, id: Option<&AttemptId>) -> Option<Attempt> {
        let held = id.and_then(|id| self.known.attempts.get(id));
        held.map(|held| held.attempt.clone())
    }
}

/// Whether all is as it was but what a notification may change.
fn is_the_same_payment(read: &Attempt, now: &Attempt) -> bool {
    let Attempt {
        merchant,
        order_number,
        bank,
        bank_account,
        payment_type,
        client,
        description,
        metadata,
        state,
        created_at,
        payment_url,
        ..
    } = now;
    read.merchant == *merchant
        && read.order_number == *order_number
        && read.bank == *bank
        && read.bank_account == *bank_account
        && read.payment_type == *payment_type
        && read.client == *client
        && read.description == *description
        && read.metadata == *metadata
        && read.state.amount == state.amount
        && read.created_at == *created_at
        && read.payment_url == *payment_url
}

impl Attempts for Overlay<'_, '_> {
    fn by_order_number(
        &mut self,
        account: &AccountKey,
        order_number: &str,
    ) -> Result<Option<Attempt>, StoreError> {
        let number = (account.clone(), order_number.to_owned());
        match self.held(self.known.by_order.get(&number)) {
            Some(attempt) => Ok(Some(attempt)),
            None if self.known.lacks_order(&number) => Ok(None),
            None => self.strays(),
        }
    }

    fn by_bank_order_id(
        &mut self,
        account: &AccountKey,
        bank_order_id: &str,
    ) -> Result<Option<Attempt>, StoreError> {
        let number = (account.clone(), bank_order_id.to_owned());
        match self.held(self.known.by_bank_id.get(&number)) {
            Some(attempt) => Ok(Some(attempt)),
            None if self.known.lacks_id(&number) => Ok(None),
            None => self.strays(),
        }
    }

    fn save(&mut self, attempt: &Attempt, needs_attention: bool) -> Result<i64, StoreError> {
        let version = attempt.version.saturating_add(1);
        match self.known.attempts.get_mut(&attempt.id) {
            Some(held)
                if held.attempt.version == attempt.version && is_the_same_payment(&held.read, attempt) =>
            {
                held.attempt.clone_from(attempt);
                held.attempt.version = version;
                held.needs_attention = Some(needs_attention);
            }
            _ => return self.strays(),
        }
        self.known.index(attempt);
        Ok(version)
    }

    fn insert(&mut self, _attempt: &Attempt, _needs_attention: bool) -> Result<(), StoreError> {
        self.strays()
    }

    fn get(&mut self, _id: AttemptId) -> Result<Option<Attempt>, StoreError> {
        self.strays()
    }

    fn several(&mut self, _ids: &[AttemptId]) -> Result<Vec<Attempt>, StoreError> {
        self.strays()
    }

    fn search(&mut self, _filter: &AttemptFilter, _page: Page) -> Result<Vec<Attempt>, StoreError> {
        self.strays()
    }

    fn count(&mut self, _filter: &AttemptFilter, _cap: u64) -> Result<Total, StoreError> {
        self.strays()
    }

    fn claim_due_queries(
        &mut self,
        _account: &AccountKey,
        _now: Timestamp,
        _lease_until: Timestamp,
        _wanted: DueQueries,
    ) -> Result<Vec<DueQuery>, StoreError> {
        self.strays()
    }

    fn schedule_query(
        &mut self,
        _id: AttemptId,
        _next: Option<Timestamp>,
        _asked: Option<(Timestamp, Option<String>)>,
    ) -> Result<(), StoreError> {
        self.strays()
    }

    fn next_due_query(&mut self, _account: &AccountKey) -> Result<Option<Timestamp>, StoreError> {
        self.strays()
    }
}
