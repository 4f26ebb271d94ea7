//! Alarms as rows.

use diesel::prelude::{Insertable, Queryable, Selectable};
use sverka_app::ports::store::{Alarm, AlarmAbout, ConnectionAlarm, StoreError};
use sverka_domain::ids::{AlarmId, IncidentId};

use crate::column::{from_json, maybe_text, maybe_time, named, number, text, time, to_json};
use crate::error::wrong;
use crate::schema::alarms;
use crate::types::{Id, Json, Time};

/// The topic of an alarm about an incident.
const INCIDENT: &str = "incident";

/// An alarm as a row.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = alarms)]
pub(crate) struct AlarmRow {
    pub(crate) id: Id,
    topic: String,
    incident_id: Option<Id>,
    connection: Option<String>,
    since: Option<Time>,
    told: Option<Json>,
    event: String,
    channel: String,
    kind: String,
    pub(crate) state: String,
    pub(crate) tries: i64,
    pub(crate) next_try_at: Time,
    created_at: Time,
    pub(crate) sent_at: Option<Time>,
    pub(crate) error: Option<String>,
}

impl AlarmRow {
    /// The row of an alarm.
    pub(crate) fn new(alarm: &Alarm) -> Result<Self, StoreError> {
        let (topic, incident_id, about) = match &alarm.about {
            AlarmAbout::Incident(id) => (INCIDENT.to_owned(), Some(Id(id.0)), None),
            AlarmAbout::Connection(about) => (about.topic.to_string(), None, Some(about)),
        };
        Ok(Self {
            id: Id(alarm.id.0),
            topic,
            incident_id,
            connection: about.map(|about| text(&about.connection)),
            since: about.map(|about| about.since.into()),
            told: about.map(|about| to_json(&about.told)).transpose()?,
            event: alarm.event.to_string(),
            channel: text(&alarm.channel),
            kind: alarm.kind.to_string(),
            state: alarm.state.to_string(),
            tries: i64::from(alarm.tries),
            next_try_at: alarm.next_try_at.into(),
            created_at: alarm.created_at.into(),
            sent_at: alarm.sent_at.map(Time::from),
            error: maybe_text(alarm.error.as_ref()),
        })
    }

    /// The alarm of a row.
    pub(crate) fn alarm(self) -> Result<Alarm, StoreError> {
        let about = match (self.incident_id, self.connection, self.since, self.told) {
            (Some(id), None, None, None) => AlarmAbout::Incident(IncidentId(id.0)),
            (None, Some(connection), Some(since), Some(told)) => {
                AlarmAbout::Connection(Box::new(ConnectionAlarm {
                    topic: named(&self.topic, "alarms.topic")?,
                    connection,
                    since: time(since)?,
                    told: from_json(&told, "alarms.told")?,
                }))
            }
            _ => return Err(wrong("an alarm is about nothing, or about more than one thing")),
        };
        Ok(Alarm {
            id: AlarmId(self.id.0),
            about,
            event: named(&self.event, "alarms.event")?,
            channel: self.channel,
            kind: named(&self.kind, "alarms.kind")?,
            state: named(&self.state, "alarms.state")?,
            tries: number(self.tries, "alarms.tries")?,
            next_try_at: time(self.next_try_at)?,
            created_at: time(self.created_at)?,
            sent_at: maybe_time(self.sent_at)?,
            error: self.error,
        })
    }
}
