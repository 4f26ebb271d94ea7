//! The weeks that a search has to look at.

use diesel::prelude::{QueryResult, RunQueryDsl};
use diesel::sql_types::{BigInt, Integer, Nullable};

use crate::connection::AnyConn;
use crate::dialect::BUCKET;
use crate::dialect::conditions::Conditions;
use crate::query::Statement;
use crate::types::Time;

/// From the newest to the oldest, with both.
#[derive(Clone, Copy)]
pub(super) struct Weeks {
    pub(super) newest: i32,
    pub(super) oldest: i32,
    /// How many attempts a week has, about.
    pub(super) attempts: i64,
}

impl Weeks {
    /// From `newest` on.
    pub(super) fn from(self, newest: i32) -> Self {
        Self { newest, ..self }
    }

    /// The numbers of the weeks down to `last`, as a source of rows with the name `number`.
    pub(super) fn down_to(self, last: i32) -> String {
        format!("generate_series({}, {last}, -1) number", self.newest)
    }
}

/// Those in which something may be found: that the journal has, and the period.
pub(super) fn weeks(conn: &mut AnyConn, conditions: &Conditions) -> QueryResult<Option<Weeks>> {
    let ends = Statement::<(Nullable<Integer>, Nullable<Integer>, BigInt)>::new(
        "select (select bucket from payment_attempts order by created_at desc, id desc limit 1), \
         (select bucket from payment_attempts order by created_at, id limit 1), \
         (select greatest(reltuples, 0)::bigint from pg_class where oid = 'attempt_texts'::regclass)",
    );
    type Ends = (Option<i32>, Option<i32>, i64);
    let (Some(newest), Some(oldest), attempts) = ends.get_result::<Ends>(conn)? else {
        return Ok(None);
    };
    let weeks = i64::from(newest.abs_diff(oldest)).saturating_add(1);
    let attempts = attempts.div_euclid(weeks);
    let number = |time: Time| i32::try_from(time.0.div_euclid(BUCKET)).ok();
    let newest = [conditions.to, conditions.after.map(|(at, _)| at)]
        .into_iter()
        .filter_map(|bound| bound.and_then(number))
        .fold(newest, i32::min);
    let oldest = conditions
        .from
        .and_then(number)
        .map_or(oldest, |from| from.max(oldest));
    Ok((newest >= oldest).then_some(Weeks {
        newest,
        oldest,
        attempts,
    }))
}

/// When a week begins.
pub(super) fn begin(bucket: i32) -> Time {
    Time(i64::from(bucket).saturating_mul(BUCKET))
}
