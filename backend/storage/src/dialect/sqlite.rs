//! Search by text in SQLite, through its index of trigrams.
//!
//! That index yields row numbers, newest first, and stops when it has enough; so the number of a row says when it was
//! created: the second, and then a number that counts within it. Rows of one second may come in any order and are
//! sorted by their times and identifiers.

use std::collections::BTreeSet;

use diesel::dsl::max;
use diesel::prelude::{ExpressionMethods, QueryDsl, QueryResult, RunQueryDsl};
use diesel::sql_types::{BigInt, Integer, Nullable};

use super::conditions::Conditions;
use super::{Rows, newest_first, select};
use crate::attempt_row::AttemptRow;
use crate::connection::AnyConn;
use crate::query::Statement;
use crate::schema::payment_attempts;
use crate::types::Time;

/// How many rows a second has room for.
const IN_A_SECOND: i64 = 1 << 20;

/// The time, spelled so that its index is not taken.
const UNINDEXED: &str = "+payment_attempts.created_at";

/// So many trigrams of a term are enough to tell it from others; the text is looked at again anyway.
const TRIGRAMS: usize = 24;

/// A row number for an attempt that was created at that time. Only the one writer may ask.
pub(crate) fn free_row_number(conn: &mut AnyConn, created_at: Time) -> QueryResult<i64> {
    let first = row_number(second(created_at));
    let last: Option<i64> = payment_attempts::table
        .filter(payment_attempts::seq.ge(first))
        .filter(payment_attempts::seq.lt(first.saturating_add(IN_A_SECOND)))
        .select(max(payment_attempts::seq))
        .get_result(conn)?;
    Ok(last.map_or(first, |last| last.saturating_add(1)))
}

/// One page of attempts by text.
pub(crate) fn by_text(
    conn: &mut AnyConn,
    conditions: &Conditions,
    limit: u32,
) -> QueryResult<Vec<AttemptRow>> {
    let Some(expression) = source(conditions) else {
        return super::newest(conditions, limit).load(conn);
    };
    let rows = matching(select("select ").sql(" from "), expression.clone(), conditions);
    let rows = conditions
        .all(rows)
        .sql(&format!(" order by attempts_by_text.rowid desc limit {limit}"));
    let mut found: Vec<AttemptRow> = rows.load(conn)?;
    let whole = usize::try_from(limit).unwrap_or(usize::MAX);
    if found.len() >= whole {
        complete_last_second(conn, conditions, expression, &mut found, limit)?;
    }
    Ok(found)
}

/// One page of attempts by amount, week by week.
pub(crate) fn by_amount(
    conn: &mut AnyConn,
    conditions: &Conditions,
    limit: u32,
) -> QueryResult<Vec<AttemptRow>> {
    let mut found = Vec::new();
    for week in weeks(conn, conditions)? {
        let missing = limit.saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
        if missing == 0 {
            break;
        }
        let rows = select("select ").sql(&format!(" from payment_attempts where bucket = {week}"));
        let rows = conditions.all_unindexed(UNINDEXED, rows);
        let order = format!(" order by {UNINDEXED} desc, payment_attempts.id desc limit {missing}");
        found.extend(rows.sql(&order).load::<AttemptRow>(conn)?);
    }
    Ok(found)
}

/// How many there are by amount, counting to `cap` at most.
pub(crate) fn count_by_amount(conn: &mut AnyConn, conditions: &Conditions, cap: i64) -> QueryResult<i64> {
    let mut found = 0_i64;
    for week in weeks(conn, conditions)? {
        if found >= cap {
            break;
        }
        let all = Statement::<BigInt>::new(&format!(
            "select count(*) from payment_attempts where bucket = {week}"
        ));
        let here: i64 = conditions.all_unindexed(UNINDEXED, all).get_result(conn)?;
        found = found.saturating_add(here);
    }
    Ok(found)
}

/// The weeks of the period that have rows, the newest first.
fn weeks(conn: &mut AnyConn, conditions: &Conditions) -> QueryResult<Vec<i32>> {
    let ends = Statement::<(Nullable<Integer>, Nullable<Integer>)>::new(
        "select (select bucket from payment_attempts where true",
    );
    let ends = conditions.period(ends);
    let ends = ends
        .sql(" order by created_at desc, id desc limit 1), (select bucket from payment_attempts where true");
    let ends = conditions.period(ends).sql(" order by created_at, id limit 1)");
    let (newest, oldest): (Option<i32>, Option<i32>) = ends.get_result(conn)?;
    let weeks = newest.zip(oldest).map(|(newest, oldest)| (oldest..=newest).rev());
    Ok(weeks.into_iter().flatten().collect())
}

/// How many of the newest rows that the index of texts yields were looked at, and how many of them match.
pub(crate) fn looked_at_by_text(
    conn: &mut AnyConn,
    conditions: &Conditions,
    expression: String,
    bound: u32,
) -> QueryResult<(i64, i64)> {
    let all = Statement::<(BigInt, BigInt)>::new("select count(*), count(*) filter (where true");
    let all = conditions.all(all).sql(") from (select payment_attempts.* from ");
    let all = matching(all, expression, conditions);
    let newest = format!(" order by attempts_by_text.rowid desc limit {bound}) payment_attempts");
    all.sql(&newest).get_result(conn)
}

/// The rows of the last second are some of it, perhaps not the newest ones: they are taken anew, in order.
fn complete_last_second(
    conn: &mut AnyConn,
    conditions: &Conditions,
    expression: String,
    found: &mut Vec<AttemptRow>,
    limit: u32,
) -> QueryResult<()> {
    let Some(last) = found.last().map(|row| second(row.created_at)) else {
        return Ok(());
    };
    found.retain(|row| second(row.created_at) > last);
    let missing = limit.saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
    let rows = matching(select("select ").sql(" from "), expression, conditions);
    let rows = rows.sql(&format!(
        " and attempts_by_text.rowid >= {} and attempts_by_text.rowid < {}",
        row_number(last),
        row_number(last.saturating_add(1)),
    ));
    let rows: Rows = conditions.all(rows).sql(&newest_first(missing));
    found.extend(rows.load::<AttemptRow>(conn)?);
    Ok(())
}

/// What to ask the index of trigrams for, if it can narrow the search: every reading needs a term of three characters.
pub(crate) fn source(conditions: &Conditions) -> Option<String> {
    let readings: Option<Vec<String>> = conditions.text.iter().map(|terms| narrowing(terms)).collect();
    readings
        .filter(|readings| !readings.is_empty())
        .map(|readings| readings.join(" OR "))
}

/// Adds the index and what to ask it for; the `where` clause stands open afterwards.
pub(crate) fn matching<T>(
    statement: Statement<T>,
    expression: String,
    conditions: &Conditions,
) -> Statement<T> {
    let mut statement = statement
        .sql("attempts_by_text cross join payment_attempts on payment_attempts.seq = attempts_by_text.rowid")
        .sql(" where attempts_by_text match ")
        .text(expression);
    if let Some(from) = conditions.from {
        statement = statement.sql(&format!(
            " and attempts_by_text.rowid >= {}",
            row_number(second(from))
        ));
    }
    let ends = [conditions.to, conditions.after.map(|(at, _)| at)];
    if let Some(end) = ends.into_iter().flatten().min() {
        let behind = row_number(second(end).saturating_add(1));
        statement = statement.sql(&format!(" and attempts_by_text.rowid < {behind}"));
    }
    statement
}

fn narrowing(terms: &[String]) -> Option<String> {
    let trigrams: BTreeSet<String> = terms.iter().flat_map(|term| trigrams(term)).collect();
    let quoted: Vec<String> = trigrams
        .iter()
        .map(|trigram| format!("\"{}\"", trigram.replace('"', "\"\"")))
        .collect();
    (!quoted.is_empty()).then(|| format!("({})", quoted.join(" AND ")))
}

fn trigrams(term: &str) -> Vec<String> {
    let characters: Vec<char> = term.chars().collect();
    characters
        .windows(3)
        .take(TRIGRAMS)
        .map(|three| three.iter().collect())
        .collect()
}

fn second(time: Time) -> i64 {
    time.0.div_euclid(1_000_000)
}

fn row_number(second: i64) -> i64 {
    second.saturating_mul(IN_A_SECOND)
}

#[cfg(test)]
mod tests {
    use super::narrowing;

    #[test]
    fn a_reading_is_asked_for_by_its_trigrams() {
        let terms = ["иван".to_owned(), "ян".to_owned(), "a\"b".to_owned()];
        assert_eq!(narrowing(&terms).unwrap(), "(\"a\"\"b\" AND \"ван\" AND \"ива\")");
    }

    #[test]
    fn short_terms_narrow_nothing() {
        assert_eq!(narrowing(&["ян".to_owned()]), None);
    }
}
