//! Alarms about incidents.

use diesel::dsl::{exists, min, not};
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper,
};
use jiff::Timestamp;
use sverka_app::ports::alarm::AlarmEvent;
use sverka_app::ports::store::{Alarm, AlarmState, Alarms, StoreError};
use sverka_domain::ids::IncidentId;

use crate::column::{maybe_time, text};
use crate::incident_row::AlarmRow;
use crate::query::{Cached, Tailed};
use crate::schema::incident_alarms::{self, dsl};
use crate::types::{Id, Time};
use crate::work::Work;

diesel::alias!(incident_alarms as earlier: Earlier);

impl Alarms for Work<'_> {
    fn queue(&mut self, alarm: &Alarm) -> Result<(), StoreError> {
        let insert = diesel::insert_into(dsl::incident_alarms).values(AlarmRow::new(alarm));
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
                    .field(incident_alarms::incident_id)
                    .eq(incident_alarms::incident_id),
            )
            .filter(
                earlier
                    .field(incident_alarms::channel)
                    .eq(incident_alarms::channel),
            )
            .filter(
                earlier
                    .field(incident_alarms::event)
                    .eq(AlarmEvent::Opened.to_string()),
            )
            .filter(
                earlier
                    .field(incident_alarms::state)
                    .eq(AlarmState::Queued.to_string()),
            );
        let is_first = dsl::event.eq(AlarmEvent::Opened.to_string());
        let query = dsl::incident_alarms
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
        let target = dsl::incident_alarms.filter(dsl::id.eq(row.id));
        let claim = diesel::update(target).set(dsl::next_try_at.eq(Time::from(lease_until)));
        self.query(|conn| Cached(claim).execute(conn))?;
        row.alarm().map(Some)
    }

    fn settle(&mut self, alarm: &Alarm) -> Result<(), StoreError> {
        let row = AlarmRow::new(alarm);
        let target = dsl::incident_alarms
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
        let query = dsl::incident_alarms
            .filter(dsl::channel.eq(text(channel)))
            .filter(dsl::state.eq(AlarmState::Queued.to_string()))
            .select(min(dsl::next_try_at));
        maybe_time(self.query(|conn| query.get_result::<Option<Time>>(conn))?)
    }

    fn of_incidents(&mut self, incidents: &[IncidentId]) -> Result<Vec<Alarm>, StoreError> {
        let ids: Vec<Id> = incidents.iter().map(|id| Id(id.0)).collect();
        let query = dsl::incident_alarms
            .filter(dsl::incident_id.eq_any(ids))
            .order((dsl::created_at.asc(), dsl::id.asc()))
            .select(AlarmRow::as_select());
        let rows: Vec<AlarmRow> = self.query(|conn| query.load(conn))?;
        rows.into_iter().map(AlarmRow::alarm).collect()
    }
}
