//! Lists of notifications, for people.

use diesel::dsl::SqlTypeOf;
use diesel::prelude::{QueryResult, RunQueryDsl, Selectable};
use diesel::sql_types::BigInt;
use sverka_app::ports::store::{NotificationFilter, NotificationVerdict, Page};

use crate::column::text;
use crate::connection::{AnyConn, MultiBackend};
use crate::notification_row::NotificationRow;
use crate::query::Statement;
use crate::types::{Id, Time};

type Selection = <NotificationRow as Selectable<MultiBackend>>::SelectExpression;

/// One page, newest first.
pub(crate) fn list(
    conn: &mut AnyConn,
    filter: &NotificationFilter,
    page: Page,
) -> QueryResult<Vec<NotificationRow>> {
    let rows = Statement::<SqlTypeOf<Selection>>::new("select ")
        .columns(<NotificationRow as Selectable<MultiBackend>>::construct_selection())
        .sql(" from bank_notifications where true");
    let mut rows = conditions(rows, conn, filter);
    if let Some(cursor) = page.after {
        rows = rows
            .sql(" and (bank_notifications.received_at, bank_notifications.id) < (")
            .time(Time::from(cursor.at))
            .sql(", ")
            .id(Id(cursor.id))
            .sql(")");
    }
    let by_number = filter.number.is_some();
    rows.sql(&format!(
        " order by {}bank_notifications.received_at desc, bank_notifications.id desc limit {}",
        off_index(conn, by_number),
        page.limit
    ))
    .load(conn)
}

/// How many match, counting to `cap` at most.
pub(crate) fn count(conn: &mut AnyConn, filter: &NotificationFilter, cap: i64) -> QueryResult<i64> {
    let all = Statement::<BigInt>::new("select count(*) from (select 1 from bank_notifications where true");
    conditions(all, conn, filter)
        .sql(&format!(" limit {cap}) counted"))
        .get_result(conn)
}

fn conditions<T>(mut statement: Statement<T>, conn: &AnyConn, filter: &NotificationFilter) -> Statement<T> {
    if let Some(number) = &filter.number {
        let number = text(number);
        statement = statement
            .sql(" and (bank_notifications.order_number = ")
            .text(number.clone())
            .sql(" or bank_notifications.bank_order_id = ")
            .text(number)
            .sql(")");
    }
    let verdicts: Vec<_> = filter.verdicts.iter().map(ToString::to_string).collect();
    // Most notifications were taken in: the newest of those are found sooner by time.
    let is_common = filter.verdicts.contains(&NotificationVerdict::Accepted);
    let lists = [
        ("bank", "", &filter.banks),
        ("bank_account", "", &filter.bank_accounts),
        ("verdict", off_index(conn, is_common), &verdicts),
    ];
    for (column, prefix, values) in lists {
        if !values.is_empty() {
            statement = statement.sql(&format!(" and {prefix}bank_notifications.{column}"));
            statement = one_of(statement, values);
        }
    }
    if let Some(from) = filter.received_from {
        statement = statement
            .sql(" and bank_notifications.received_at >= ")
            .time(Time::from(from));
    }
    if let Some(to) = filter.received_to {
        statement = statement
            .sql(" and bank_notifications.received_at < ")
            .time(Time::from(to));
    }
    statement
}

/// Keeps SQLite, which plans without statistics, from using an index for a column.
fn off_index(conn: &AnyConn, off: bool) -> &'static str {
    match conn {
        AnyConn::Sqlite(_) if off => "+",
        AnyConn::Sqlite(_) | AnyConn::Pg(_) => "",
    }
}

fn one_of<T>(mut statement: Statement<T>, values: &[String]) -> Statement<T> {
    for (nth, value) in values.iter().enumerate() {
        statement = statement
            .sql(if nth == 0 { " in (" } else { ", " })
            .text(text(value));
    }
    statement.sql(")")
}
