//! What waits at the connections. The conditions on the state stand as the partial indexes spell them.

use std::collections::BTreeMap;

use diesel::dsl::SqlTypeOf;
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, Selectable,
    SelectableHelper,
};
use diesel::sql_types::{BigInt, Nullable, Text};
use jiff::Timestamp;
use sverka_app::ports::store::{Backlog, Backlogs, HoldFilter, Page, StoreError, Stuck, Total, WaitsFor};
use sverka_domain::delivery::{Delivery, DeliveryKind, DeliveryState};

use crate::attempts::Cap;
use crate::column::{maybe_time, money, number, text, time};
use crate::connection::MultiBackend;
use crate::delivery_row::DeliveryRow;
use crate::query::Statement;
use crate::schema::deliveries::dsl;
use crate::types::{Id, SqlTime, Time};
use crate::work::Work;

type Selection = <DeliveryRow as Selectable<MultiBackend>>::SelectExpression;
type Rows = Statement<SqlTypeOf<Selection>>;

const UNSENT: &str = "state in ('queued', 'retrying', 'in_doubt')";
const SENDING: &str = "state = 'sending'";
const DEAD: &str = "state in ('needs_attention', 'held')";

impl Backlogs for Work<'_> {
    fn backlogs(&mut self) -> Result<Vec<(String, Backlog)>, StoreError> {
        let part = |state: &str, condition: &str, group: &str| {
            format!(
                "select connection, {state}, currency, count(*), cast(sum(amount) as bigint), min(created_at) \
                 from deliveries where connection is not null and {condition} group by connection, {group}currency"
            )
        };
        let all = [
            part("'waiting'", UNSENT, ""),
            part("'waiting'", SENDING, ""),
            part("state", DEAD, "state, "),
        ];
        type Counted = (String, String, String, i64, i64, Time);
        let counted = Statement::<(Text, Text, Text, BigInt, BigInt, SqlTime)>::new(&all.join(" union all "));
        let rows: Vec<Counted> = self.query(|conn| counted.load(conn))?;
        let mut backlogs: BTreeMap<String, Backlog> = BTreeMap::new();
        for (connection, state, currency, count, amount, oldest) in rows {
            let backlog = backlogs.entry(connection).or_default();
            let count: u64 = number(count, "a count of deliveries")?;
            match state.as_str() {
                "waiting" => {
                    backlog.waiting += count;
                    let oldest = time(oldest)?;
                    backlog.oldest_at = Some(backlog.oldest_at.map_or(oldest, |known| known.min(oldest)));
                    add(backlog, money(amount, &currency)?);
                }
                "held" => backlog.held += count,
                _ => backlog.refused += count,
            }
        }
        Ok(backlogs.into_iter().collect())
    }

    fn waiting(&mut self, connection: &str, what: WaitsFor, page: Page) -> Result<Vec<Delivery>, StoreError> {
        let since = match what {
            WaitsFor::System => "created_at",
            WaitsFor::Decision | WaitsFor::Mending => "updated_at",
        };
        // Each condition with its own index; the few that are being sent come on top.
        let mut found = Vec::new();
        for condition in conditions(what) {
            let rows: Rows = Statement::new("select ").columns(columns());
            let rows = rows
                .sql(" from deliveries where connection = ")
                .text(text(connection))
                .sql(&format!(" and {condition}"));
            let rows = older_first(rows, since, page);
            let rows: Vec<DeliveryRow> = self.query(|conn| rows.load(conn))?;
            found.extend(rows);
        }
        let mut found = delivered(found)?;
        let place = |delivery: &Delivery| {
            let at = match what {
                WaitsFor::System => delivery.created_at,
                WaitsFor::Decision | WaitsFor::Mending => delivery.updated_at,
            };
            (at, delivery.id)
        };
        found.sort_by_key(place);
        found.truncate(usize::try_from(page.limit).unwrap_or(usize::MAX));
        Ok(found)
    }

    fn count_waiting(&mut self, connection: &str, what: WaitsFor, cap: u64) -> Result<Total, StoreError> {
        let cap = Cap::new(cap);
        let mut found = 0;
        for condition in conditions(what) {
            let some = Statement::<BigInt>::new(
                "select count(*) from (select 1 from deliveries where connection = ",
            );
            let some = some
                .text(text(connection))
                .sql(&format!(" and {condition} limit {}) counted", cap.limit()));
            found += self.query(|conn| some.get_result::<i64>(conn))?;
        }
        Ok(cap.total(found))
    }

    fn holds(&mut self, filter: &HoldFilter, page: Page) -> Result<Vec<Delivery>, StoreError> {
        let rows: Rows = Statement::new("select ").columns(columns());
        let rows = held(rows.sql(" from deliveries where hold is not null"), filter);
        let rows = older_first(rows, "updated_at", page);
        let rows: Vec<DeliveryRow> = self.query(|conn| rows.load(conn))?;
        delivered(rows)
    }

    fn count_holds(&mut self, filter: &HoldFilter, cap: u64) -> Result<Total, StoreError> {
        let cap = Cap::new(cap);
        let some =
            Statement::<BigInt>::new("select count(*) from (select 1 from deliveries where hold is not null");
        let some = held(some, filter).sql(&format!(" limit {}) counted", cap.limit()));
        let found = self.query(|conn| some.get_result(conn))?;
        Ok(cap.total(found))
    }

    fn stuck(&mut self, connection: &str, before: Timestamp) -> Result<Option<Stuck>, StoreError> {
        let counted = Statement::<(BigInt, Nullable<SqlTime>)>::new(
            "select count(*), min(updated_at) from deliveries where connection = ",
        );
        let counted = counted
            .text(text(connection))
            .sql(&format!(" and {DEAD} and updated_at <= "))
            .time(before.into());
        let (count, oldest): (i64, Option<Time>) = self.query(|conn| counted.get_result(conn))?;
        let count = number(count, "a count of deliveries")?;
        Ok(maybe_time(oldest)?.map(|oldest_at| Stuck { count, oldest_at }))
    }

    fn posted(&mut self, connection: &str) -> Result<Option<Delivery>, StoreError> {
        let query = dsl::deliveries
            .filter(dsl::connection.eq(text(connection)))
            .filter(dsl::state.eq(DeliveryState::Synced.to_string()))
            .filter(dsl::kind.eq(DeliveryKind::Payment.to_string()))
            .filter(
                dsl::document_key
                    .is_not_null()
                    .or(dsl::document_ref.is_not_null()),
            )
            .order(dsl::queue_number.desc())
            .limit(1)
            .select(DeliveryRow::as_select());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(DeliveryRow::delivery).transpose()
    }
}

fn conditions(what: WaitsFor) -> &'static [&'static str] {
    match what {
        WaitsFor::System => &[UNSENT, SENDING],
        WaitsFor::Decision => &["state in ('needs_attention', 'held') and state = 'held'"],
        WaitsFor::Mending => &["state in ('needs_attention', 'held') and state = 'needs_attention'"],
    }
}

fn columns() -> Selection {
    <DeliveryRow as Selectable<MultiBackend>>::construct_selection()
}

fn held<T>(mut rows: Statement<T>, filter: &HoldFilter) -> Statement<T> {
    if let Some(reason) = filter.reason {
        rows = rows.sql(" and hold ->> 'reason' = ").text(reason.to_string());
    }
    if let Some(connection) = &filter.connection {
        rows = rows.sql(" and connection = ").text(text(connection));
    }
    rows
}

fn older_first(mut rows: Rows, since: &str, page: Page) -> Rows {
    if let Some(after) = page.after {
        rows = rows
            .sql(&format!(" and ({since}, id) > ("))
            .time(after.at.into())
            .sql(", ")
            .id(Id(after.id))
            .sql(")");
    }
    rows.sql(&format!(" order by {since}, id limit {}", page.limit))
}

fn add(backlog: &mut Backlog, sum: sverka_domain::money::Money) {
    let known = backlog
        .amounts
        .iter_mut()
        .find(|known| known.currency == sum.currency);
    match known {
        Some(known) => known.amount = known.amount.saturating_add(sum.amount),
        None => backlog.amounts.push(sum),
    }
}

fn delivered(rows: Vec<DeliveryRow>) -> Result<Vec<Delivery>, StoreError> {
    rows.into_iter().map(DeliveryRow::delivery).collect()
}
