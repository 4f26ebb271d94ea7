//! The tries of a delivery.

use diesel::prelude::{
    AsChangeset, BoolExpressionMethods, ExpressionMethods, Insertable, QueryDsl, Queryable, RunQueryDsl,
    Selectable,
};
use serde::Serialize;
use sverka_app::ports::store::{StoreError, Try};
use sverka_domain::ids::{AttemptId, DeliveryId};

use crate::column::{maybe_text, maybe_time, named, number, time};
use crate::error::wrong;
use crate::query::Cached;
use crate::schema::delivery_tries::{self, dsl};
use crate::types::{Id, Time};
use crate::work::Work;

/// A try as a row, without the attempt that it is for.
#[derive(Queryable, Selectable, Insertable, AsChangeset, Serialize)]
#[diesel(table_name = delivery_tries, primary_key(delivery_id, number), treat_none_as_null = true)]
pub(crate) struct TryRow {
    pub(crate) delivery_id: Id,
    kind: String,
    pub(crate) number: i64,
    #[diesel(skip_update)]
    started_at: Time,
    ended_at: Option<Time>,
    verdict: Option<String>,
    http_status: Option<i32>,
    answer: Option<String>,
    next_try_at: Option<Time>,
}

impl TryRow {
    fn new(source: &Try) -> Self {
        Self {
            delivery_id: Id(source.delivery_id.0),
            kind: source.kind.to_string(),
            number: i64::from(source.number),
            started_at: source.started_at.into(),
            ended_at: source.ended_at.map(Time::from),
            verdict: maybe_text(source.verdict.as_ref()),
            http_status: source.http_status.map(i32::from),
            answer: maybe_text(source.answer.as_ref()),
            next_try_at: source.next_try_at.map(Time::from),
        }
    }

    /// The try of a row.
    pub(crate) fn into_try(self) -> Result<Try, StoreError> {
        let http_status = self
            .http_status
            .map(|status| number(status, "delivery_tries.http_status"));
        Ok(Try {
            delivery_id: DeliveryId(self.delivery_id.0),
            kind: named(&self.kind, "delivery_tries.kind")?,
            number: number(self.number, "delivery_tries.number")?,
            started_at: time(self.started_at)?,
            ended_at: maybe_time(self.ended_at)?,
            verdict: self.verdict,
            http_status: http_status.transpose()?,
            answer: self.answer,
            next_try_at: maybe_time(self.next_try_at)?,
        })
    }
}

/// Commits the intent.
pub(crate) fn begin(work: &mut Work<'_>, attempt_id: AttemptId, started: &Try) -> Result<(), StoreError> {
    let Some((row, attempt_id)) = work.keep_begun(TryRow::new(started), Id(attempt_id.0))? else {
        return Ok(());
    };
    let values = (row, dsl::attempt_id.eq(attempt_id));
    work.query(|conn| {
        diesel::insert_into(dsl::delivery_tries)
            .values(values)
            .execute(conn)
    })?;
    Ok(())
}

/// Adds the verdict.
pub(crate) fn end(work: &mut Work<'_>, ended: &Try) -> Result<(), StoreError> {
    let Some(row) = work.keep_ended(TryRow::new(ended))? else {
        return Ok(());
    };
    let target = dsl::delivery_tries.filter(
        dsl::delivery_id
            .eq(row.delivery_id)
            .and(dsl::number.eq(row.number)),
    );
    match work.query(|conn| Cached(diesel::update(target).set(&row)).execute(conn))? {
        1 => Ok(()),
        _ => Err(wrong("there is no such try")),
    }
}
