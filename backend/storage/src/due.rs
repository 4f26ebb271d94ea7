//! Attempts whose bank is to be asked: the fresh ones, and the longest due of all.

use diesel::dsl::sql;
use diesel::prelude::{ExpressionMethods, NullableExpressionMethods, QueryDsl, RunQueryDsl};
use diesel::sql_types::Bool;
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::StoreError;

use crate::column::text;
use crate::connection::AnyConn;
use crate::query::Tailed;
use crate::schema::payment_attempts::dsl;
use crate::types::{Id, Time};
use crate::work::Work;

/// Which attempt, and since when it is due.
pub(crate) type Due = (Id, Time);

/// What the index `attempts_fresh_to_ask_about` is about, word for word: only then is it used.
const FRESH_POSTGRES: &str = "next_query_at - created_at < interval '1 hour'";
const FRESH_SQLITE: &str = "next_query_at - created_at < 3600000000";

/// Up to so many whose question was due in their first hour, the last due first: a client who pays now does not wait for
/// an outage's backlog, not even for one that was as fresh.
pub(crate) fn fresh(
    work: &mut Work<'_>,
    account: &AccountKey,
    now: Time,
    limit: u32,
) -> Result<Vec<Due>, StoreError> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    let tail = work.claim();
    work.query(|conn| {
        let is_fresh = match conn {
            AnyConn::Pg(_) => FRESH_POSTGRES,
            AnyConn::Sqlite(_) => FRESH_SQLITE,
        };
        let query = dsl::payment_attempts
            .filter(dsl::bank.eq(text(&account.bank)))
            .filter(dsl::bank_account.eq(text(&account.account)))
            .filter(dsl::next_query_at.le(now))
            .filter(sql::<Bool>(is_fresh))
            .order((dsl::next_query_at.desc(), dsl::id.desc()))
            .limit(i64::from(limit))
            .select((dsl::id, dsl::next_query_at.assume_not_null()));
        Tailed(query, tail).load(conn)
    })
}

/// Up to so many, the longest due first.
pub(crate) fn oldest(
    work: &mut Work<'_>,
    account: &AccountKey,
    now: Time,
    limit: i64,
) -> Result<Vec<Due>, StoreError> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    let query = dsl::payment_attempts
        .filter(dsl::bank.eq(text(&account.bank)))
        .filter(dsl::bank_account.eq(text(&account.account)))
        .filter(dsl::next_query_at.le(now))
        .order((dsl::next_query_at.asc(), dsl::id.asc()))
        .limit(limit)
        .select((dsl::id, dsl::next_query_at.assume_not_null()));
    let query = Tailed(query, work.claim());
    work.query(|conn| query.load(conn))
}

/// Moves their next question to the end of the lease.
pub(crate) fn hold(work: &mut Work<'_>, due: &[Due], lease_until: Time) -> Result<(), StoreError> {
    if due.is_empty() {
        return Ok(());
    }
    let target = dsl::payment_attempts.filter(dsl::id.eq_any(due.iter().map(|(id, _)| *id)));
    let claim = diesel::update(target).set(dsl::next_query_at.eq(Some(lease_until)));
    work.query(|conn| claim.execute(conn))?;
    Ok(())
}
