//! Raw notifications that are old enough to be dropped.

use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl};
use diesel::sql_types::Bool;
use jiff::Timestamp;
use sverka_app::ports::store::{Cursor, Dropped, NotificationVerdict, StoreError};

use crate::column::time;
use crate::query::Statement;
use crate::schema::bank_notifications::dsl;
use crate::types::{Id, Json, SqlId, SqlTime, Time};
use crate::work::Work;

/// Processed, and waiting for nothing.
const DONE: [NotificationVerdict; 5] = [
    NotificationVerdict::Accepted,
    NotificationVerdict::Rejected,
    NotificationVerdict::Ignored,
    NotificationVerdict::Mismatch,
    NotificationVerdict::SelfTest,
];

/// One step of the walk. Bounded by the rows that it looks at, whatever their state, so that it never holds a lock for
/// long, and needs no index of its own.
pub(crate) fn drop_raw(
    work: &mut Work<'_>,
    before: Timestamp,
    after: Option<Cursor>,
    limit: u32,
    now: Timestamp,
) -> Result<Dropped, StoreError> {
    let rows = looked_at(work, before, after, limit)?;
    let last = match rows.last() {
        Some((id, at, _)) => Some(Cursor {
            at: time(*at)?,
            id: id.0,
        }),
        None => None,
    };
    let due: Vec<Id> = rows
        .iter()
        .filter(|(.., is_due)| *is_due)
        .map(|(id, ..)| *id)
        .collect();
    if due.is_empty() {
        return Ok(Dropped { count: 0, last });
    }
    // What is processed again at this very moment keeps its raw form until the next walk.
    let still = dsl::bank_notifications
        .filter(dsl::id.eq_any(due))
        .filter(dsl::raw_dropped_at.is_null())
        .filter(dsl::verdict.eq_any(DONE.map(|verdict| verdict.to_string())));
    let empty = diesel::update(still).set((
        dsl::query.eq(""),
        dsl::body.eq(Vec::<u8>::new()),
        dsl::headers.eq(Json("[]".to_owned())),
        dsl::remote_addr.eq(None::<String>),
        dsl::raw_dropped_at.eq(Some(Time::from(now))),
    ));
    let count = work.query(|conn| empty.execute(conn))?;
    Ok(Dropped { count, last })
}

type Rows = Vec<(Id, Time, bool)>;

fn looked_at(
    work: &mut Work<'_>,
    before: Timestamp,
    after: Option<Cursor>,
    limit: u32,
) -> Result<Rows, StoreError> {
    let verdicts = DONE.map(|verdict| format!("'{verdict}'")).join(", ");
    let mut select = Statement::<(SqlId, SqlTime, Bool)>::new(&format!(
        "select n.id, n.received_at, n.raw_dropped_at is null and n.verdict in ({verdicts}) and not exists \
         (select 1 from payment_attempts a where a.id = n.attempt_id and a.needs_attention) \
         from bank_notifications n where n.received_at < "
    ))
    .time(Time::from(before));
    if let Some(cursor) = after {
        select = select
            .sql(" and (n.received_at, n.id) > (")
            .time(Time::from(cursor.at))
            .sql(", ")
            .id(Id(cursor.id))
            .sql(")");
    }
    let select = select.sql(&format!(" order by n.received_at, n.id limit {limit}"));
    work.query(|conn| select.load(conn))
}
