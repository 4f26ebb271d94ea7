//! Search by text or amount in PostgreSQL, in bounded steps: week by week through the index of trigrams or of amounts,
//! then, for a rare text, the rest at once.
//!
//! One index of trigrams and `order by … limit` would not do: the planner guesses how rare a text is, and where it
//! guesses wrong it reads the whole journal.

use diesel::prelude::{QueryResult, RunQueryDsl};
use diesel::sql_types::{BigInt, Integer, Nullable};

use super::conditions::Conditions;
use super::steps::{Counted, of_some};
use super::{BUCKET, Rows, newest_first, reached};
use crate::attempt_row::AttemptRow;
use crate::connection::AnyConn;
use crate::query::Statement;
use crate::types::Time;

/// The time, spelled so that the planner cannot use its index. Where it has no statistics yet, as after an import, it
/// would read whole weeks through that one, a hundred times slower than through the index of trigrams.
const CREATED_AT: &str = "(payment_attempts.created_at + interval '0')";

/// How many weeks are walked. A text with less than a page in two months is rare: all that has it is read at once.
const WALKED: i32 = 8;

/// One page of attempts by text or amount, and what they are.
pub(crate) fn by_text_or_amount(
    conn: &mut AnyConn,
    conditions: &Conditions,
    limit: u32,
) -> QueryResult<Vec<AttemptRow>> {
    let Some((newest, oldest)) = buckets(conn, conditions)? else {
        return Ok(Vec::new());
    };
    let last = last_walked(conditions, newest, oldest);
    let mut found: Vec<AttemptRow> = walk(conditions, newest, last, limit).load(conn)?;
    if last > oldest && !reached(&found, limit) {
        let missing = limit.saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
        let older: Vec<AttemptRow> = rest(conditions, last, missing).load(conn)?;
        found.extend(older);
    }
    Ok(found)
}

/// How many of those that have the text and the amount are of the kinds, too, looking at `cap` of them at most, through the
/// same weeks.
pub(crate) fn count_by_text_or_amount(
    conn: &mut AnyConn,
    conditions: &Conditions,
    cap: i64,
) -> QueryResult<Counted> {
    let Some((newest, oldest)) = buckets(conn, conditions)? else {
        return Ok(of_some(cap, 0, 0));
    };
    let last = last_walked(conditions, newest, oldest);
    let limit = cap.saturating_add(1);
    let all = counting().sql(&format!(
        "week.of_kind from generate_series({newest}, {last}, -1) number cross join lateral (select "
    ));
    let all =
        whether_of_kind(conditions, all).sql(" from payment_attempts where payment_attempts.bucket = number");
    let all = conditions.rest_unindexed(CREATED_AT, all);
    let (rows, found): (i64, i64) = all
        .sql(&format!(" limit {limit}) week limit {limit}) counted"))
        .get_result(conn)?;
    let mut counted = of_some(cap, rows, found);
    // What is older than the weeks that are walked is not looked for: that would cost more than the page.
    counted.all &= last == oldest;
    Ok(counted)
}

fn counting() -> Statement<(BigInt, BigInt)> {
    Statement::new("select count(*), count(*) filter (where of_kind) from (select ")
}

fn whether_of_kind<T>(conditions: &Conditions, statement: Statement<T>) -> Statement<T> {
    conditions
        .of_kind(statement.sql("(true"), "payment_attempts")
        .sql(") as of_kind")
}

/// Amounts have an index of weeks and no other; texts have one that also finds all at once.
fn last_walked(conditions: &Conditions, newest: i32, oldest: i32) -> i32 {
    if conditions.text.is_empty() {
        oldest
    } else {
        oldest.max(newest.saturating_sub(WALKED - 1))
    }
}

/// Week by week, newest first, each through the index of trigrams; the outer limit ends it early.
fn walk(conditions: &Conditions, newest: i32, oldest: i32, limit: u32) -> Rows {
    let rows = Statement::new(&format!(
        "select week.* from generate_series({newest}, {oldest}, -1) number cross join lateral (select "
    ));
    let rows = rows.columns(super::columns());
    let rows = rows.sql(" from payment_attempts where payment_attempts.bucket = number");
    let rows = conditions.all_unindexed(CREATED_AT, rows);
    let order = format!(" order by {CREATED_AT} desc, payment_attempts.id desc limit {limit}");
    rows.sql(&order).sql(&format!(") week limit {limit}"))
}

/// All older matches, found through the index of trigrams, and only then sorted.
fn rest(conditions: &Conditions, before: i32, limit: u32) -> Rows {
    let rows = Statement::new("with payment_attempts as materialized (select * from payment_attempts where ");
    let rows = rows.sql(CREATED_AT).sql(" < ").time(begin(before));
    let rows = conditions.all_unindexed(CREATED_AT, rows).sql(") select ");
    let rows = rows.columns(super::columns()).sql(" from payment_attempts");
    rows.sql(&newest_first(limit))
}

/// The newest and the oldest week in which something may be found.
fn buckets(conn: &mut AnyConn, conditions: &Conditions) -> QueryResult<Option<(i32, i32)>> {
    let ends = Statement::<(Nullable<Integer>, Nullable<Integer>)>::new(
        "select (select bucket from payment_attempts order by created_at desc, id desc limit 1), \
         (select bucket from payment_attempts order by created_at, id limit 1)",
    );
    let (Some(newest), Some(oldest)) = ends.get_result::<(Option<i32>, Option<i32>)>(conn)? else {
        return Ok(None);
    };
    let number = |time: Time| i32::try_from(time.0.div_euclid(BUCKET)).ok();
    let newest = [conditions.to, conditions.after.map(|(at, _)| at)]
        .into_iter()
        .filter_map(|bound| bound.and_then(number))
        .fold(newest, i32::min);
    let oldest = conditions
        .from
        .and_then(number)
        .map_or(oldest, |from| from.max(oldest));
    Ok((newest >= oldest).then_some((newest, oldest)))
}

fn begin(bucket: i32) -> Time {
    Time(i64::from(bucket).saturating_mul(BUCKET))
}
