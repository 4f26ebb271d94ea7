//! How the banks answer.

use diesel::prelude::{
    AsChangeset, ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl,
    Selectable, SelectableHelper,
};
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{BankHealth, BankHealths, StoreError};

use crate::column::{maybe_time, number, text};
use crate::error::wrong;
use crate::query::{Cached, OrIgnore, Tailed};
use crate::schema::bank_health::{self, dsl};
use crate::types::Time;
use crate::work::Work;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = bank_health, primary_key(bank, bank_account), treat_none_as_null = true)]
struct Row {
    bank: String,
    bank_account: String,
    failures: i64,
    rest_until: Option<Time>,
}

impl BankHealths for Work<'_> {
    fn get(&mut self, account: &AccountKey) -> Result<BankHealth, StoreError> {
        if let Some(health) = find(self, account)? {
            return Ok(health);
        }
        // Two workers that meet the first failure at once have no row yet to wait for.
        self.lock_name(&format!("bank {account}"))?;
        Ok(find(self, account)?.unwrap_or_default())
    }

    fn save(&mut self, account: &AccountKey, health: BankHealth) -> Result<(), StoreError> {
        let row = Row {
            bank: text(&account.bank),
            bank_account: text(&account.account),
            failures: i64::from(health.failures),
            rest_until: health.rest_until.map(Time::from),
        };
        if update(self, &row)? {
            return Ok(());
        }
        let insert = diesel::insert_into(dsl::bank_health).values(&row);
        if self.query(|conn| OrIgnore(insert).execute(conn))? == 1 || update(self, &row)? {
            return Ok(());
        }
        Err(wrong("how a bank answers could not be written"))
    }
}

fn find(work: &mut Work<'_>, account: &AccountKey) -> Result<Option<BankHealth>, StoreError> {
    let query = dsl::bank_health
        .filter(dsl::bank.eq(text(&account.bank)))
        .filter(dsl::bank_account.eq(text(&account.account)))
        .select(Row::as_select());
    let query = Tailed(query, work.lock());
    let row = work.query(|conn| query.get_result::<Row>(conn).optional())?;
    let health = |row: Row| {
        Ok(BankHealth {
            failures: number(row.failures, "bank_health.failures")?,
            rest_until: maybe_time(row.rest_until)?,
        })
    };
    row.map(health).transpose()
}

fn update(work: &mut Work<'_>, row: &Row) -> Result<bool, StoreError> {
    let target = dsl::bank_health
        .filter(dsl::bank.eq(row.bank.clone()))
        .filter(dsl::bank_account.eq(row.bank_account.clone()));
    Ok(work.query(|conn| Cached(diesel::update(target).set(row)).execute(conn))? == 1)
}
