//! Bank notifications.

use diesel::dsl::{count_star, max, sql};
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper,
};
use diesel::sql_types::Bool;
use jiff::Timestamp;
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{
    AccountHealth, Cursor, Dropped, Notification, NotificationFilter, NotificationVerdict, Notifications,
    Page, Received, StoreError, Total,
};
use sverka_domain::ids::{AttemptId, NotificationId};

use crate::attempts::Cap;
use crate::column::{maybe_time, named, number, text};
use crate::error::wrong;
use crate::notification_list;
use crate::notification_row::NotificationRow;
use crate::query::{Cached, OrIgnore};
use crate::retention;
use crate::schema::bank_notifications::dsl;
use crate::schema::payment_attempts;
use crate::types::{Id, Time, hex};
use crate::work::Work;

impl Notifications for Work<'_> {
    fn receive(
        &mut self,
        notification: &Notification,
        dedupe_key: &[u8; 32],
    ) -> Result<Received, StoreError> {
        // Whoever takes the same one in at this moment waits here, before the attempt is locked.
        self.lock_name(&lock_of(&notification.account, dedupe_key))?;
        let row = (
            NotificationRow::new(notification)?,
            dsl::dedupe_key.eq(dedupe_key.to_vec()),
        );
        let insert = diesel::insert_into(dsl::bank_notifications).values(row);
        if self.query(|conn| OrIgnore(insert).execute(conn))? == 1 {
            return Ok(Received::New);
        }
        let known = dsl::bank_notifications
            .filter(dsl::bank.eq(text(&notification.account.bank)))
            .filter(dsl::bank_account.eq(text(&notification.account.account)))
            .filter(dsl::dedupe_key.eq(dedupe_key.to_vec()));
        let repeat = diesel::update(known)
            .set(dsl::repeats.eq(dsl::repeats + 1_i64))
            .returning((dsl::id, dsl::verdict));
        let (id, verdict): (Id, String) = self
            .query(|conn| repeat.get_result(conn).optional())?
            .ok_or_else(|| wrong("a notification of that id exists already"))?;
        Ok(Received::Repeat {
            id: NotificationId(id.0),
            verdict: named(&verdict, "bank_notifications.verdict")?,
        })
    }

    fn settle(
        &mut self,
        id: NotificationId,
        verdict: NotificationVerdict,
        attempt_id: Option<AttemptId>,
    ) -> Result<(), StoreError> {
        let target = dsl::bank_notifications.filter(dsl::id.eq(Id(id.0)));
        let settled = diesel::update(target).set((
            dsl::verdict.eq(verdict.to_string()),
            dsl::attempt_id.eq(attempt_id.map(|id| Id(id.0))),
        ));
        match self.query(|conn| Cached(settled).execute(conn))? {
            1 => Ok(()),
            _ => Err(wrong("there is no such notification")),
        }
    }

    fn name(
        &mut self,
        id: NotificationId,
        order_number: Option<&str>,
        bank_order_id: Option<&str>,
    ) -> Result<(), StoreError> {
        let target = dsl::bank_notifications.filter(dsl::id.eq(Id(id.0)));
        let named = diesel::update(target).set((
            dsl::order_number.eq(order_number.map(text)),
            dsl::bank_order_id.eq(bank_order_id.map(text)),
        ));
        match self.query(|conn| Cached(named).execute(conn))? {
            1 => Ok(()),
            _ => Err(wrong("there is no such notification")),
        }
    }

    fn get(&mut self, id: NotificationId) -> Result<Option<Notification>, StoreError> {
        let query = dsl::bank_notifications
            .filter(dsl::id.eq(Id(id.0)))
            .select(NotificationRow::as_select());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(NotificationRow::notification).transpose()
    }

    fn orphans(
        &mut self,
        account: &AccountKey,
        order_number: &str,
        bank_order_id: Option<&str>,
    ) -> Result<Vec<Notification>, StoreError> {
        let open =
            [NotificationVerdict::Orphan, NotificationVerdict::Received].map(|verdict| verdict.to_string());
        // `= null` is never true: without a bank order id only the order number counts.
        let named = dsl::order_number
            .eq(text(order_number))
            .or(dsl::bank_order_id.eq(bank_order_id.map(text)));
        let query = dsl::bank_notifications
            .filter(dsl::bank.eq(text(&account.bank)))
            .filter(dsl::bank_account.eq(text(&account.account)))
            .filter(named)
            .filter(dsl::verdict.eq_any(open))
            .order((dsl::received_at.asc(), dsl::id.asc()))
            .select(NotificationRow::as_select());
        let rows: Vec<NotificationRow> = self.query(|conn| query.load(conn))?;
        rows.into_iter().map(NotificationRow::notification).collect()
    }

    fn count_rejected(&mut self, account: &AccountKey, since: Timestamp) -> Result<u64, StoreError> {
        count_since(self, account, NotificationVerdict::Rejected, since)
    }

    fn health(&mut self, account: &AccountKey, since: Timestamp) -> Result<AccountHealth, StoreError> {
        let mut last = |verdict| last_of(self, account, verdict);
        let accepted = last(NotificationVerdict::Accepted)?;
        let mismatch = last(NotificationVerdict::Mismatch)?;
        let ignored = last(NotificationVerdict::Ignored)?;
        let received = last(NotificationVerdict::Received)?;
        let last_rejected_at = last(NotificationVerdict::Rejected)?;
        let last_orphan_at = last(NotificationVerdict::Orphan)?;
        let last_good_at = accepted.max(mismatch).max(ignored);
        Ok(AccountHealth {
            last_notification_at: last_good_at
                .max(received)
                .max(last_rejected_at)
                .max(last_orphan_at),
            last_good_at,
            last_rejected_at,
            last_orphan_at,
            rejected: count_since(self, account, NotificationVerdict::Rejected, since)?,
            orphans: count_since(self, account, NotificationVerdict::Orphan, since)?,
            lost: count_paid(self, account, since, true)?,
            paid: count_paid(self, account, since, false)?,
        })
    }

    fn last(
        &mut self,
        account: &AccountKey,
        verdict: NotificationVerdict,
    ) -> Result<Option<Notification>, StoreError> {
        let query = dsl::bank_notifications
            .filter(dsl::verdict.eq(verdict.to_string()))
            .filter(dsl::bank.eq(text(&account.bank)))
            .filter(dsl::bank_account.eq(text(&account.account)))
            .order((dsl::received_at.desc(), dsl::id.desc()))
            .limit(1)
            .select(NotificationRow::as_select());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(NotificationRow::notification).transpose()
    }

    fn list(&mut self, filter: &NotificationFilter, page: Page) -> Result<Vec<Notification>, StoreError> {
        let rows = self.query(|conn| notification_list::list(conn, filter, page))?;
        rows.into_iter().map(NotificationRow::notification).collect()
    }

    fn count(&mut self, filter: &NotificationFilter, cap: u64) -> Result<Total, StoreError> {
        let cap = Cap::new(cap);
        let found = self.query(|conn| notification_list::count(conn, filter, cap.limit()))?;
        Ok(cap.total(found))
    }

    fn drop_raw(
        &mut self,
        before: Timestamp,
        after: Option<Cursor>,
        limit: u32,
        now: Timestamp,
    ) -> Result<Dropped, StoreError> {
        retention::drop_raw(self, before, after, limit, now)
    }

    fn unprocessed(&mut self, before: Timestamp, limit: u32) -> Result<Vec<Notification>, StoreError> {
        let query = dsl::bank_notifications
            // As the partial index spells it.
            .filter(sql::<Bool>("verdict = 'received'"))
            .filter(dsl::received_at.lt(Time::from(before)))
            .order((dsl::received_at.asc(), dsl::id.asc()))
            .limit(i64::from(limit))
            .select(NotificationRow::as_select());
        let rows: Vec<NotificationRow> = self.query(|conn| query.load(conn))?;
        rows.into_iter().map(NotificationRow::notification).collect()
    }
}

/// The name under which a notification is locked.
pub(crate) fn lock_of(account: &AccountKey, dedupe_key: &[u8; 32]) -> String {
    format!("notification {account} {}", hex(dedupe_key))
}

/// When an account last got a notification of that verdict.
fn last_of(
    work: &mut Work<'_>,
    account: &AccountKey,
    verdict: NotificationVerdict,
) -> Result<Option<Timestamp>, StoreError> {
    let query = dsl::bank_notifications
        .filter(dsl::bank.eq(text(&account.bank)))
        .filter(dsl::bank_account.eq(text(&account.account)))
        .filter(dsl::verdict.eq(verdict.to_string()))
        .select(max(dsl::received_at));
    maybe_time(work.query(|conn| query.get_result::<Option<Time>>(conn))?)
}

fn count_since(
    work: &mut Work<'_>,
    account: &AccountKey,
    verdict: NotificationVerdict,
    since: Timestamp,
) -> Result<u64, StoreError> {
    let query = dsl::bank_notifications
        .filter(dsl::bank.eq(text(&account.bank)))
        .filter(dsl::bank_account.eq(text(&account.account)))
        .filter(dsl::verdict.eq(verdict.to_string()))
        .filter(dsl::received_at.ge(Time::from(since)))
        .select(count_star());
    number(work.query(|conn| query.get_result::<i64>(conn))?, "a count")
}

fn count_paid(
    work: &mut Work<'_>,
    account: &AccountKey,
    since: Timestamp,
    only_lost: bool,
) -> Result<u64, StoreError> {
    use payment_attempts::dsl;
    let query = dsl::payment_attempts
        .filter(dsl::bank.eq(text(&account.bank)))
        .filter(dsl::bank_account.eq(text(&account.account)))
        .filter(dsl::paid_at.ge(Time::from(since)))
        .select(count_star());
    let count = if only_lost {
        work.query(|conn| query.filter(dsl::lost_callback).get_result::<i64>(conn))?
    } else {
        work.query(|conn| query.get_result::<i64>(conn))?
    };
    number(count, "a count")
}
