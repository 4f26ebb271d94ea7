//! Registries.

use diesel::dsl::sql;
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, Selectable,
    SelectableHelper,
};
use diesel::sql_types::{BigInt, Bool};
use jiff::Timestamp;
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{LineCounts, Page, Registries, Registry, RegistryLine, StoreError, Total};
use sverka_domain::ids::RegistryId;

use crate::attempts::Cap;
use crate::column::{number, text, to_json};
use crate::connection::MultiBackend;
use crate::dialect;
use crate::query::{Cached, Statement, Tailed};
use crate::registry_line_row::LineJson;
use crate::registry_row::RegistryRow;
use crate::schema::registries::dsl;
use crate::types::{Id, Time};
use crate::work::Work;

const LOADING: &str = "loading";
const COMPLETE: &str = "complete";

type Selection = <RegistryRow as Selectable<MultiBackend>>::SelectExpression;

impl Registries for Work<'_> {
    fn begin(&mut self, registry: &Registry) -> Result<(), StoreError> {
        let row = RegistryRow::new(registry)?;
        let state = (
            dsl::state.eq(LOADING),
            dsl::alive_at.eq(Time::from(registry.loaded_at)),
        );
        self.query(|conn| {
            diesel::insert_into(dsl::registries)
                .values((row, state))
                .execute(conn)
        })?;
        Ok(())
    }

    fn add_lines(
        &mut self,
        id: RegistryId,
        lines: &[RegistryLine],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let load = dsl::registries.filter(dsl::id.eq(Id(id.0)).and(dsl::state.eq(LOADING)));
        let alive = diesel::update(load).set(dsl::alive_at.eq(Time::from(now)));
        if self.query(|conn| Cached(alive).execute(conn))? != 1 {
            return Err(StoreError::Stale);
        }
        let objects: Vec<LineJson> = lines.iter().map(LineJson::new).collect();
        let objects = to_json(&objects)?.0;
        self.query(|conn| dialect::add_lines(conn, Id(id.0), objects))?;
        Ok(())
    }

    fn add_missing(
        &mut self,
        registry: &Registry,
        (from, to): (Timestamp, Timestamp),
        position: u64,
    ) -> Result<u64, StoreError> {
        let account = (text(&registry.account.bank), text(&registry.account.account));
        let position = number(position, "a position")?;
        let id = Id(registry.id.0);
        let added =
            self.query(|conn| dialect::add_missing(conn, id, account, (from.into(), to.into()), position))?;
        number(added, "a count of lines")
    }

    fn complete(&mut self, registry: &Registry) -> Result<(), StoreError> {
        let row = RegistryRow::new(registry)?;
        let load = dsl::registries.filter(dsl::id.eq(Id(registry.id.0)).and(dsl::state.eq(LOADING)));
        let completed = diesel::update(load).set((&row, dsl::state.eq(COMPLETE)));
        match self.query(|conn| completed.execute(conn))? {
            1 => Ok(()),
            _ => Err(StoreError::Stale),
        }
    }

    fn discard(&mut self, id: RegistryId, limit: u32) -> Result<bool, StoreError> {
        let is_loading = dsl::registries
            .filter(dsl::id.eq(Id(id.0)).and(dsl::state.eq(LOADING)))
            .select(dsl::id);
        if self
            .query(|conn| is_loading.get_result::<Id>(conn).optional())?
            .is_none()
        {
            return Ok(true);
        }
        let some = Statement::<()>::new("delete from registry_lines where registry_id = ").id(Id(id.0));
        let some = some.sql(" and position in (select position from registry_lines where registry_id = ");
        let some = some
            .id(Id(id.0))
            .sql(&format!(" order by position limit {limit})"));
        let removed = self.query(|conn| some.execute(conn))?;
        if removed >= usize::try_from(limit).unwrap_or(usize::MAX) {
            return Ok(false);
        }
        let load = dsl::registries.filter(dsl::id.eq(Id(id.0)).and(dsl::state.eq(LOADING)));
        self.query(|conn| diesel::delete(load).execute(conn))?;
        Ok(true)
    }

    fn abandoned(&mut self, before: Timestamp) -> Result<Vec<RegistryId>, StoreError> {
        let query = dsl::registries
            // As the partial index spells it.
            .filter(sql::<Bool>("state = 'loading'"))
            .filter(dsl::alive_at.lt(Time::from(before)))
            .order(dsl::alive_at.asc())
            .select(dsl::id);
        let ids: Vec<Id> = self.query(|conn| query.load(conn))?;
        Ok(ids.into_iter().map(|id| RegistryId(id.0)).collect())
    }

    fn of_file(&mut self, account: &AccountKey, digest: &[u8; 32]) -> Result<Option<Registry>, StoreError> {
        let query = dsl::registries
            .filter(dsl::bank.eq(text(&account.bank)))
            .filter(dsl::bank_account.eq(text(&account.account)))
            .filter(dsl::digest.eq(digest.to_vec()))
            .filter(sql::<Bool>("state = 'complete'"))
            .select(RegistryRow::as_select());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(RegistryRow::registry).transpose()
    }

    fn get(&mut self, id: RegistryId) -> Result<Option<Registry>, StoreError> {
        let query = dsl::registries
            .filter(dsl::id.eq(Id(id.0)))
            .filter(dsl::state.eq(COMPLETE))
            .select(RegistryRow::as_select());
        let query = Tailed(query, self.lock());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(RegistryRow::registry).transpose()
    }

    fn list(
        &mut self,
        bank: Option<&str>,
        bank_account: Option<&str>,
        page: Page,
    ) -> Result<Vec<Registry>, StoreError> {
        let columns = <RegistryRow as Selectable<MultiBackend>>::construct_selection();
        let rows = Statement::<diesel::dsl::SqlTypeOf<Selection>>::new("select ").columns(columns);
        let mut rows = of_account(
            rows.sql(" from registries where state = 'complete'"),
            bank,
            bank_account,
        );
        if let Some(after) = page.after {
            let (at, id) = (Time::from(after.at), Id(after.id));
            rows = rows
                .sql(" and loaded_at <= ")
                .time(at)
                .sql(" and (loaded_at < ")
                .time(at);
            rows = rows.sql(" or id < ").id(id).sql(")");
        }
        let rows = rows.sql(&format!(" order by loaded_at desc, id desc limit {}", page.limit));
        let rows: Vec<RegistryRow> = self.query(|conn| rows.load(conn))?;
        rows.into_iter().map(RegistryRow::registry).collect()
    }

    fn count(
        &mut self,
        bank: Option<&str>,
        bank_account: Option<&str>,
        cap: u64,
    ) -> Result<Total, StoreError> {
        let cap = Cap::new(cap);
        let some = Statement::<BigInt>::new(
            "select count(*) from (select 1 from registries where state = 'complete'",
        );
        let some = of_account(some, bank, bank_account).sql(&format!(" limit {}) counted", cap.limit()));
        let found = self.query(|conn| some.get_result(conn))?;
        Ok(cap.total(found))
    }

    fn save_counts(&mut self, id: RegistryId, counts: &LineCounts) -> Result<(), StoreError> {
        let count = |count: u64| number::<i64, u64>(count, "a count of lines");
        let counted = (
            dsl::matched.eq(count(counts.matched)?),
            dsl::healed.eq(count(counts.healed)?),
            dsl::differs.eq(count(counts.differs)?),
            dsl::no_attempt.eq(count(counts.no_attempt)?),
            dsl::missing.eq(count(counts.missing)?),
            dsl::noted.eq(count(counts.noted)?),
        );
        let target = dsl::registries.filter(dsl::id.eq(Id(id.0)));
        match self.query(|conn| Cached(diesel::update(target).set(counted)).execute(conn))? {
            1 => Ok(()),
            _ => Err(StoreError::Stale),
        }
    }
}

fn of_account<T>(mut rows: Statement<T>, bank: Option<&str>, bank_account: Option<&str>) -> Statement<T> {
    if let Some(bank) = bank {
        rows = rows.sql(" and bank = ").text(text(bank));
    }
    if let Some(account) = bank_account {
        rows = rows.sql(" and bank_account = ").text(text(account));
    }
    rows
}
