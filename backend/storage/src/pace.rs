//! How many payments and notifications there are. Every question is answered by an index of the account's times, and
//! is about an hour, an incident's time, or so many of the newest.

use diesel::dsl::{count_star, max, min, not, sql};
use diesel::prelude::{
    BoolExpressionMethods, BoxableExpression, ExpressionMethods, Insertable, NullableExpressionMethods,
    QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
};
use diesel::sql_types::{BigInt, Bool, Integer};
use jiff::{SignedDuration, Timestamp};
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{Pace, Page, Span, StoreError, Total};
use sverka_domain::attempt::Attempt;
use sverka_domain::incident::Counts;
use sverka_domain::pace::{Doubts, GRACE, Hour, Payment};
use sverka_domain::status::{BankStatus, StatusSource};

use crate::attempt_row::AttemptRow;
use crate::attempts::Cap;
use crate::column::{maybe_time, number, text, time};
use crate::connection::MultiBackend;
use crate::query::{Count, OrIgnore, Tailed};
use crate::schema::account_hours;
use crate::schema::payment_attempts::{self, dsl};
use crate::types::{Id, Time};
use crate::work::Work;

const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// A client may pay so long after the attempt was recorded.
const ORDER_LIFE: SignedDuration = SignedDuration::from_hours(72);
/// So long before the first loss a payment may have been begun that is still waited for.
const BEGUN_BEFORE: SignedDuration = SignedDuration::from_mins(30);
/// What was recorded longer ago and is not paid is not waited for as if it might be.
const WAITED_FOR: SignedDuration = SignedDuration::from_hours(24);
/// So many rows in one statement.
const AT_ONCE: usize = 500;

type Matching<'a> = payment_attempts::BoxedQuery<'a, MultiBackend>;
type Counting<'a> = payment_attempts::BoxedQuery<'a, MultiBackend, BigInt>;
type Condition = Box<dyn BoxableExpression<payment_attempts::table, MultiBackend, SqlType = Bool>>;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = account_hours)]
struct HourRow {
    bank: String,
    bank_account: String,
    hour: Time,
    recorded: i64,
    heard: i64,
    lost: i64,
}

impl Pace for Work<'_> {
    fn first_recorded(&mut self, account: &AccountKey) -> Result<Option<Timestamp>, StoreError> {
        let query = of(account).select(min(dsl::created_at));
        maybe_time(self.query(|conn| query.get_result::<Option<Time>>(conn))?)
    }

    fn count_hour(&mut self, account: &AccountKey, at: Timestamp) -> Result<Hour, StoreError> {
        let recorded = of(account)
            .filter(dsl::created_at.ge(Time::from(at)))
            .filter(dsl::created_at.lt(Time::from(at + HOUR)))
            .select(count_star());
        Ok(Hour {
            at,
            recorded: counted(self, recorded)?,
            heard: counted(self, heard(paid(account, at, at + HOUR)).select(count_star()))?,
            lost: counted(self, lost(paid(account, at, at + HOUR)).select(count_star()))?,
        })
    }

    fn keep_hour(&mut self, account: &AccountKey, hour: &Hour) -> Result<(), StoreError> {
        let row = HourRow {
            bank: text(&account.bank),
            bank_account: text(&account.account),
            hour: hour.at.into(),
            recorded: hour.recorded.into(),
            heard: hour.heard.into(),
            lost: hour.lost.into(),
        };
        let insert = diesel::insert_into(account_hours::table).values(row);
        self.query(|conn| OrIgnore(insert).execute(conn))?;
        Ok(())
    }

    fn last_hour(&mut self, account: &AccountKey) -> Result<Option<Timestamp>, StoreError> {
        let query = account_hours::table
            .filter(account_hours::bank.eq(text(&account.bank)))
            .filter(account_hours::bank_account.eq(text(&account.account)))
            .select(max(account_hours::hour));
        maybe_time(self.query(|conn| query.get_result::<Option<Time>>(conn))?)
    }

    fn hours(&mut self, account: &AccountKey, from: Timestamp) -> Result<Vec<Hour>, StoreError> {
        let query = account_hours::table
            .filter(account_hours::bank.eq(text(&account.bank)))
            .filter(account_hours::bank_account.eq(text(&account.account)))
            .filter(account_hours::hour.ge(Time::from(from)))
            .order(account_hours::hour.asc())
            .select(HourRow::as_select());
        let rows: Vec<HourRow> = self.query(|conn| query.load(conn))?;
        let hour = |row: HourRow| {
            Ok(Hour {
                at: time(row.hour)?,
                recorded: number(row.recorded, "account_hours.recorded")?,
                heard: number(row.heard, "account_hours.heard")?,
                lost: number(row.lost, "account_hours.lost")?,
            })
        };
        rows.into_iter().map(hour).collect()
    }

    fn forget_hours(&mut self, before: Timestamp) -> Result<u64, StoreError> {
        let old = account_hours::table.filter(account_hours::hour.lt(Time::from(before)));
        let removed = self.query(|conn| diesel::delete(old).execute(conn))?;
        Ok(u64::try_from(removed).unwrap_or(u64::MAX))
    }

    fn newest_payments(
        &mut self,
        account: &AccountKey,
        from: Timestamp,
        limit: u32,
    ) -> Result<Vec<Payment>, StoreError> {
        let query = of(account)
            .filter(dsl::paid_at.ge(Time::from(from)))
            .filter(is_known_from_the_bank())
            .order(dsl::paid_at.desc())
            .limit(i64::from(limit))
            .select((dsl::paid_at, dsl::lost_callback));
        let rows: Vec<(Option<Time>, bool)> = self.query(|conn| query.load(conn))?;
        let mut payments = Vec::with_capacity(rows.len());
        for (paid_at, is_lost) in rows {
            if let Some(paid_at) = maybe_time(paid_at)? {
                payments.push(Payment {
                    paid_at,
                    is_heard: !is_lost,
                });
            }
        }
        Ok(payments)
    }

    fn doubts(&mut self, account: &AccountKey, from: Timestamp, to: Timestamp) -> Result<Doubts, StoreError> {
        let in_doubt = of(account)
            .filter(dsl::created_at.ge(Time::from(from)))
            .filter(dsl::created_at.lt(Time::from(to)))
            .filter(dsl::bank_status.eq_any(unpaid()))
            .filter(
                dsl::last_query_at
                    .is_null()
                    .or(dsl::last_query_error.is_not_null()),
            )
            .select((count_star(), min(dsl::created_at)));
        let (count, since): (i64, Option<Time>) = self.query(|conn| in_doubt.get_result(conn))?;
        Ok(Doubts {
            count: number(count, "a count")?,
            since: maybe_time(since)?,
        })
    }

    fn counts(&mut self, span: &Span) -> Result<Counts, StoreError> {
        let paid = || paid(&span.account, span.from, span.to);
        let heard: u64 = counted(self, heard(paid()).select(count_star()))?;
        let healed: u64 = counted(self, lost(paid()).select(count_star()))?;
        let waiting = of(&span.account).filter(is_waiting(span)).select(count_star());
        Ok(Counts {
            paid: heard + healed,
            heard,
            healed,
            waiting: counted(self, waiting)?,
        })
    }

    fn missing(&mut self, span: &Span, page: Page) -> Result<Vec<Attempt>, StoreError> {
        let mut query = missing(span);
        if let Some(cursor) = page.after {
            let (at, id) = (Time::from(cursor.at), Id(cursor.id));
            query = query.filter(
                dsl::created_at
                    .le(at)
                    .and(dsl::created_at.lt(at).or(dsl::id.lt(id))),
            );
        }
        let query = query
            .order((dsl::created_at.desc(), dsl::id.desc()))
            .limit(i64::from(page.limit))
            .select(AttemptRow::as_select());
        let rows: Vec<AttemptRow> = self.query(|conn| query.load(conn))?;
        rows.into_iter().map(AttemptRow::attempt).collect()
    }

    fn count_missing(&mut self, span: &Span, cap: u64) -> Result<Total, StoreError> {
        let cap = Cap::new(cap);
        let some = missing(span).select(sql::<Integer>("1")).limit(cap.limit());
        let found = self.query(|conn| Count(some).get_result(conn))?;
        Ok(cap.total(found))
    }

    fn ask_about_missing(&mut self, span: &Span, limit: u32) -> Result<u64, StoreError> {
        let open = of(&span.account)
            .filter(is_waiting(span))
            .order((dsl::created_at.desc(), dsl::id.desc()))
            .limit(i64::from(limit))
            .select(dsl::id);
        // Whatever somebody else is changing is being learned about at this moment.
        let open = Tailed(open, self.claim());
        let ids: Vec<Id> = self.query(|conn| open.load(conn))?;
        let now = Time::from(span.now);
        for some in ids.chunks(AT_ONCE) {
            let target = dsl::payment_attempts.filter(dsl::id.eq_any(some.to_vec()));
            let due = diesel::update(target).set(dsl::next_query_at.eq(Some(now)));
            self.query(|conn| due.execute(conn))?;
        }
        Ok(u64::try_from(ids.len()).unwrap_or(u64::MAX))
    }
}

/// The attempts of an account.
fn of(account: &AccountKey) -> Matching<'static> {
    dsl::payment_attempts
        .filter(dsl::bank.eq(text(&account.bank)))
        .filter(dsl::bank_account.eq(text(&account.account)))
        .into_boxed()
}

/// Those paid from `from` to `to`.
fn paid(account: &AccountKey, from: Timestamp, to: Timestamp) -> Matching<'static> {
    of(account)
        .filter(dsl::paid_at.ge(Time::from(from)))
        .filter(dsl::paid_at.lt(Time::from(to)))
}

fn heard(attempts: Matching<'static>) -> Matching<'static> {
    attempts
        .filter(not(dsl::lost_callback))
        .filter(is_known_from_the_bank())
}

fn lost(attempts: Matching<'static>) -> Matching<'static> {
    attempts.filter(dsl::lost_callback)
}

/// What an operator says is neither heard nor lost.
fn is_known_from_the_bank() -> Condition {
    let by_operator = dsl::bank_status_source.eq(StatusSource::Operator.to_string());
    Box::new(dsl::lost_callback.or(not(by_operator)))
}

/// Paid in that time, and no notification told of it.
fn is_lost(span: &Span) -> Condition {
    let in_time = dsl::paid_at
        .ge(Time::from(span.from))
        .and(dsl::paid_at.lt(Time::from(span.to)));
    Box::new(dsl::lost_callback.and(in_time.assume_not_null()))
}

/// Recorded in that time, a notification is not to be waited for any longer, and the bank is still asked.
fn is_waiting(span: &Span) -> Condition {
    let from = (span.from - BEGUN_BEFORE).max(span.now - WAITED_FOR);
    let to = span.to.min(span.now - GRACE);
    Box::new(
        dsl::created_at
            .ge(Time::from(from))
            .and(dsl::created_at.lt(Time::from(to)))
            .and(dsl::bank_status.eq_any(unpaid()))
            .and(dsl::next_query_at.is_not_null()),
    )
}

fn missing(span: &Span) -> Matching<'static> {
    of(&span.account)
        .filter(dsl::created_at.ge(Time::from(span.from - ORDER_LIFE)))
        .filter(dsl::created_at.lt(Time::from(span.to)))
        .filter(is_lost(span).or(is_waiting(span)))
}

/// Nobody said what became of it.
fn unpaid() -> [String; 2] {
    [BankStatus::Created, BankStatus::Pending].map(|status| status.to_string())
}

fn counted<T: TryFrom<i64>>(work: &mut Work<'_>, query: Counting<'static>) -> Result<T, StoreError> {
    number(work.query(|conn| query.get_result::<i64>(conn))?, "a count")
}
