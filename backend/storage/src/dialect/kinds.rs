//! Search by what attempts are: their statuses, types, merchants and accounts.
//!
//! The attempts of one kind, that is with the same values in all of these columns, lie together in an index, newest
//! first. There are few kinds, and a table of them: a page is the newest of the newest of each kind that a filter means. No
//! row is read that does not match, however rare it is.

use diesel::prelude::{QueryResult, RunQueryDsl};
use diesel::sql_types::BigInt;

use super::conditions::Conditions;
use super::{Rows, columns, newest_first};
use crate::attempt_row::AttemptRow;
use crate::connection::AnyConn;
use crate::query::Statement;

/// The columns of a kind, in the order of the index.
pub(super) const COLUMNS: [&str; 8] = [
    "bank_status",
    "crm_status",
    "needs_attention",
    "lost_callback",
    "payment_type",
    "merchant",
    "bank",
    "bank_account",
];

/// The time of a row that is read through the index.
const CREATED_AT: &str = "p.created_at";
const NEWEST_FIRST: &str = " order by p.created_at desc, p.id desc limit ";

/// One page, by kind and period alone.
pub(crate) fn page(conn: &mut AnyConn, conditions: &Conditions, limit: u32) -> QueryResult<Vec<AttemptRow>> {
    let newest_of = |statement, kind: &str| {
        let statement = of_kind(conditions, statement, kind);
        statement.sql(NEWEST_FIRST)
    };
    let rows = listed(conditions).sql(", heads as materialized (select kind.*, (select p.created_at");
    let rows = newest_of(rows.sql(" from payment_attempts p"), "kind").sql("1) as head from ");
    // A kind whose newest row is older than so many others' has no row on the page.
    let rows = rows.sql(&format!(
        "kinds kind), newest as (select * from heads where head >= coalesce((select head from heads where head is not null \
         order by head desc limit 1 offset {}), head)), ",
        limit.saturating_sub(1),
    ));
    let rows = match conn {
        AnyConn::Pg(_) => {
            let rows = rows.sql("found as (select own.key from newest cross join lateral ");
            let rows = rows.sql("(select p.id as key, p.created_at from payment_attempts p");
            newest_of(rows, "newest").sql(&format!(
                "{limit}) own order by own.created_at desc, own.key desc limit {limit}) select "
            ))
        }
        AnyConn::Sqlite(_) => {
            let rows = rows
                .sql("found as (select q.seq as key from newest cross join payment_attempts q on q.seq in ");
            newest_of(rows.sql("(select p.seq from payment_attempts p"), "newest").sql(&format!(
                "{limit}) order by q.created_at desc, q.id desc limit {limit}) select "
            ))
        }
    };
    of_keys(conn, rows).load(conn)
}

/// How many attempts there are of the kinds and of the period, counting to `cap` at most; no other condition counts.
pub(crate) fn count(conn: &mut AnyConn, conditions: &Conditions, cap: u32) -> QueryResult<i64> {
    let all: Statement<BigInt> = listed(conditions).sql(" select count(*) from (");
    let all = keys(conn, conditions, all, cap);
    all.sql(") counted").get_result(conn)
}

/// What of a few attempts of the kinds fits the other conditions, too: all of them are read.
pub(crate) fn few(
    conn: &mut AnyConn,
    conditions: &Conditions,
    few: u32,
    limit: u32,
) -> QueryResult<Vec<AttemptRow>> {
    let rows = listed(conditions).sql(", found as materialized (");
    let rows = keys(conn, conditions, rows, few).sql(") select ");
    let rows = of_keys(conn, rows).sql(" where true");
    conditions.rest(rows).sql(&newest_first(limit)).load(conn)
}

/// How many of a few attempts of the kinds fit the other conditions, too.
pub(crate) fn count_few(conn: &mut AnyConn, conditions: &Conditions, few: u32) -> QueryResult<i64> {
    let all: Statement<BigInt> = listed(conditions).sql(", found as materialized (");
    let all = keys(conn, conditions, all, few).sql(") select count(*)");
    let all = joined(conn, all).sql(" where true");
    conditions.rest(all).get_result(conn)
}

/// Adds a `select` of the keys of attempts of the kinds, in no order.
fn keys<T>(conn: &AnyConn, conditions: &Conditions, statement: Statement<T>, cap: u32) -> Statement<T> {
    let kinds = " from kinds kind cross join ";
    let (key, begin) = match conn {
        AnyConn::Pg(_) => ("id", "lateral (select p.id from payment_attempts p"),
        AnyConn::Sqlite(_) => ("seq", "payment_attempts p"),
    };
    let statement = statement.sql(&format!("select p.{key} as key{kinds}{begin}"));
    let statement = of_kind(conditions, statement, "kind");
    match conn {
        AnyConn::Pg(_) => statement.sql(&format!(" limit {cap}) p limit {cap}")),
        AnyConn::Sqlite(_) => statement.sql(&format!(" limit {cap}")),
    }
}

/// Adds the columns of the rows whose keys were found.
fn of_keys(conn: &AnyConn, rows: Rows) -> Rows {
    joined(conn, rows.columns(columns()))
}

fn joined<T>(conn: &AnyConn, statement: Statement<T>) -> Statement<T> {
    statement.sql(match conn {
        AnyConn::Pg(_) => " from found join payment_attempts on payment_attempts.id = found.key",
        AnyConn::Sqlite(_) => " from found cross join payment_attempts on payment_attempts.seq = found.key",
    })
}

/// Adds the conditions that a row `p` is of a kind and of the period.
fn of_kind<T>(conditions: &Conditions, statement: Statement<T>, kind: &str) -> Statement<T> {
    let same: Vec<String> = COLUMNS
        .iter()
        .map(|column| format!("p.{column} = {kind}.{column}"))
        .collect();
    let statement = statement.sql(" where ").sql(&same.join(" and "));
    conditions.period_of("p", CREATED_AT, statement)
}

/// Begins a statement with a list of the kinds that the filter means.
fn listed<T>(conditions: &Conditions) -> Statement<T> {
    let all = Statement::new("with kinds as (select * from attempt_kinds kind where true");
    conditions.of_kind(all, "kind").sql(")")
}
