//! By text: through the table of texts, and the attempts themselves only as far as something else is asked of them, newest
//! first, until a page is full.

use diesel::prelude::{QueryResult, RunQueryDsl};

use super::weeks::{Weeks, begin};
use super::{counting, whether_of_kind};
use crate::attempt_row::AttemptRow;
use crate::connection::AnyConn;
use crate::dialect::conditions::Conditions;
use crate::dialect::steps::{Counted, of_some};
use crate::dialect::{Rows, select};
use crate::query::Statement;

/// When it was made, as the table of texts has it.
const CREATED_AT: &str = "attempt_texts.created_at";

/// So many weeks are looked at first: they tell how often a text comes.
const FIRST: i32 = 2;

/// A page that so many weeks fill, by what the first ones had, is gathered week by week. For a rarer text all that has it
/// is read at once: a look into the index costs a few weeks' looks, and more of them the longer the weeks are.
const WALKED: i32 = 8;
const WALKED_OF_LONG: i32 = 24;

/// What is found of a text beside a filter counts so many times.
const FILTERED: usize = 8;

/// So many attempts make a week long.
const LONG: i64 = 40_000;

pub(super) fn page(
    conn: &mut AnyConn,
    conditions: &Conditions,
    weeks: Weeks,
    limit: u32,
) -> QueryResult<Vec<AttemptRow>> {
    let first = walked(weeks, FIRST);
    let mut found: Vec<AttemptRow> = walk(conditions, weeks, first, limit).load(conn)?;
    let missing = missing_of(limit, &found);
    if missing == 0 || first == weeks.oldest {
        return Ok(found);
    }
    // Beside a filter a text may be frequent though few were found: one week more is cheap then, and all of it is not.
    let expected = if conditions.by_text_alone() {
        found.len()
    } else {
        found.len().saturating_mul(FILTERED)
    };
    let (later, last) = (weeks.from(first - 1), last_walked(weeks, expected, limit));
    if last < first {
        let walked: Vec<AttemptRow> = walk(conditions, later, last, missing).load(conn)?;
        found.extend(walked);
    }
    let missing = missing_of(limit, &found);
    if missing > 0 && last > weeks.oldest {
        let older: Vec<AttemptRow> = rest(conditions, last, missing).load(conn)?;
        found.extend(older);
    }
    Ok(found)
}

fn missing_of(limit: u32, found: &[AttemptRow]) -> u32 {
    limit.saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX))
}

/// The last of so many weeks.
fn walked(weeks: Weeks, count: i32) -> i32 {
    weeks.oldest.max(weeks.newest.saturating_sub(count - 1))
}

/// The last week that is worth a look of its own, when the first ones had so much of a page.
fn last_walked(weeks: Weeks, found: usize, limit: u32) -> i32 {
    let most = if weeks.attempts < LONG {
        WALKED
    } else {
        WALKED_OF_LONG
    };
    let found = i32::try_from(found).unwrap_or(i32::MAX);
    let at_best = found.saturating_mul(most / FIRST);
    if at_best < i32::try_from(limit).unwrap_or(i32::MAX) {
        walked(weeks, FIRST)
    } else {
        walked(weeks, most)
    }
}

/// How many of the newest `cap` that have the text and the amount are of the kinds.
pub(super) fn count(
    conn: &mut AnyConn,
    conditions: &Conditions,
    weeks: Weeks,
    cap: i64,
) -> QueryResult<Counted> {
    let (limit, last) = (cap.saturating_add(1), walked(weeks, FIRST));
    let walked = weeks.down_to(last);
    let all = if conditions.by_text_alone() {
        let all = counting().sql(&format!(
            "true as of_kind from {walked} cross join lateral (select "
        ));
        let all = of_week(conditions, all.sql("1"));
        all.sql(&format!(" limit {limit}) found"))
    } else {
        let all = counting().sql(&format!(
            "payment_attempts.of_kind from {walked} cross join lateral (select "
        ));
        let all = newest_first(of_week(conditions, all.sql("attempt_texts.id")));
        let all = whether_of_kind(conditions, all.sql(") found cross join lateral (select "));
        attempt_found(conditions.amounts(all.sql(ATTEMPT)))
    };
    let all = all.sql(&format!(" limit {limit}) counted"));
    let (rows, found): (i64, i64) = all.get_result(conn)?;
    let mut counted = of_some(cap, rows, found);
    // What is older than the first weeks is not looked for: that would cost as much as the page.
    counted.all &= last == weeks.oldest;
    Ok(counted)
}

/// Week by week, newest first; the outer limit ends it early.
fn walk(conditions: &Conditions, weeks: Weeks, last: i32, limit: u32) -> Rows {
    let walked = weeks.down_to(last);
    let rows = select("select ").sql(&format!(
        " from {walked} cross join lateral (select attempt_texts.id"
    ));
    let rows = newest_first(of_week(conditions, rows));
    page_of(conditions, rows, limit)
}

/// All older ones at once, and only then sorted.
fn rest(conditions: &Conditions, before: i32, limit: u32) -> Rows {
    let rows = select("select ").sql(" from (with attempt_texts as materialized (select id, created_at");
    let rows = rows.sql(" from attempt_texts where ").sql(CREATED_AT);
    let rows = with_text(conditions, rows.sql(" < ").time(begin(before)));
    let rows = newest_first(rows.sql(") select id from attempt_texts"));
    page_of(conditions, rows, limit)
}

/// The texts of a week.
fn of_week<T>(conditions: &Conditions, statement: Statement<T>) -> Statement<T> {
    with_text(
        conditions,
        statement.sql(" from attempt_texts where attempt_texts.bucket = number"),
    )
}

fn with_text<T>(conditions: &Conditions, statement: Statement<T>) -> Statement<T> {
    let statement = conditions.period_of("attempt_texts", CREATED_AT, statement);
    conditions.text_in("attempt_texts", statement)
}

fn newest_first<T>(statement: Statement<T>) -> Statement<T> {
    statement.sql(" order by attempt_texts.created_at desc, attempt_texts.id desc")
}

/// The attempt of a text that was found. `offset 0` keeps it a look-up by id, one by one in the order of the texts: joined
/// otherwise, all attempts that have the text would be read and then sorted.
const ATTEMPT: &str = " from payment_attempts where payment_attempts.id = found.id";

fn attempt_found<T>(statement: Statement<T>) -> Statement<T> {
    statement.sql(" offset 0) payment_attempts")
}

/// The first attempts of the texts that a statement has selected, if they are what else is asked for.
fn page_of(conditions: &Conditions, texts: Rows, limit: u32) -> Rows {
    // Nothing else is asked of them: a page of texts is a page.
    let enough = if conditions.by_text_alone() {
        format!(" limit {limit}")
    } else {
        String::new()
    };
    let rows = texts
        .sql(&enough)
        .sql(") found cross join lateral (select *")
        .sql(ATTEMPT);
    let rows = conditions.amounts(conditions.of_kind(rows, "payment_attempts"));
    attempt_found(rows).sql(&format!(" limit {limit}"))
}
