//! A bank notification as a row.

use diesel::prelude::{Insertable, Queryable, Selectable};
use serde::Serialize;
use sverka_app::ports::bank::{AccountKey, RawCallback};
use sverka_app::ports::store::{Notification, StoreError};
use sverka_domain::ids::{AttemptId, NotificationId};

use crate::column::{from_json, maybe_text, maybe_time, named, number, text, time, to_json};
use crate::schema::bank_notifications;
use crate::types::{Id, Json, Time, bytes};

/// All of a notification but its digest.
#[derive(Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = bank_notifications)]
pub(crate) struct NotificationRow {
    id: Id,
    bank: String,
    bank_account: String,
    attempt_id: Option<Id>,
    order_number: Option<String>,
    bank_order_id: Option<String>,
    received_at: Time,
    method: String,
    query: String,
    #[serde(serialize_with = "bytes")]
    body: Vec<u8>,
    headers: Json,
    remote_addr: Option<String>,
    verdict: String,
    repeats: i64,
    raw_dropped_at: Option<Time>,
}

impl NotificationRow {
    /// The row of a notification.
    pub(crate) fn new(notification: &Notification) -> Result<Self, StoreError> {
        let raw = &notification.raw;
        Ok(Self {
            id: Id(notification.id.0),
            bank: text(&notification.account.bank),
            bank_account: text(&notification.account.account),
            attempt_id: notification.attempt_id.map(|id| Id(id.0)),
            order_number: maybe_text(notification.order_number.as_ref()),
            bank_order_id: maybe_text(notification.bank_order_id.as_ref()),
            received_at: notification.received_at.into(),
            method: text(&raw.method),
            query: text(&raw.query),
            body: raw.body.clone(),
            headers: to_json(&raw.headers)?,
            remote_addr: notification.raw.from.map(|from| from.to_string()),
            verdict: notification.verdict.to_string(),
            repeats: i64::from(notification.repeats),
            raw_dropped_at: notification.raw_dropped_at.map(Time::from),
        })
    }

    /// The notification of a row.
    pub(crate) fn notification(self) -> Result<Notification, StoreError> {
        Ok(Notification {
            id: NotificationId(self.id.0),
            account: AccountKey {
                bank: self.bank,
                account: self.bank_account,
            },
            attempt_id: self.attempt_id.map(|id| AttemptId(id.0)),
            order_number: self.order_number,
            bank_order_id: self.bank_order_id,
            received_at: time(self.received_at)?,
            raw: RawCallback {
                method: self.method,
                query: self.query,
                body: self.body,
                headers: from_json(&self.headers, "bank_notifications.headers")?,
                from: self.remote_addr.and_then(|from| from.parse().ok()),
            },
            verdict: named(&self.verdict, "bank_notifications.verdict")?,
            repeats: number(self.repeats, "bank_notifications.repeats")?,
            raw_dropped_at: maybe_time(self.raw_dropped_at)?,
        })
    }
}
