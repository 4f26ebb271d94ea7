//! Timelines. What is added stays as it is: triggers in the database refuse anything else.

use diesel::dsl::sql;
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl, RunQueryDsl,
    SelectableHelper,
};
use diesel::sql_types::Integer;
use sverka_app::ports::store::{Event, Events, Page, StoreError, TimelineEntry, Total};
use sverka_domain::ids::AttemptId;

use crate::attempts::Cap;
use crate::event_row::EventRow;
use crate::notification_row::NotificationRow;
use crate::query::Count;
use crate::schema::{attempt_events, bank_notifications, delivery_tries};
use crate::tries::TryRow;
use crate::types::{Id, Time};
use crate::work::Work;

type Rows = Vec<(EventRow, Option<NotificationRow>, Option<TryRow>)>;

impl Events for Work<'_> {
    fn append(&mut self, event: &Event) -> Result<(), StoreError> {
        let Some(row) = self.keep_event(EventRow::new(event)?)? else {
            return Ok(());
        };
        self.query(|conn| {
            diesel::insert_into(attempt_events::table)
                .values(&row)
                .execute(conn)
        })?;
        Ok(())
    }

    fn list(&mut self, attempt_id: AttemptId, page: Page) -> Result<Vec<TimelineEntry>, StoreError> {
        let notification = attempt_events::notification_id.eq(bank_notifications::id.nullable());
        let its_try = attempt_events::delivery_id
            .eq(delivery_tries::delivery_id.nullable())
            .and(attempt_events::try_number.eq(delivery_tries::number.nullable()));
        let of_attempt = attempt_events::table
            .left_join(bank_notifications::table.on(notification))
            .left_join(delivery_tries::table.on(its_try))
            .filter(attempt_events::attempt_id.eq(Id(attempt_id.0)))
            .order((attempt_events::at.desc(), attempt_events::id.desc()))
            .limit(i64::from(page.limit))
            .select((
                EventRow::as_select(),
                Option::<NotificationRow>::as_select(),
                Option::<TryRow>::as_select(),
            ));
        let rows: Rows = match page.after {
            None => self.query(|conn| of_attempt.load(conn))?,
            Some(cursor) => {
                let (at, id) = (Time::from(cursor.at), Id(cursor.id));
                let older = attempt_events::at
                    .le(at)
                    .and(attempt_events::at.lt(at).or(attempt_events::id.lt(id)));
                self.query(|conn| of_attempt.filter(older).load(conn))?
            }
        };
        rows.into_iter().map(entry).collect()
    }

    fn count(&mut self, attempt_id: AttemptId, cap: u64) -> Result<Total, StoreError> {
        let cap = Cap::new(cap);
        let some = attempt_events::table
            .filter(attempt_events::attempt_id.eq(Id(attempt_id.0)))
            .select(sql::<Integer>("1"))
            .limit(cap.limit());
        let found = self.query(|conn| Count(some).get_result(conn))?;
        Ok(cap.total(found))
    }
}

fn entry(
    (event, notification, its_try): (EventRow, Option<NotificationRow>, Option<TryRow>),
) -> Result<TimelineEntry, StoreError> {
    Ok((
        event.event()?,
        notification.map(NotificationRow::notification).transpose()?,
        its_try.map(TryRow::into_try).transpose()?,
    ))
}
