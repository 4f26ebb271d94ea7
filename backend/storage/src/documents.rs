//! The documents of deliveries: which are linked, and when doubles of them are searched for.

use diesel::dsl::min;
use diesel::prelude::{
    ExpressionMethods, NullableExpressionMethods, QueryDsl, RunQueryDsl, SelectableHelper,
};
use jiff::Timestamp;
use sverka_app::ports::store::StoreError;
use sverka_domain::delivery::Delivery;
use sverka_domain::ids::DeliveryId;

use crate::column::{maybe_time, text};
use crate::deliveries::{delivered, write};
use crate::delivery_row::DeliveryRow;
use crate::query::{Cached, Tailed};
use crate::schema::deliveries::dsl;
use crate::types::{Id, Time};
use crate::work::Work;

/// Which of these documents are linked, and to which deliveries.
pub(crate) fn linked(
    work: &mut Work<'_>,
    connection: &str,
    keys: &[String],
) -> Result<Vec<(String, DeliveryId)>, StoreError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let keys = keys.iter().map(|key| text(key));
    let query = dsl::deliveries
        .filter(dsl::connection.eq(text(connection)))
        .filter(dsl::document_key.eq_any(keys))
        .select((dsl::document_key.assume_not_null(), dsl::id));
    let rows: Vec<(String, Id)> = work.query(|conn| query.load(conn))?;
    Ok(rows
        .into_iter()
        .map(|(key, id)| (key, DeliveryId(id.0)))
        .collect())
}

/// Takes deliveries whose search is due by the first time, by putting it off until the second.
pub(crate) fn claim_sweeps(
    work: &mut Work<'_>,
    connection: &str,
    (now, until): (Timestamp, Timestamp),
    limit: u32,
) -> Result<Vec<Delivery>, StoreError> {
    let query = dsl::deliveries
        .filter(dsl::connection.eq(text(connection)))
        .filter(dsl::sweep_at.le(Time::from(now)))
        .order((dsl::sweep_at.asc(), dsl::queue_number.asc()))
        .limit(i64::from(limit))
        .select(DeliveryRow::as_select());
    let query = Cached(Tailed(query, work.claim()));
    let mut rows: Vec<DeliveryRow> = work.query(|conn| query.load(conn))?;
    for row in &mut rows {
        let read = row.version;
        row.version = read.saturating_add(1);
        row.sweep_at = Some(until.into());
        write(work, row, read)?;
    }
    delivered(rows)
}

/// When a search is due next.
pub(crate) fn next_sweep(work: &mut Work<'_>, connection: &str) -> Result<Option<Timestamp>, StoreError> {
    let query = dsl::deliveries
        .filter(dsl::connection.eq(text(connection)))
        .filter(dsl::sweep_at.is_not_null())
        .select(min(dsl::sweep_at));
    maybe_time(work.query(|conn| Cached(query).get_result::<Option<Time>>(conn))?)
}
