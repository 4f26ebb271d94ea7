//! Search by text or amount in PostgreSQL, in bounded steps: week by week through the index of texts or of amounts, then,
//! for a rare text, the rest at once.
//!
//! One index of trigrams and `order by … limit` would not do: the planner guesses how rare a text is, and where it
//! guesses wrong it reads the whole journal.

mod amounts;
mod texts;
mod weeks;

use diesel::prelude::QueryResult;
use diesel::sql_types::BigInt;

use super::conditions::Conditions;
use super::steps::{Counted, of_some};
use crate::attempt_row::AttemptRow;
use crate::connection::AnyConn;
use crate::query::Statement;
use weeks::weeks;

/// One page of attempts by text or amount, and what they are.
pub(crate) fn by_text_or_amount(
    conn: &mut AnyConn,
    conditions: &Conditions,
    limit: u32,
) -> QueryResult<Vec<AttemptRow>> {
    match weeks(conn, conditions)? {
        None => Ok(Vec::new()),
        Some(weeks) if conditions.text.is_empty() => amounts::page(conn, conditions, weeks, limit),
        Some(weeks) => texts::page(conn, conditions, weeks, limit),
    }
}

/// How many of those that have the text and the amount are of the kinds, too, looking at `cap` of them at most, through the
/// same weeks.
pub(crate) fn count_by_text_or_amount(
    conn: &mut AnyConn,
    conditions: &Conditions,
    cap: i64,
) -> QueryResult<Counted> {
    match weeks(conn, conditions)? {
        None => Ok(of_some(cap, 0, 0)),
        Some(weeks) if conditions.text.is_empty() => amounts::count(conn, conditions, weeks, cap),
        Some(weeks) => texts::count(conn, conditions, weeks, cap),
    }
}

/// Counts rows, and those that are of the kinds: `of_kind` says so.
fn counting() -> Statement<(BigInt, BigInt)> {
    Statement::new("select count(*), count(*) filter (where of_kind) from (select ")
}

fn whether_of_kind<T>(conditions: &Conditions, statement: Statement<T>) -> Statement<T> {
    conditions
        .of_kind(statement.sql("(true"), "payment_attempts")
        .sql(") as of_kind")
}
