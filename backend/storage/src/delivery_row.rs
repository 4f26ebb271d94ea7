//! A delivery as a row.

use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use serde::Serialize;
use sverka_app::ports::store::StoreError;
use sverka_domain::delivery::Delivery;
use sverka_domain::ids::{AttemptId, DeliveryId, LeaseId};

use crate::column::{
    both, from_json, maybe_named, maybe_text, maybe_time, money, named, number, text, time, to_json,
};
use crate::schema::deliveries;
use crate::types::{Id, Json, Time, maybe_bytes};

/// All of a delivery.
#[derive(Queryable, Selectable, Insertable, AsChangeset, Serialize)]
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
    #[serde(serialize_with = "maybe_bytes")]
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
    look_ups: i64,
    slow_tries: i64,
    is_cleared: bool,
    document_key: Option<String>,
    linked_by: Option<String>,
    client_key: Option<String>,
    ruled_out: Json,
    hold: Option<Json>,
    pub(crate) sweep_at: Option<Time>,
    sweeps: i64,
}

impl DeliveryRow {
    /// The row of a delivery.
    pub(crate) fn new(delivery: &Delivery) -> Result<Self, StoreError> {
        Ok(Self {
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
            look_ups: i64::from(delivery.look_ups),
            slow_tries: i64::from(delivery.slow_tries),
            is_cleared: delivery.is_cleared,
            document_key: maybe_text(delivery.document_key.as_ref()),
            linked_by: delivery.linked_by.map(|rule| rule.to_string()),
            client_key: maybe_text(delivery.client_key.as_ref()),
            ruled_out: to_json(&delivery.ruled_out)?,
            hold: delivery.hold.as_ref().map(to_json).transpose()?,
            sweep_at: delivery.sweep_at.map(Time::from),
            sweeps: i64::from(delivery.sweeps),
        })
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
            look_ups: number(self.look_ups, "deliveries.look_ups")?,
            slow_tries: number(self.slow_tries, "deliveries.slow_tries")?,
            is_cleared: self.is_cleared,
            document_key: self.document_key,
            linked_by: maybe_named(self.linked_by.as_ref(), "deliveries.linked_by")?,
            client_key: self.client_key,
            ruled_out: from_json(&self.ruled_out, "deliveries.ruled_out")?,
            hold: self
                .hold
                .map(|hold| from_json(&hold, "deliveries.hold"))
                .transpose()?,
            sweep_at: maybe_time(self.sweep_at)?,
            sweeps: number(self.sweeps, "deliveries.sweeps")?,
        })
    }
}
