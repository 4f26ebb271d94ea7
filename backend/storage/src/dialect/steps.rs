//! The steps of a search. Each reads a bounded number of rows and may be enough; what no step was enough for goes through
//! the index that knows the most about it.

use diesel::prelude::{QueryResult, RunQueryDsl};
use diesel::sql_types::BigInt;

use super::conditions::Conditions;
use super::{kinds, newest, newest_first, postgres, reached, select, sqlite};
use crate::attempt_row::AttemptRow;
use crate::connection::AnyConn;
use crate::query::Statement;

/// How many of the newest rows are looked at one by one.
const PROBED: u32 = 2_000;

/// So many rows of the kinds that are asked for are few: they are all read.
const FEW: u32 = 2_000;

/// So many matches are enough for a count that has to read rows.
const COUNTED: u32 = 1_000;

/// How many attempts match.
pub(crate) struct Counted {
    /// So many were found.
    pub(crate) found: i64,
    /// There are no others.
    pub(crate) all: bool,
}

/// One page, in no certain order.
pub(crate) fn page(conn: &mut AnyConn, conditions: &Conditions, limit: u32) -> QueryResult<Vec<AttemptRow>> {
    if conditions.by_time_alone() || conditions.by_flag_alone() {
        return newest(conditions, limit).load(conn);
    }
    let found = probe(conn, conditions, limit)?;
    if let Some(found) = found {
        return Ok(found);
    }
    if conditions.by_kind() {
        if !conditions.by_more() {
            return kinds::page(conn, conditions, limit);
        }
        if few(conn, conditions)? {
            return kinds::few(conn, conditions, FEW, limit);
        }
    }
    match (&*conn, conditions.by_more()) {
        (_, false) => newest(conditions, limit).load(conn),
        (AnyConn::Pg(_), true) => postgres::by_text_or_amount(conn, conditions, limit),
        (AnyConn::Sqlite(_), true) if conditions.text.is_empty() => {
            sqlite::by_amount(conn, conditions, limit)
        }
        (AnyConn::Sqlite(_), true) => sqlite::by_text(conn, conditions, limit),
    }
}

/// How many match, counting to `cap` at most, and to less where counting means to read rows. Kinds are counted in their
/// index alone.
pub(crate) fn count(conn: &mut AnyConn, conditions: &Conditions, cap: i64) -> QueryResult<Counted> {
    if conditions.by_time_alone() || conditions.by_flag_alone() {
        let all = Statement::<BigInt>::new("select count(*) from (select 1 from payment_attempts where true");
        let all = conditions
            .all(all)
            .sql(&format!(" limit {}) counted", cap.saturating_add(1)));
        return Ok(up_to(cap, all.get_result(conn)?));
    }
    let (looked_at, found) = look(conn, conditions)?;
    if looked_at < i64::from(PROBED) {
        return Ok(Counted { found, all: true });
    }
    if conditions.by_kind() {
        if !conditions.by_more() {
            let limit = u32::try_from(cap.saturating_add(1)).unwrap_or(u32::MAX);
            let found = kinds::count(conn, conditions, limit)?;
            return Ok(up_to(cap, found));
        }
        if few(conn, conditions)? {
            let found = kinds::count_few(conn, conditions, FEW)?;
            return Ok(Counted { found, all: true });
        }
    }
    let cap = cap.min(i64::from(COUNTED));
    let more = cap.saturating_add(1);
    match &*conn {
        AnyConn::Pg(_) if conditions.by_more() => {
            let found = postgres::count_by_text_or_amount(conn, conditions, more)?;
            Ok(up_to(cap, found))
        }
        AnyConn::Sqlite(_) if conditions.by_amount() && conditions.text.is_empty() => {
            let found = sqlite::count_by_amount(conn, conditions, more)?;
            Ok(up_to(cap, found))
        }
        _ => Ok(Counted { found, all: false }),
    }
}

fn up_to(cap: i64, found: i64) -> Counted {
    Counted {
        found: found.min(cap),
        all: found <= cap,
    }
}

/// Whether the kinds that are asked for have so few attempts in the period that all can be read.
fn few(conn: &mut AnyConn, conditions: &Conditions) -> QueryResult<bool> {
    let found = kinds::count(conn, conditions, FEW.saturating_add(1))?;
    Ok(found <= i64::from(FEW))
}

/// A page out of the newest rows, if they are enough for it.
fn probe(conn: &mut AnyConn, conditions: &Conditions, limit: u32) -> QueryResult<Option<Vec<AttemptRow>>> {
    if let (AnyConn::Sqlite(_), Some(expression)) = (&*conn, sqlite::source(conditions)) {
        return probe_by_text(conn, conditions, expression, limit);
    }
    let rows = select("select ").sql(" from (select * from payment_attempts where true");
    let rows = conditions.period(rows).sql(&newest_first(PROBED));
    let rows = conditions.all(rows.sql(") payment_attempts where true"));
    let rows = match conn {
        AnyConn::Pg(_) => rows.sql(&newest_first(limit)),
        // It would read all and sort them; they come in order.
        AnyConn::Sqlite(_) => rows.sql(&format!(" limit {limit}")),
    };
    let found: Vec<AttemptRow> = rows.load(conn)?;
    Ok(reached(&found, limit).then_some(found))
}

/// SQLite's index of texts yields the newest first anyway: only a filter beside the text can make it go far.
fn probe_by_text(
    conn: &mut AnyConn,
    conditions: &Conditions,
    expression: String,
    limit: u32,
) -> QueryResult<Option<Vec<AttemptRow>>> {
    if conditions.by_kind() {
        let (looked_at, found) = sqlite::looked_at_by_text(conn, conditions, expression, PROBED)?;
        if looked_at >= i64::from(PROBED) && found < i64::from(limit) {
            return Ok(None);
        }
    }
    sqlite::by_text(conn, conditions, limit).map(Some)
}

/// How many of the newest rows were looked at, and how many of them match.
fn look(conn: &mut AnyConn, conditions: &Conditions) -> QueryResult<(i64, i64)> {
    if let (AnyConn::Sqlite(_), Some(expression)) = (&*conn, sqlite::source(conditions)) {
        return sqlite::looked_at_by_text(conn, conditions, expression, PROBED);
    }
    let all = Statement::<(BigInt, BigInt)>::new("select count(*), count(*) filter (where true");
    let all = conditions
        .all(all)
        .sql(") from (select * from payment_attempts where true");
    let all = conditions.period(all).sql(&newest_first(PROBED));
    all.sql(") payment_attempts").get_result(conn)
}
