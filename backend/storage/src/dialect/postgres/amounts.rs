//! By amount: week by week, newest first, each through the index of amounts. Amounts have no other index.

use diesel::prelude::{QueryResult, RunQueryDsl};

use super::weeks::Weeks;
use super::{counting, whether_of_kind};
use crate::attempt_row::AttemptRow;
use crate::connection::AnyConn;
use crate::dialect::conditions::Conditions;
use crate::dialect::steps::{Counted, of_some};
use crate::dialect::{Rows, columns};

/// The time, spelled so that the planner cannot use its index. Where it has no statistics yet, as after an import, it
/// would read whole weeks through that one, a hundred times slower than through the index of amounts.
const CREATED_AT: &str = "(payment_attempts.created_at + interval '0')";

/// The outer limit ends the walk early.
pub(super) fn page(
    conn: &mut AnyConn,
    conditions: &Conditions,
    weeks: Weeks,
    limit: u32,
) -> QueryResult<Vec<AttemptRow>> {
    let walked = weeks.down_to(weeks.oldest);
    let rows = Rows::new(&format!(
        "select week.* from {walked} cross join lateral (select "
    ));
    let rows = rows.columns(columns());
    let rows = rows.sql(" from payment_attempts where payment_attempts.bucket = number");
    let rows = conditions.all_unindexed(CREATED_AT, rows);
    let order = format!(" order by {CREATED_AT} desc, payment_attempts.id desc limit {limit}");
    rows.sql(&order).sql(&format!(") week limit {limit}")).load(conn)
}

/// How many of the newest `cap` that have the amount are of the kinds.
pub(super) fn count(
    conn: &mut AnyConn,
    conditions: &Conditions,
    weeks: Weeks,
    cap: i64,
) -> QueryResult<Counted> {
    let (limit, walked) = (cap.saturating_add(1), weeks.down_to(weeks.oldest));
    let all = counting().sql(&format!("week.of_kind from {walked} cross join lateral (select "));
    let all =
        whether_of_kind(conditions, all).sql(" from payment_attempts where payment_attempts.bucket = number");
    let all = conditions.rest_unindexed(CREATED_AT, all);
    let (rows, found): (i64, i64) = all
        .sql(&format!(" limit {limit}) week limit {limit}) counted"))
        .get_result(conn)?;
    Ok(of_some(cap, rows, found))
}
