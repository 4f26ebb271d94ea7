//! Runs of actions on many attempts, and their rows.

use diesel::dsl::{exists, sql};
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl, RunQueryDsl,
    SelectableHelper,
};
use diesel::sql_types::{Bool, Integer};
use jiff::Timestamp;
use sverka_app::ports::store::{
    AttemptFilter, BulkOutcome, BulkResult, BulkRow, BulkRun, BulkRuns, Page, StoreError, Total,
};
use sverka_domain::ids::{AttemptId, BulkRunId};

use crate::attempts::Cap;
use crate::bulk_row::RunRow;
use crate::column::{maybe_text, money, named, number, text, to_json};
use crate::dialect;
use crate::query::{Cached, Count, Statement, Tailed};
use crate::schema::bulk_rows::{self, dsl as row};
use crate::schema::bulk_runs::dsl;
use crate::schema::payment_attempts;
use crate::types::{Id, Time};
use crate::work::Work;

impl BulkRuns for Work<'_> {
    fn insert(&mut self, run: &BulkRun) -> Result<(), StoreError> {
        let row = RunRow::new(run)?;
        self.query(|conn| diesel::insert_into(dsl::bulk_runs).values(&row).execute(conn))?;
        Ok(())
    }

    fn add_rows(&mut self, run: BulkRunId, attempts: &[AttemptId]) -> Result<u64, StoreError> {
        let ids: Vec<String> = attempts.iter().map(|id| id.0.simple().to_string()).collect();
        let ids = to_json(&ids)?.0;
        let added = self.query(|conn| dialect::add_bulk_rows(conn, Id(run.0), ids))?;
        number(added, "a count of rows")
    }

    fn copy_rows(&mut self, from: BulkRunId, to: BulkRunId) -> Result<u64, StoreError> {
        let copy = Statement::<()>::new("insert into bulk_rows (run_id, position, attempt_id) select ")
            .id(Id(to.0))
            .sql(", position, attempt_id from bulk_rows where run_id = ")
            .id(Id(from.0));
        let copied = self.query(|conn| copy.execute(conn))?;
        number(copied, "a count of rows")
    }

    fn choose(&mut self, filter: &AttemptFilter, cap: u32) -> Result<Vec<AttemptId>, StoreError> {
        let mut ids = self.query(|conn| dialect::matching_ids(conn, filter, cap))?;
        ids.reverse();
        Ok(ids.into_iter().map(|id| AttemptId(id.0)).collect())
    }

    fn get(&mut self, id: BulkRunId) -> Result<Option<BulkRun>, StoreError> {
        let query = dsl::bulk_runs
            .filter(dsl::id.eq(Id(id.0)))
            .select(RunRow::as_select());
        let query = Tailed(query, self.lock());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(RunRow::run).transpose()
    }

    fn save(&mut self, run: &BulkRun) -> Result<(), StoreError> {
        let row = RunRow::new(run)?;
        let target = dsl::bulk_runs.filter(dsl::id.eq(row.id));
        match self.query(|conn| Cached(diesel::update(target).set(&row)).execute(conn))? {
            1 => Ok(()),
            _ => Err(StoreError::Stale),
        }
    }

    fn list(&mut self, page: Page) -> Result<Vec<BulkRun>, StoreError> {
        let mut query = dsl::bulk_runs.into_boxed();
        if let Some(after) = page.after {
            let (at, id) = (Time::from(after.at), Id(after.id));
            query = query.filter(
                dsl::created_at
                    .le(at)
                    .and(dsl::created_at.lt(at).or(dsl::id.lt(id))),
            );
        }
        let query = query
            .order((dsl::created_at.desc(), dsl::id.desc()))
            .limit(i64::from(page.limit))
            .select(RunRow::as_select());
        let rows: Vec<RunRow> = self.query(|conn| query.load(conn))?;
        rows.into_iter().map(RunRow::run).collect()
    }

    fn count(&mut self, cap: u64) -> Result<Total, StoreError> {
        let cap = Cap::new(cap);
        let some = dsl::bulk_runs.select(sql::<Integer>("1")).limit(cap.limit());
        let found = self.query(|conn| Count(some).get_result(conn))?;
        Ok(cap.total(found))
    }

    fn claim(&mut self, now: Timestamp, until: Timestamp) -> Result<Option<BulkRun>, StoreError> {
        let query = dsl::bulk_runs
            // As the partial index spells it.
            .filter(sql::<Bool>("state = 'running'"))
            .filter(
                dsl::lease_until
                    .is_null()
                    .or(dsl::lease_until.le(Time::from(now))),
            )
            .order((dsl::created_at.asc(), dsl::id.asc()))
            .limit(1)
            .select(RunRow::as_select());
        let query = Tailed(query, Work::claim(self));
        let Some(mut row) = self.query(|conn| query.get_result::<RunRow>(conn).optional())? else {
            return Ok(None);
        };
        row.lease_until = Some(until.into());
        let target = dsl::bulk_runs.filter(dsl::id.eq(row.id));
        let claimed = diesel::update(target).set(dsl::lease_until.eq(row.lease_until));
        self.query(|conn| Cached(claimed).execute(conn))?;
        row.run().map(Some)
    }

    fn open_rows(&mut self, run: BulkRunId, limit: u32) -> Result<Vec<(u64, AttemptId)>, StoreError> {
        let query = row::bulk_rows
            .filter(row::run_id.eq(Id(run.0)))
            .filter(row::outcome.is_null())
            .order(row::position.asc())
            .limit(i64::from(limit))
            .select((row::position, row::attempt_id));
        let rows: Vec<(i64, Id)> = self.query(|conn| query.load(conn))?;
        let open = |(position, id): (i64, Id)| Ok((number(position, "a position")?, AttemptId(id.0)));
        rows.into_iter().map(open).collect()
    }

    fn is_open(&mut self, run: BulkRunId, position: u64) -> Result<bool, StoreError> {
        let position: i64 = number(position, "a position")?;
        let open = row::bulk_rows
            .filter(row::run_id.eq(Id(run.0)))
            .filter(row::position.eq(position))
            .filter(row::outcome.is_null());
        let query = diesel::select(exists(open));
        self.query(|conn| query.get_result(conn))
    }

    fn settle(&mut self, run: BulkRunId, position: u64, result: &BulkResult) -> Result<bool, StoreError> {
        let position: i64 = number(position, "a position")?;
        let target = row::bulk_rows
            .filter(row::run_id.eq(Id(run.0)))
            .filter(row::position.eq(position))
            .filter(row::outcome.is_null());
        let settled = (
            row::outcome.eq(Some(result.outcome.to_string())),
            row::detail.eq(maybe_text(result.detail.as_ref())),
            row::document_ref.eq(maybe_text(result.document_ref.as_ref())),
        );
        Ok(self.query(|conn| Cached(diesel::update(target).set(settled)).execute(conn))? == 1)
    }

    fn rows(
        &mut self,
        run: BulkRunId,
        outcome: Option<BulkOutcome>,
        after: Option<u64>,
        limit: u32,
    ) -> Result<Vec<BulkRow>, StoreError> {
        let mut query = bulk_rows::table
            .inner_join(payment_attempts::table.on(payment_attempts::id.eq(row::attempt_id)))
            .filter(row::run_id.eq(Id(run.0)))
            .into_boxed();
        if let Some(outcome) = outcome {
            query = query.filter(row::outcome.eq(text(&outcome.to_string())));
        }
        if let Some(after) = after {
            query = query.filter(row::position.gt(number::<i64, u64>(after, "a position")?));
        }
        let query = query.order(row::position.asc()).limit(i64::from(limit)).select((
            (row::position, row::attempt_id),
            (
                payment_attempts::order_number,
                payment_attempts::amount,
                payment_attempts::currency,
                payment_attempts::client_name,
            ),
            (row::outcome, row::detail, row::document_ref),
        ));
        let rows: Vec<Tuple> = self.query(|conn| query.load(conn))?;
        rows.into_iter().map(seen).collect()
    }
}

type Tuple = (
    (i64, Id),
    (String, i64, String, String),
    (Option<String>, Option<String>, Option<String>),
);

fn seen(
    ((position, id), (order_number, amount, currency, client_name), (outcome, detail, document_ref)): Tuple,
) -> Result<BulkRow, StoreError> {
    let result = outcome
        .map(|outcome| {
            Ok(BulkResult {
                outcome: named(&outcome, "bulk_rows.outcome")?,
                detail,
                document_ref,
            })
        })
        .transpose()?;
    Ok(BulkRow {
        position: number(position, "a position")?,
        attempt_id: AttemptId(id.0),
        order_number,
        amount: money(amount, &currency)?,
        client_name,
        result,
    })
}
