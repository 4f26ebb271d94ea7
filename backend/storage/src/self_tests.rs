//! Self-tests of callback addresses.

use diesel::prelude::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};
use sverka_app::ports::bank::AccountKey;
use sverka_app::ports::store::{SelfTest, SelfTestResult, SelfTests, StoreError};
use sverka_domain::ids::{NotificationId, SelfTestId};

use crate::column::{both, maybe_text, named, number, text, time};
use crate::error::wrong;
use crate::query::Cached;
use crate::schema::bank_self_tests::{self, dsl};
use crate::types::{Id, Time};
use crate::work::Work;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = bank_self_tests)]
struct Row {
    id: Id,
    bank: String,
    bank_account: String,
    order_number: String,
    at: Time,
    asked_by: String,
    sent_to: String,
    signed: bool,
    notification_id: Option<Id>,
    genuine: bool,
    code: Option<String>,
    detail: Option<String>,
    http_status: Option<i64>,
    took_ms: Option<i64>,
}

impl Row {
    fn new(test: &SelfTest) -> Result<Self, StoreError> {
        let result = test.result.as_ref();
        Ok(Self {
            id: Id(test.id.0),
            bank: text(&test.account.bank),
            bank_account: text(&test.account.account),
            order_number: text(&test.order_number),
            at: test.at.into(),
            asked_by: text(&test.asked_by),
            sent_to: text(&test.sent_to),
            signed: test.signed,
            notification_id: test.notification_id.map(|id| Id(id.0)),
            genuine: test.genuine,
            code: result.map(|result| result.code.to_string()),
            detail: maybe_text(result.and_then(|result| result.detail.as_ref())),
            http_status: result.and_then(|result| result.http_status).map(i64::from),
            took_ms: result
                .map(|result| number(result.took_ms, "bank_self_tests.took_ms"))
                .transpose()?,
        })
    }

    fn test(self) -> Result<SelfTest, StoreError> {
        let ended = both(self.code, self.took_ms, "bank_self_tests.code")?;
        let status = self
            .http_status
            .map(|status| number(status, "bank_self_tests.http_status"))
            .transpose()?;
        let result = ended.map(|(code, took_ms)| {
            Ok::<_, StoreError>(SelfTestResult {
                code: named(&code, "bank_self_tests.code")?,
                detail: self.detail,
                http_status: status,
                took_ms: number(took_ms, "bank_self_tests.took_ms")?,
            })
        });
        Ok(SelfTest {
            id: SelfTestId(self.id.0),
            account: AccountKey {
                bank: self.bank,
                account: self.bank_account,
            },
            order_number: self.order_number,
            at: time(self.at)?,
            asked_by: self.asked_by,
            sent_to: self.sent_to,
            signed: self.signed,
            notification_id: self.notification_id.map(|id| NotificationId(id.0)),
            genuine: self.genuine,
            result: result.transpose()?,
        })
    }
}

impl SelfTests for Work<'_> {
    fn insert(&mut self, test: &SelfTest) -> Result<(), StoreError> {
        let insert = diesel::insert_into(dsl::bank_self_tests).values(Row::new(test)?);
        self.query(|conn| insert.execute(conn))?;
        Ok(())
    }

    fn is_known(&mut self, account: &AccountKey, order_number: &str) -> Result<bool, StoreError> {
        Ok(known(self, account, order_number)?.is_some())
    }

    fn arrived(
        &mut self,
        account: &AccountKey,
        order_number: &str,
        notification_id: NotificationId,
        genuine: bool,
    ) -> Result<bool, StoreError> {
        let Some(id) = known(self, account, order_number)? else {
            return Ok(false);
        };
        let first = dsl::bank_self_tests
            .filter(dsl::id.eq(id))
            .filter(dsl::notification_id.is_null());
        let arrival = diesel::update(first).set((
            dsl::notification_id.eq(Some(Id(notification_id.0))),
            dsl::genuine.eq(genuine),
        ));
        self.query(|conn| Cached(arrival).execute(conn))?;
        Ok(true)
    }

    fn get(&mut self, id: SelfTestId) -> Result<Option<SelfTest>, StoreError> {
        let query = dsl::bank_self_tests
            .filter(dsl::id.eq(Id(id.0)))
            .select(Row::as_select());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(Row::test).transpose()
    }

    fn finish(&mut self, id: SelfTestId, result: &SelfTestResult) -> Result<(), StoreError> {
        let took_ms: i64 = number(result.took_ms, "bank_self_tests.took_ms")?;
        let target = dsl::bank_self_tests.filter(dsl::id.eq(Id(id.0)));
        let ended = diesel::update(target).set((
            dsl::code.eq(Some(result.code.to_string())),
            dsl::detail.eq(maybe_text(result.detail.as_ref())),
            dsl::http_status.eq(result.http_status.map(i64::from)),
            dsl::took_ms.eq(Some(took_ms)),
        ));
        match self.query(|conn| Cached(ended).execute(conn))? {
            1 => Ok(()),
            _ => Err(wrong("there is no such self-test")),
        }
    }

    fn last(&mut self, account: &AccountKey) -> Result<Option<SelfTest>, StoreError> {
        let query = dsl::bank_self_tests
            .filter(dsl::bank.eq(text(&account.bank)))
            .filter(dsl::bank_account.eq(text(&account.account)))
            .filter(dsl::code.is_not_null())
            .order((dsl::at.desc(), dsl::id.desc()))
            .limit(1)
            .select(Row::as_select());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(Row::test).transpose()
    }
}

fn known(work: &mut Work<'_>, account: &AccountKey, order_number: &str) -> Result<Option<Id>, StoreError> {
    let query = dsl::bank_self_tests
        .filter(dsl::order_number.eq(text(order_number)))
        .filter(dsl::bank.eq(text(&account.bank)))
        .filter(dsl::bank_account.eq(text(&account.account)))
        .select(dsl::id);
    work.query(|conn| query.get_result(conn).optional())
}
