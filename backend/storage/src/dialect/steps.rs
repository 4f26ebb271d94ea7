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

/// The same where the next step is quick: by kind, or by text.
const PROBED_FIRST: u32 = 500;

/// So many rows of the kinds that are asked for are few: they are all read.
const FEW: u32 = 2_000;

/// So many rows are counted one by one through the index of kinds, and of texts or amounts; what matches beyond is
/// "more". A count must not cost more than the page that it stands beside.
const COUNTED: u32 = 1_000;
const COUNTED_BY_TEXT: u32 = 100;

/// A row that is looked up by its text costs as much as so many that come one after the other through an index of a flag.
const BY_ID: i64 = 4;

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
    match (conditions.by_kind(), conditions.by_more()) {
        (true, true) => by_both(conn, conditions, limit),
        (kind, more) => {
            let is_quick = kind || has_texts_apart(conn, conditions);
            let probed = if is_quick { PROBED_FIRST } else { PROBED };
            match probe(conn, conditions, probed, limit)? {
                Some(found) => Ok(found),
                None if kind => kinds::page(conn, conditions, limit),
                None if more => by_more(conn, conditions, limit),
                None => newest(conditions, limit).load(conn),
            }
        }
    }
}

/// By kind, and by text or amount: through whichever is rarer.
fn by_both(conn: &mut AnyConn, conditions: &Conditions, limit: u32) -> QueryResult<Vec<AttemptRow>> {
    let has_texts_apart = has_texts_apart(conn, conditions);
    let probed = if has_texts_apart { PROBED_FIRST } else { PROBED };
    let looked = look(conn, conditions, probed)?;
    if looked.all && looked.matching == 0 {
        return Ok(Vec::new());
    }
    if looked.matching >= i64::from(limit) || looked.all {
        return match probe(conn, conditions, probed, limit)? {
            Some(found) => Ok(found),
            // There are no more rows than were looked at.
            None => newest(conditions, limit).load(conn),
        };
    }
    if conditions.by_flag() && looked.by_kind <= looked.by_more.saturating_mul(BY_ID) {
        return by_flag(conditions, limit).load(conn);
    }
    // Where neither comes often, texts that lie apart are read with fewer rows.
    let is_kind_rarer = if has_texts_apart {
        looked.by_kind < looked.by_more
    } else {
        looked.by_kind <= looked.by_more
    };
    if is_kind_rarer && few(conn, conditions)? {
        return kinds::few(conn, conditions, FEW, limit);
    }
    by_more(conn, conditions, limit)
}

/// Whether a text is asked for, and all texts are in a table of their own.
fn has_texts_apart(conn: &AnyConn, conditions: &Conditions) -> bool {
    matches!(conn, AnyConn::Pg(_)) && !conditions.text.is_empty()
}

/// Row by row through the index of a flag.
fn by_flag(conditions: &Conditions, limit: u32) -> super::Rows {
    let rows = select("select ").sql(" from payment_attempts where true");
    conditions.all_by_flag(rows).sql(&newest_first(limit))
}

/// By text or amount, whatever the kind.
fn by_more(conn: &mut AnyConn, conditions: &Conditions, limit: u32) -> QueryResult<Vec<AttemptRow>> {
    match &*conn {
        AnyConn::Pg(_) => postgres::by_text_or_amount(conn, conditions, limit),
        AnyConn::Sqlite(_) if conditions.text.is_empty() => sqlite::by_amount(conn, conditions, limit),
        AnyConn::Sqlite(_) => sqlite::by_text(conn, conditions, limit),
    }
}

/// How many match, counting to `cap` at most, and to less where counting means more than to go through an index of times.
pub(crate) fn count(conn: &mut AnyConn, conditions: &Conditions, cap: i64) -> QueryResult<Counted> {
    if conditions.by_time_alone() || conditions.by_flag_alone() {
        return Ok(up_to(cap, count_all(conn, conditions, cap.saturating_add(1))?));
    }
    if !conditions.by_more() {
        let cap = cap.min(i64::from(COUNTED));
        return Ok(up_to(cap, kinds::count(conn, conditions, more_than(cap))?));
    }
    if conditions.by_kind() && !has_texts_apart(conn, conditions) && few(conn, conditions)? {
        let found = kinds::count_few(conn, conditions, FEW)?;
        return Ok(Counted { found, all: true });
    }
    let cap = cap.min(i64::from(COUNTED_BY_TEXT));
    let counted = match &*conn {
        AnyConn::Pg(_) => postgres::count_by_text_or_amount(conn, conditions, cap)?,
        AnyConn::Sqlite(_) => match sqlite::source(conditions) {
            Some(expression) => {
                let (rows, found) = sqlite::looked_at_by_text(conn, conditions, expression, more_than(cap))?;
                of_some(cap, rows, found)
            }
            None if conditions.text.is_empty() => up_to(
                cap,
                sqlite::count_by_amount(conn, conditions, cap.saturating_add(1))?,
            ),
            None => Counted { found: 0, all: false },
        },
    };
    // A journal that is short is counted to its end.
    if !counted.all && is_short(conn, conditions)? {
        let found = look(conn, conditions, PROBED)?.matching;
        return Ok(Counted { found, all: true });
    }
    Ok(counted)
}

fn count_all(conn: &mut AnyConn, conditions: &Conditions, limit: i64) -> QueryResult<i64> {
    let all = Statement::<BigInt>::new("select count(*) from (select 1 from payment_attempts where true");
    let all = conditions.all(all).sql(&format!(" limit {limit}) counted"));
    all.get_result(conn)
}

fn more_than(cap: i64) -> u32 {
    u32::try_from(cap.saturating_add(1)).unwrap_or(u32::MAX)
}

fn up_to(cap: i64, found: i64) -> Counted {
    Counted {
        found: found.min(cap),
        all: found <= cap,
    }
}

/// What `found` says that is out of the newest `rows` that an index yielded: all, if there were no more than `cap`.
pub(super) fn of_some(cap: i64, rows: i64, found: i64) -> Counted {
    Counted {
        found: found.min(cap),
        all: rows <= cap,
    }
}

/// Whether the kinds that are asked for have so few attempts in the period that all can be read.
fn few(conn: &mut AnyConn, conditions: &Conditions) -> QueryResult<bool> {
    let found = kinds::count(conn, conditions, FEW.saturating_add(1))?;
    Ok(found <= i64::from(FEW))
}

/// A page out of the newest rows, if they are enough for it.
fn probe(
    conn: &mut AnyConn,
    conditions: &Conditions,
    probed: u32,
    limit: u32,
) -> QueryResult<Option<Vec<AttemptRow>>> {
    if let (AnyConn::Sqlite(_), true) = (&*conn, sqlite::source(conditions).is_some()) {
        // Its index of texts yields the newest first anyway.
        return sqlite::by_text(conn, conditions, limit).map(Some);
    }
    let rows = select("select ").sql(" from (select * from payment_attempts where true");
    let rows = conditions.period(rows).sql(&newest_first(probed));
    let rows = conditions.all(rows.sql(") payment_attempts where true"));
    let rows = match conn {
        AnyConn::Pg(_) => rows.sql(&newest_first(limit)),
        // It would read all and sort them; they come in order.
        AnyConn::Sqlite(_) => rows.sql(&format!(" limit {limit}")),
    };
    let found: Vec<AttemptRow> = rows.load(conn)?;
    Ok(reached(&found, limit).then_some(found))
}

/// What the newest rows are like.
struct Looked {
    /// There are no others.
    all: bool,
    /// So many of them are of the kinds,
    by_kind: i64,
    /// have the text and the amount,
    by_more: i64,
    /// and both.
    matching: i64,
}

/// Looks at the newest rows.
fn look(conn: &mut AnyConn, conditions: &Conditions, probed: u32) -> QueryResult<Looked> {
    if let (AnyConn::Sqlite(_), Some(expression)) = (&*conn, sqlite::source(conditions)) {
        // All that its index of texts yields has the text.
        let (rows, matching) = sqlite::looked_at_by_text(conn, conditions, expression, PROBED_FIRST)?;
        return Ok(Looked {
            all: rows < i64::from(PROBED_FIRST),
            by_kind: matching,
            by_more: rows,
            matching,
        });
    }
    type Row = (BigInt, BigInt, BigInt, BigInt);
    let all = Statement::<Row>::new(
        "select count(*), count(*) filter (where of_kind), count(*) filter (where has_more), ",
    );
    let all = all.sql("count(*) filter (where of_kind and has_more) from (select (true");
    let all = conditions
        .of_kind(all, "payment_attempts")
        .sql(") as of_kind, (true");
    let all = conditions
        .rest(all)
        .sql(") as has_more from (select * from payment_attempts where true");
    let all = conditions.period(all).sql(&newest_first(probed));
    let all = all.sql(") payment_attempts) looked");
    let (rows, by_kind, by_more, matching): (i64, i64, i64, i64) = all.get_result(conn)?;
    Ok(Looked {
        all: rows < i64::from(probed),
        by_kind,
        by_more,
        matching,
    })
}

/// Whether the period has so few rows that all of them can be looked at.
fn is_short(conn: &mut AnyConn, conditions: &Conditions) -> QueryResult<bool> {
    let all = Statement::<BigInt>::new("select count(*) from (select 1 from payment_attempts where true");
    let rows: i64 = conditions
        .period(all)
        .sql(&format!(" limit {PROBED}) counted"))
        .get_result(conn)?;
    Ok(rows < i64::from(PROBED))
}
