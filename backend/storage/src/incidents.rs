//! Incidents. A unique index keeps an account to one open incident, however many processes watch.

use diesel::dsl::sql;
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper,
};
use diesel::sql_types::Integer;
use jiff::Timestamp;
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{Incident, IncidentFilter, Incidents, Page, StoreError, Total};
use sverka_domain::ids::IncidentId;
use sverka_domain::incident::IncidentState;

use crate::attempts::Cap;
use crate::column::{number, text};
use crate::connection::MultiBackend;
use crate::incident_row::IncidentRow;
use crate::query::{Cached, Count, OrIgnore, Tailed};
use crate::schema::incidents::{self, dsl};
use crate::types::{Id, Time};
use crate::work::Work;

type Matching<'a> = incidents::BoxedQuery<'a, MultiBackend>;

impl Incidents for Work<'_> {
    fn open(&mut self, incident: &Incident) -> Result<bool, StoreError> {
        let insert = diesel::insert_into(dsl::incidents).values(IncidentRow::new(incident)?);
        Ok(self.query(|conn| OrIgnore(insert).execute(conn))? == 1)
    }

    fn update(&mut self, incident: &Incident) -> Result<bool, StoreError> {
        let counts = incident.counts;
        let count = |count: u64| number::<i64, _>(count, "a count");
        let target = dsl::incidents
            .filter(dsl::id.eq(Id(incident.id.0)))
            .filter(dsl::closed_at.is_null());
        let changes = (
            dsl::closed_at.eq(incident.closed_at.map(Time::from)),
            dsl::paid.eq(count(counts.paid)?),
            dsl::heard.eq(count(counts.heard)?),
            dsl::healed.eq(count(counts.healed)?),
            dsl::waiting.eq(count(counts.waiting)?),
            dsl::counted_at.eq(Time::from(incident.counted_at)),
        );
        Ok(self.query(|conn| Cached(diesel::update(target).set(changes)).execute(conn))? == 1)
    }

    fn get(&mut self, id: IncidentId) -> Result<Option<Incident>, StoreError> {
        let query = dsl::incidents
            .filter(dsl::id.eq(Id(id.0)))
            .select(IncidentRow::as_select());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(IncidentRow::incident).transpose()
    }

    fn open_of(&mut self, account: &AccountKey) -> Result<Option<Incident>, StoreError> {
        let query = dsl::incidents
            .filter(dsl::bank.eq(text(&account.bank)))
            .filter(dsl::bank_account.eq(text(&account.account)))
            .filter(dsl::closed_at.is_null());
        let query = Tailed(query.select(IncidentRow::as_select()), self.lock());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(IncidentRow::incident).transpose()
    }

    fn all_open(&mut self) -> Result<Vec<Incident>, StoreError> {
        let query = dsl::incidents
            .filter(dsl::closed_at.is_null())
            .order((dsl::bank.asc(), dsl::bank_account.asc()))
            .select(IncidentRow::as_select());
        let rows: Vec<IncidentRow> = self.query(|conn| query.load(conn))?;
        rows.into_iter().map(IncidentRow::incident).collect()
    }

    fn since(&mut self, account: &AccountKey, from: Timestamp) -> Result<Vec<Incident>, StoreError> {
        let query = dsl::incidents
            .filter(dsl::bank.eq(text(&account.bank)))
            .filter(dsl::bank_account.eq(text(&account.account)))
            .filter(dsl::closed_at.is_null().or(dsl::closed_at.ge(Time::from(from))))
            .order(dsl::opened_at.asc())
            .select(IncidentRow::as_select());
        let rows: Vec<IncidentRow> = self.query(|conn| query.load(conn))?;
        rows.into_iter().map(IncidentRow::incident).collect()
    }

    fn list(&mut self, filter: &IncidentFilter, page: Page) -> Result<Vec<Incident>, StoreError> {
        let mut query = matching(filter);
        if let Some(cursor) = page.after {
            let (at, id) = (Time::from(cursor.at), Id(cursor.id));
            query = query.filter(
                dsl::opened_at
                    .le(at)
                    .and(dsl::opened_at.lt(at).or(dsl::id.lt(id))),
            );
        }
        let query = query
            .order((dsl::opened_at.desc(), dsl::id.desc()))
            .limit(i64::from(page.limit))
            .select(IncidentRow::as_select());
        let rows: Vec<IncidentRow> = self.query(|conn| query.load(conn))?;
        rows.into_iter().map(IncidentRow::incident).collect()
    }

    fn count(&mut self, filter: &IncidentFilter, cap: u64) -> Result<Total, StoreError> {
        let cap = Cap::new(cap);
        let some = matching(filter).select(sql::<Integer>("1")).limit(cap.limit());
        let found = self.query(|conn| Count(some).get_result(conn))?;
        Ok(cap.total(found))
    }
}

fn matching(filter: &IncidentFilter) -> Matching<'static> {
    let texts = |values: &[String]| values.iter().map(|value| text(value)).collect::<Vec<_>>();
    let mut query = dsl::incidents.into_boxed();
    query = match filter.state {
        Some(IncidentState::Open) => query.filter(dsl::closed_at.is_null()),
        Some(IncidentState::Closed) => query.filter(dsl::closed_at.is_not_null()),
        None => query,
    };
    if !filter.banks.is_empty() {
        query = query.filter(dsl::bank.eq_any(texts(&filter.banks)));
    }
    if !filter.bank_accounts.is_empty() {
        query = query.filter(dsl::bank_account.eq_any(texts(&filter.bank_accounts)));
    }
    query
}
