//! Attempts.

use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper,
};
use jiff::Timestamp;
use sverka_app::polling::DueQueries;
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{AttemptFilter, Attempts, DueQuery, Page, StoreError, Total};
use sverka_domain::attempt::Attempt;
use sverka_domain::ids::AttemptId;

use crate::attempt_row::AttemptRow;
use crate::column::{maybe_text, maybe_time, text, time};
use crate::connection::AnyConn;
use crate::dialect::{self, Counted};
use crate::due;
use crate::error::wrong;
use crate::query::{Cached, OrIgnore, Tailed};
use crate::schema::payment_attempts::dsl;
use crate::types::{Id, Time};
use crate::work::Work;

impl Attempts for Work<'_> {
    fn insert(&mut self, attempt: &Attempt, needs_attention: bool) -> Result<(), StoreError> {
        let row = AttemptRow::new(attempt, needs_attention)?;
        let added = self.query(|conn| add(conn, &row))?;
        if added == 1 {
            Ok(())
        } else {
            Err(taken(self, attempt)?)
        }
    }

    fn get(&mut self, id: AttemptId) -> Result<Option<Attempt>, StoreError> {
        let query = dsl::payment_attempts.filter(dsl::id.eq(Id(id.0)));
        let query = Tailed(query.select(AttemptRow::as_select()), self.lock());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(AttemptRow::attempt).transpose()
    }

    fn several(&mut self, ids: &[AttemptId]) -> Result<Vec<Attempt>, StoreError> {
        let ids = ids.iter().map(|id| Id(id.0));
        let query = dsl::payment_attempts
            .filter(dsl::id.eq_any(ids))
            .select(AttemptRow::as_select());
        let rows = self.query(|conn| query.load(conn))?;
        rows.into_iter().map(AttemptRow::attempt).collect()
    }

    fn several_locked(&mut self, ids: &[AttemptId]) -> Result<Vec<Attempt>, StoreError> {
        let tail = self.lock();
        locked(self, ids, tail)
    }

    fn several_unless_held(&mut self, ids: &[AttemptId]) -> Result<Vec<Attempt>, StoreError> {
        let tail = self.claim();
        locked(self, ids, tail)
    }

    fn by_order_number(
        &mut self,
        account: &AccountKey,
        order_number: &str,
    ) -> Result<Option<Attempt>, StoreError> {
        let query = dsl::payment_attempts
            .filter(dsl::bank.eq(text(&account.bank)))
            .filter(dsl::bank_account.eq(text(&account.account)))
            .filter(dsl::order_number.eq(text(order_number)));
        let query = Tailed(query.select(AttemptRow::as_select()), self.lock());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(AttemptRow::attempt).transpose()
    }

    fn by_bank_order_id(
        &mut self,
        account: &AccountKey,
        bank_order_id: &str,
    ) -> Result<Option<Attempt>, StoreError> {
        let query = dsl::payment_attempts
            .filter(dsl::bank.eq(text(&account.bank)))
            .filter(dsl::bank_account.eq(text(&account.account)))
            .filter(dsl::bank_order_id.eq(text(bank_order_id)));
        let query = Tailed(query.select(AttemptRow::as_select()), self.lock());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(AttemptRow::attempt).transpose()
    }

    fn save(&mut self, attempt: &Attempt, needs_attention: bool) -> Result<i64, StoreError> {
        let mut row = AttemptRow::new(attempt, needs_attention)?;
        let read = row.version;
        row.version = read.saturating_add(1);
        let version = row.version;
        let Some(row) = self.keep_attempt(row)? else {
            return Ok(version);
        };
        let changed = self.query(|conn| {
            let target =
                dsl::payment_attempts.filter(dsl::id.eq(Id(attempt.id.0)).and(dsl::version.eq(read)));
            Cached(diesel::update(target).set(&row)).execute(conn)
        })?;
        if changed == 1 {
            Ok(row.version)
        } else {
            Err(StoreError::Stale)
        }
    }

    fn search(&mut self, filter: &AttemptFilter, page: Page) -> Result<Vec<Attempt>, StoreError> {
        let rows = self.query(|conn| dialect::search(conn, filter, page))?;
        rows.into_iter().map(AttemptRow::attempt).collect()
    }

    fn count(&mut self, filter: &AttemptFilter, cap: u64) -> Result<Total, StoreError> {
        let limit = i64::try_from(cap).unwrap_or(i64::MAX);
        let Counted { found, all } = self.query(|conn| dialect::count(conn, filter, limit))?;
        let found = u64::try_from(found).unwrap_or_default();
        Ok(match all {
            true if found <= cap => Total::Exactly(found),
            _ => Total::AtLeast(found.min(cap)),
        })
    }

    fn claim_due_queries(
        &mut self,
        account: &AccountKey,
        now: Timestamp,
        lease_until: Timestamp,
        wanted: DueQueries,
    ) -> Result<Vec<DueQuery>, StoreError> {
        let lease_until = Time::from(lease_until);
        let mut due = due::fresh(self, account, now.into(), wanted.fresh.min(wanted.limit))?;
        due::hold(self, &due, lease_until)?;
        let rest = i64::from(wanted.limit).saturating_sub(i64::try_from(due.len()).unwrap_or(i64::MAX));
        let oldest = due::oldest(self, account, now.into(), rest)?;
        due::hold(self, &oldest, lease_until)?;
        due.extend(oldest);
        due.into_iter().map(due_query).collect()
    }

    fn schedule_query(
        &mut self,
        id: AttemptId,
        next: Option<Timestamp>,
        asked: Option<(Timestamp, Option<String>)>,
    ) -> Result<(), StoreError> {
        let target = dsl::payment_attempts.filter(dsl::id.eq(Id(id.0)));
        let next = dsl::next_query_at.eq(next.map(Time::from));
        let changed = match asked {
            Some((at, error)) => {
                let last = dsl::last_query_at.eq(Some(Time::from(at)));
                let error = dsl::last_query_error.eq(maybe_text(error.as_ref()));
                self.query(|conn| Cached(diesel::update(target).set((next, last, error))).execute(conn))?
            }
            None => self.query(|conn| Cached(diesel::update(target).set(next)).execute(conn))?,
        };
        if changed == 1 {
            Ok(())
        } else {
            Err(wrong("there is no such attempt"))
        }
    }

    fn next_due_query(&mut self, account: &AccountKey) -> Result<Option<Timestamp>, StoreError> {
        let query = dsl::payment_attempts
            .filter(dsl::bank.eq(text(&account.bank)))
            .filter(dsl::bank_account.eq(text(&account.account)))
            .filter(dsl::next_query_at.is_not_null())
            .order(dsl::next_query_at.asc())
            .limit(1)
            .select(dsl::next_query_at);
        let soonest: Option<Option<Time>> = self.query(|conn| query.get_result(conn).optional())?;
        maybe_time(soonest.flatten())
    }
}

/// Several, in the order of their ids, with a lock as the tail says.
fn locked(work: &mut Work<'_>, ids: &[AttemptId], tail: &'static str) -> Result<Vec<Attempt>, StoreError> {
    let query = dsl::payment_attempts
        .filter(dsl::id.eq_any(ids.iter().map(|id| Id(id.0))))
        .order(dsl::id.asc())
        .select(AttemptRow::as_select());
    let query = Tailed(query, tail);
    let rows = work.query(|conn| query.load(conn))?;
    rows.into_iter().map(AttemptRow::attempt).collect()
}

fn add(conn: &mut AnyConn, row: &AttemptRow) -> diesel::QueryResult<usize> {
    match conn {
        AnyConn::Pg(_) => OrIgnore(diesel::insert_into(dsl::payment_attempts).values(row)).execute(conn),
        AnyConn::Sqlite(_) => {
            let number = dialect::free_row_number(conn, row.created_at)?;
            let values = (row, dsl::seq.eq(number));
            OrIgnore(diesel::insert_into(dsl::payment_attempts).values(values)).execute(conn)
        }
    }
}

/// Which value of an attempt that could not be added another one has.
fn taken(work: &mut Work<'_>, attempt: &Attempt) -> Result<StoreError, StoreError> {
    let account = AccountKey {
        bank: attempt.bank.clone(),
        account: attempt.bank_account.clone(),
    };
    if work.by_order_number(&account, &attempt.order_number)?.is_some() {
        return Ok(StoreError::Taken("order_number"));
    }
    if let Some(id) = &attempt.bank_order_id
        && work.by_bank_order_id(&account, id)?.is_some()
    {
        return Ok(StoreError::Taken("bank_order_id"));
    }
    Ok(wrong("an attempt of that id exists already"))
}

fn due_query((id, due_at): (Id, Time)) -> Result<DueQuery, StoreError> {
    Ok(DueQuery {
        attempt_id: AttemptId(id.0),
        due_at: time(due_at)?,
    })
}

/// A count that ends at a number.
pub(crate) struct Cap(i64);

impl Cap {
    /// Counting to `cap` at most.
    pub(crate) fn new(cap: u64) -> Self {
        Self(i64::try_from(cap).unwrap_or(i64::MAX))
    }

    /// One more than the cap tells whether there are more.
    pub(crate) fn limit(&self) -> i64 {
        self.0.saturating_add(1)
    }

    /// What so many found come to.
    pub(crate) fn total(&self, found: i64) -> Total {
        let number = |count: i64| u64::try_from(count).unwrap_or_default();
        if found > self.0 {
            Total::AtLeast(number(self.0))
        } else {
            Total::Exactly(number(found))
        }
    }
}
