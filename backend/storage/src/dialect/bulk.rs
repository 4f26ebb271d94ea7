//! Many attempts at once: chosen by a filter, and added to a run by one statement.

use diesel::prelude::{QueryResult, RunQueryDsl};
use sverka_app::ports::store::AttemptFilter;

use super::conditions::Conditions;
use super::sqlite;
use crate::connection::AnyConn;
use crate::query::Statement;
use crate::types::{Id, SqlId};

/// The ids of the attempts that match, newest first, up to `cap`.
pub(crate) fn matching_ids(conn: &mut AnyConn, filter: &AttemptFilter, cap: u32) -> QueryResult<Vec<Id>> {
    let conditions = Conditions::new(conn, filter, None);
    let table = match conn {
        AnyConn::Sqlite(_) => sqlite::source(&conditions),
        AnyConn::Pg(_) => None,
    };
    let all = Statement::<(SqlId,)>::new("select payment_attempts.id from ");
    let all = match table {
        Some(expression) => sqlite::matching(all, expression, &conditions),
        None => all.sql("payment_attempts where true"),
    };
    let order = " order by payment_attempts.created_at desc, payment_attempts.id desc limit ";
    let ids: Vec<(Id,)> = conditions.all(all).sql(&format!("{order}{cap}")).load(conn)?;
    Ok(ids.into_iter().map(|(id,)| id).collect())
}

/// Adds a row to a run for each attempt of a json array of ids in 32 digits, in its order.
pub(crate) fn add_bulk_rows(conn: &mut AnyConn, run: Id, ids: String) -> QueryResult<usize> {
    let add = Statement::<()>::new("insert into bulk_rows (run_id, position, attempt_id) select ").id(run);
    let add = match conn {
        AnyConn::Pg(_) => add
            .sql(", row_number() over (order by wanted.nth), a.id from json_array_elements_text((")
            .text(ids)
            .sql(")::json) with ordinality as wanted (id, nth) join payment_attempts a on a.id = wanted.id::uuid"),
        AnyConn::Sqlite(_) => add
            .sql(", row_number() over (order by wanted.key), a.id from json_each(")
            .text(ids)
            .sql(") wanted join payment_attempts a on a.id = unhex(wanted.value)"),
    };
    add.execute(conn)
}
