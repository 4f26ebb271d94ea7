//! An entry of a timeline as a row.

use diesel::prelude::{Insertable, Queryable, Selectable};
use serde::Serialize;
use sverka_app::ports::store::{Actor, Event, StoreError};
use sverka_domain::ids::{AttemptId, DeliveryId, EventId, NotificationId};

use crate::column::{both, from_json, maybe_named, maybe_text, named, number, time, to_json};
use crate::schema::attempt_events;
use crate::types::{Id, Json, Time};

/// All of an entry.
#[derive(Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = attempt_events)]
pub(crate) struct EventRow {
    pub(crate) id: Id,
    attempt_id: Id,
    at: Time,
    kind: String,
    source: String,
    actor_kind: String,
    actor_id: Option<String>,
    actor_name: Option<String>,
    bank_status_from: Option<String>,
    bank_status_to: Option<String>,
    crm_status_from: Option<String>,
    crm_status_to: Option<String>,
    reason: Option<String>,
    document_ref: Option<String>,
    notification_id: Option<Id>,
    delivery_id: Option<Id>,
    try_number: Option<i64>,
    details: Json,
}

impl EventRow {
    /// The row of an entry.
    pub(crate) fn new(event: &Event) -> Result<Self, StoreError> {
        Ok(Self {
            id: Id(event.id.0),
            attempt_id: Id(event.attempt_id.0),
            at: event.at.into(),
            kind: event.kind.to_string(),
            source: event.source.to_string(),
            actor_kind: event.actor.kind.to_string(),
            actor_id: maybe_text(event.actor.id.as_ref()),
            actor_name: maybe_text(event.actor.name.as_ref()),
            bank_status_from: event.bank_status.map(|(from, _)| from.to_string()),
            bank_status_to: event.bank_status.map(|(_, to)| to.to_string()),
            crm_status_from: event.crm_status.map(|(from, _)| from.to_string()),
            crm_status_to: event.crm_status.map(|(_, to)| to.to_string()),
            reason: maybe_text(event.reason.as_ref()),
            document_ref: maybe_text(event.document_ref.as_ref()),
            notification_id: event.notification_id.map(|id| Id(id.0)),
            delivery_id: event.delivery.map(|(id, _)| Id(id.0)),
            try_number: event.delivery.map(|(_, number)| i64::from(number)),
            details: to_json(&event.details)?,
        })
    }

    /// The entry of a row.
    pub(crate) fn event(self) -> Result<Event, StoreError> {
        let bank_status = both(
            maybe_named(self.bank_status_from.as_ref(), "attempt_events.bank_status_from")?,
            maybe_named(self.bank_status_to.as_ref(), "attempt_events.bank_status_to")?,
            "attempt_events.bank_status",
        )?;
        let crm_status = both(
            maybe_named(self.crm_status_from.as_ref(), "attempt_events.crm_status_from")?,
            maybe_named(self.crm_status_to.as_ref(), "attempt_events.crm_status_to")?,
            "attempt_events.crm_status",
        )?;
        let delivery = both(self.delivery_id, self.try_number, "attempt_events.delivery_id")?;
        let delivery =
            delivery.map(|(id, nth)| Ok((DeliveryId(id.0), number(nth, "attempt_events.try_number")?)));
        Ok(Event {
            id: EventId(self.id.0),
            attempt_id: AttemptId(self.attempt_id.0),
            at: time(self.at)?,
            kind: named(&self.kind, "attempt_events.kind")?,
            source: named(&self.source, "attempt_events.source")?,
            actor: Actor {
                kind: named(&self.actor_kind, "attempt_events.actor_kind")?,
                id: self.actor_id,
                name: self.actor_name,
            },
            bank_status,
            crm_status,
            reason: self.reason,
            document_ref: self.document_ref,
            notification_id: self.notification_id.map(|id| NotificationId(id.0)),
            delivery: delivery.transpose()?,
            details: from_json(&self.details, "attempt_events.details")?,
        })
    }
}
