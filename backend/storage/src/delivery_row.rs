//! A delivery as a row.

use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use sverka_app::ports::store::StoreError;
use sverka_domain::delivery::Delivery;
use sverka_domain::ids::{AttemptId, DeliveryId, LeaseId};

use crate::column::{both, maybe_named, maybe_text, maybe_time, money, named, number, text, time};
use crate::schema::deliveries;
use crate::types::{Id, Time};

/// All of a delivery.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = deliveries, treat_none_as_null = true)]
pub(crate) struct DeliveryRow {
    #[diesel(skip_update)]
    pub(crate) id: Id,
    attempt_id: Id,
    kind: String,
    after_id: Option<Id>,
    connection: Option<String>,
    amount: i64,
    currency: String,
    body: Option<Vec<u8>>,
    state: String,
    attention: Option<String>,
    tries: i64,
    doubts: i64,
    next_try_at: Time,
    pub(crate) lease_id: Option<Id>,
    pub(crate) lease_until: Option<Time>,
    document_ref: Option<String>,
    last_error: Option<String>,
    created_at: Time,
    updated_at: Time,
    pub(crate) version: i64,
}

impl DeliveryRow {
    /// The row of a delivery.
    pub(crate) fn new(delivery: &Delivery) -> Self {
        Self {
            id: Id(delivery.id.0),
            attempt_id: Id(delivery.attempt_id.0),
            kind: delivery.kind.to_string(),
            after_id: delivery.after.map(|id| Id(id.0)),
            connection: maybe_text(delivery.connection.as_ref()),
            amount: delivery.amount.amount,
            currency: text(&delivery.amount.currency.to_string()),
            body: delivery.body.clone(),
            state: delivery.state.to_string(),
            attention: delivery.attention.map(|attention| attention.to_string()),
            tries: i64::from(delivery.tries),
            doubts: i64::from(delivery.doubts),
            next_try_at: delivery.next_try_at.into(),
            lease_id: delivery.lease.map(|(id, _)| Id(id.0)),
            lease_until: delivery.lease.map(|(_, until)| until.into()),
            document_ref: maybe_text(delivery.document_ref.as_ref()),
            last_error: maybe_text(delivery.last_error.as_ref()),
            created_at: delivery.created_at.into(),
            updated_at: delivery.updated_at.into(),
            version: delivery.version,
        }
    }

    /// The delivery of a row.
    pub(crate) fn delivery(self) -> Result<Delivery, StoreError> {
        let lease = both(
            self.lease_id.map(|id| LeaseId(id.0)),
            maybe_time(self.lease_until)?,
            "deliveries.lease",
        )?;
        Ok(Delivery {
            id: DeliveryId(self.id.0),
            attempt_id: AttemptId(self.attempt_id.0),
            kind: named(&self.kind, "deliveries.kind")?,
            after: self.after_id.map(|id| DeliveryId(id.0)),
            connection: self.connection,
            amount: money(self.amount, &self.currency)?,
            body: self.body,
            state: named(&self.state, "deliveries.state")?,
            attention: maybe_named(self.attention.as_ref(), "deliveries.attention")?,
            tries: number(self.tries, "deliveries.tries")?,
            doubts: number(self.doubts, "deliveries.doubts")?,
            next_try_at: time(self.next_try_at)?,
            lease,
            document_ref: self.document_ref,
            last_error: self.last_error,
            created_at: time(self.created_at)?,
            updated_at: time(self.updated_at)?,
            version: self.version,
        })
    }
}
