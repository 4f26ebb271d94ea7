//! Checkouts.

use diesel::dsl::sql;
use diesel::prelude::{
    AsChangeset, ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl,
    Selectable, SelectableHelper,
};
use diesel::sql_types::Bool;
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{Checkout, Checkouts, StoreError};
use sverka_domain::ids::AttemptId;

use crate::column::{maybe_text, maybe_time, named, number, text, time};
use crate::error::wrong;
use crate::query::{Cached, OrIgnore};
use crate::schema::checkouts::{self, dsl};
use crate::types::{Id, Time};
use crate::work::Work;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = checkouts, primary_key(attempt_id), treat_none_as_null = true)]
struct Row {
    attempt_id: Id,
    bank: String,
    bank_account: String,
    state: String,
    key: String,
    return_url: String,
    valid_until: Option<Time>,
    begun_at: Time,
    calls: i64,
    called_at: Option<Time>,
    lease_until: Option<Time>,
    error: Option<String>,
}

impl Row {
    fn new(checkout: &Checkout) -> Self {
        Self {
            attempt_id: Id(checkout.attempt_id.0),
            bank: text(&checkout.account.bank),
            bank_account: text(&checkout.account.account),
            state: checkout.state.to_string(),
            key: text(&checkout.key),
            return_url: text(&checkout.return_url),
            valid_until: checkout.valid_until.map(Time::from),
            begun_at: checkout.begun_at.into(),
            calls: i64::from(checkout.calls),
            called_at: checkout.called_at.map(Time::from),
            lease_until: checkout.lease_until.map(Time::from),
            error: maybe_text(checkout.error.as_ref()),
        }
    }

    fn checkout(self) -> Result<Checkout, StoreError> {
        Ok(Checkout {
            attempt_id: AttemptId(self.attempt_id.0),
            account: AccountKey {
                bank: self.bank,
                account: self.bank_account,
            },
            state: named(&self.state, "checkouts.state")?,
            key: self.key,
            return_url: self.return_url,
            valid_until: maybe_time(self.valid_until)?,
            begun_at: time(self.begun_at)?,
            calls: number(self.calls, "checkouts.calls")?,
            called_at: maybe_time(self.called_at)?,
            lease_until: maybe_time(self.lease_until)?,
            error: self.error,
        })
    }
}

impl Checkouts for Work<'_> {
    fn find(&mut self, attempt_id: AttemptId) -> Result<Option<Checkout>, StoreError> {
        let query = dsl::checkouts
            .filter(dsl::attempt_id.eq(Id(attempt_id.0)))
            .select(Row::as_select());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(Row::checkout).transpose()
    }

    fn save(&mut self, checkout: &Checkout) -> Result<(), StoreError> {
        let row = Row::new(checkout);
        let target = dsl::checkouts.filter(dsl::attempt_id.eq(row.attempt_id));
        let changed = self.query(|conn| Cached(diesel::update(target).set(&row)).execute(conn))?;
        if changed == 1 {
            return Ok(());
        }
        let insert = diesel::insert_into(dsl::checkouts).values(row);
        match self.query(|conn| OrIgnore(insert).execute(conn))? {
            1 => Ok(()),
            _ => Err(wrong(
                "a checkout was written by somebody who had not locked its attempt",
            )),
        }
    }

    fn newest_registered(&mut self, account: &AccountKey) -> Result<Option<AttemptId>, StoreError> {
        let query = dsl::checkouts
            .filter(dsl::bank.eq(text(&account.bank)))
            .filter(dsl::bank_account.eq(text(&account.account)))
            // Word for word as the index has it: only then is it used.
            .filter(sql::<Bool>("state = 'registered'"))
            .order(dsl::begun_at.desc())
            .limit(1)
            .select(dsl::attempt_id);
        let newest: Option<Id> = self.query(|conn| query.get_result(conn).optional())?;
        Ok(newest.map(|id| AttemptId(id.0)))
    }
}
