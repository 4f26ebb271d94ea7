//! What the two engines do differently: the search, and the order of rows behind it.

mod bulk;
mod conditions;
mod kinds;
mod postgres;
mod registry;
mod sqlite;
mod steps;

use diesel::dsl::SqlTypeOf;
use diesel::prelude::{QueryResult, Selectable};
use sverka_app::ports::store::{AttemptFilter, Page, StoreError};

use crate::attempt_row::AttemptRow;
use crate::column::number;
use crate::connection::{AnyConn, MultiBackend};
use crate::query::Statement;
use crate::types::Time;
use conditions::Conditions;

pub(crate) use bulk::{add_bulk_rows, matching_ids};
pub(crate) use registry::{CandidateTuple, Key, add_lines, add_missing, candidates};
pub(crate) use sqlite::free_row_number;
pub(crate) use steps::Counted;

/// A bucket of the search is a week.
const BUCKET: i64 = 7 * 24 * 3600 * 1_000_000;

type Selection = <AttemptRow as Selectable<MultiBackend>>::SelectExpression;
type Rows = Statement<SqlTypeOf<Selection>>;

/// The bucket of a row that was created at that time.
pub(crate) fn bucket(created_at: Time) -> Result<i32, StoreError> {
    number(created_at.0.div_euclid(BUCKET), "payment_attempts.bucket")
}

/// One page of attempts, newest first.
pub(crate) fn search(conn: &mut AnyConn, filter: &AttemptFilter, page: Page) -> QueryResult<Vec<AttemptRow>> {
    if page.limit == 0 {
        return Ok(Vec::new());
    }
    let conditions = Conditions::new(conn, filter, page.after);
    let mut rows = steps::page(conn, &conditions, page.limit)?;
    // They come in this order; a plan that nobody foresaw must not change it.
    rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.place()));
    Ok(rows)
}

/// How many attempts match, counting to `cap` at most.
pub(crate) fn count(conn: &mut AnyConn, filter: &AttemptFilter, cap: i64) -> QueryResult<Counted> {
    let conditions = Conditions::new(conn, filter, None);
    steps::count(conn, &conditions, cap)
}

fn reached(found: &[AttemptRow], limit: u32) -> bool {
    u32::try_from(found.len()).is_ok_and(|found| found >= limit)
}

/// Row by row through the index of times.
fn newest(conditions: &Conditions, limit: u32) -> Rows {
    let rows = select("select ").sql(" from payment_attempts where true");
    conditions.all(rows).sql(&newest_first(limit))
}

fn select(sql: &str) -> Rows {
    Statement::new(sql).columns(columns())
}

fn columns() -> Selection {
    <AttemptRow as Selectable<MultiBackend>>::construct_selection()
}

fn newest_first(limit: u32) -> String {
    format!(" order by payment_attempts.created_at desc, payment_attempts.id desc limit {limit}")
}
