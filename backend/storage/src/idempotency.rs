//! Answers to repeat for an idempotency key.

use diesel::prelude::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};
use jiff::Timestamp;
use sverka_app::ports::store::{Idempotency, Remembered, StoreError};
use sverka_domain::ids::AttemptId;

use crate::column::{digest, text, time};
use crate::query::{Cached, OrIgnore};
use crate::schema::idempotency_keys::{self, dsl};
use crate::types::{Id, Time};
use crate::work::Work;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = idempotency_keys)]
struct Row {
    caller: String,
    key: String,
    request_hash: Vec<u8>,
    attempt_id: Id,
    answer: Vec<u8>,
    created_at: Time,
}

impl Row {
    fn new(remembered: &Remembered) -> Self {
        Self {
            caller: text(&remembered.caller),
            key: text(&remembered.key),
            request_hash: remembered.request_hash.to_vec(),
            attempt_id: Id(remembered.attempt_id.0),
            answer: remembered.answer.clone(),
            created_at: remembered.created_at.into(),
        }
    }

    fn remembered(self) -> Result<Remembered, StoreError> {
        Ok(Remembered {
            caller: self.caller,
            key: self.key,
            request_hash: digest(&self.request_hash, "idempotency_keys.request_hash")?,
            attempt_id: AttemptId(self.attempt_id.0),
            answer: self.answer,
            created_at: time(self.created_at)?,
        })
    }
}

impl Idempotency for Work<'_> {
    fn find(&mut self, caller: &str, key: &str) -> Result<Option<Remembered>, StoreError> {
        let query = dsl::idempotency_keys
            .filter(dsl::caller.eq(text(caller)))
            .filter(dsl::key.eq(text(key)))
            .select(Row::as_select());
        let row = self.query(|conn| query.get_result(conn).optional())?;
        row.map(Row::remembered).transpose()
    }

    fn remember(&mut self, remembered: &Remembered) -> Result<(), StoreError> {
        let insert = diesel::insert_into(dsl::idempotency_keys).values(Row::new(remembered));
        let added = self.query(|conn| OrIgnore(insert).execute(conn))?;
        if added == 1 {
            Ok(())
        } else {
            Err(StoreError::Taken("idempotency_key"))
        }
    }

    fn complete(&mut self, caller: &str, key: &str, answer: &[u8]) -> Result<(), StoreError> {
        let target = dsl::idempotency_keys
            .filter(dsl::caller.eq(text(caller)))
            .filter(dsl::key.eq(text(key)));
        let complete = diesel::update(target).set(dsl::answer.eq(answer.to_vec()));
        // A key that was forgotten meanwhile has nobody left to answer.
        self.query(|conn| Cached(complete).execute(conn))?;
        Ok(())
    }

    fn forget(&mut self, before: Timestamp) -> Result<u64, StoreError> {
        let old = dsl::idempotency_keys.filter(dsl::created_at.lt(Time::from(before)));
        let removed = self.query(|conn| diesel::delete(old).execute(conn))?;
        Ok(u64::try_from(removed).unwrap_or(u64::MAX))
    }
}
