//! Alarms.

use diesel::dsl::{exists, max, min, not};
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper,
};
use jiff::Timestamp;
use sverka_app::ports::alarm::AlarmEvent;
use sverka_app::ports::store::{Alarm, AlarmState, Alarms, ConnectionTopic, StoreError};
use sverka_domain::ids::IncidentId;

use crate::alarm_row::AlarmRow;
use crate::column::{maybe_time, text};
use crate::query::{Cached, Tailed};
use crate::schema::alarms::{self, dsl};
use crate::types::{Id, Time};
use crate::work::Work;

diesel::alias!(alarms as earlier: Earlier);

impl Alarms for Work<'_> {
    fn queue(&mut self, alarm: &Alarm) -> Result<(), StoreError> {
        let insert = diesel::insert_into(dsl::alarms).values(AlarmRow::new(alarm)?);
        self.query(|conn| insert.execute(conn))?;
        Ok(())
    }

    fn claim(
        &mut self,
        channel: &str,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Option<Alarm>, StoreError> {
        let beginning = earlier
            .filter(
                earlier
                    .field(alarms::incident_id)
                    .eq(alarms::incident_id)
                    .or(earlier
                        .field(alarms::connection)
                        .eq(alarms::connection)
                        .and(earlier.field(alarms::topic).eq(alarms::topic))
                        .and(earlier.field(alarms::since).eq(alarms::since))),
            )
            .filter(earlier.field(alarms::channel).eq(alarms::channel))
            .filter(earlier.field(alarms::event).eq(AlarmEvent::Opened.to_string()))
            .filter(earlier.field(alarms::state).eq(AlarmState::Queued.to_string()));
        let is_first = dsl::event.eq(AlarmEvent::Opened.to_string());
        let query = dsl::alarms
            .filter(dsl::channel.eq(text(channel)))
            .filter(dsl::state.eq(AlarmState::Queued.to_string()))
            .filter(dsl::next_try_at.le(Time::from(now)))
            .filter(is_first.or(not(exists(beginning))))
            .order((dsl::next_try_at.asc(), dsl::id.asc()))
            .limit(1)
            .select(AlarmRow::as_select());
        let query = Tailed(query, Work::claim(self));
        let Some(row) = self.query(|conn| query.get_result::<AlarmRow>(conn).optional())? else {
            return Ok(None);
        };
        let target = dsl::alarms.filter(dsl::id.eq(row.id));
        let claim = diesel::update(target).set(dsl::next_try_at.eq(Time::from(lease_until)));
        self.query(|conn| Cached(claim).execute(conn))?;
        row.alarm().map(Some)
    }

    fn settle(&mut self, alarm: &Alarm) -> Result<(), StoreError> {
        let row = AlarmRow::new(alarm)?;
        let target = dsl::alarms
            .filter(dsl::id.eq(row.id))
            .filter(dsl::state.eq(AlarmState::Queued.to_string()));
        let changes = (
            dsl::state.eq(row.state),
            dsl::tries.eq(row.tries),
            dsl::next_try_at.eq(row.next_try_at),
            dsl::sent_at.eq(row.sent_at),
            dsl::error.eq(row.error),
        );
        self.query(|conn| Cached(diesel::update(target).set(changes)).execute(conn))?;
        Ok(())
    }

    fn next_due(&mut self, channel: &str) -> Result<Option<Timestamp>, StoreError> {
        let query = dsl::alarms
            .filter(dsl::channel.eq(text(channel)))
            .filter(dsl::state.eq(AlarmState::Queued.to_string()))
            .select(min(dsl::next_try_at));
        maybe_time(self.query(|conn| query.get_result::<Option<Time>>(conn))?)
    }

    fn of_incidents(&mut self, incidents: &[IncidentId]) -> Result<Vec<Alarm>, StoreError> {
        let ids: Vec<Option<Id>> = incidents.iter().map(|id| Some(Id(id.0))).collect();
        let query = dsl::alarms
            .filter(dsl::incident_id.eq_any(ids))
            .order((dsl::created_at.asc(), dsl::id.asc()))
            .select(AlarmRow::as_select());
        let rows: Vec<AlarmRow> = self.query(|conn| query.load(conn))?;
        rows.into_iter().map(AlarmRow::alarm).collect()
    }

    fn newest_since(
        &mut self,
        connection: &str,
        topic: ConnectionTopic,
        channel: &str,
        event: AlarmEvent,
    ) -> Result<Option<Timestamp>, StoreError> {
        let query = dsl::alarms
            .filter(dsl::connection.eq(text(connection)))
            .filter(dsl::topic.eq(topic.to_string()))
            .filter(dsl::channel.eq(text(channel)))
            .filter(dsl::event.eq(event.to_string()))
            .select(max(dsl::since));
        maybe_time(self.query(|conn| query.get_result::<Option<Time>>(conn))?)
    }
}
