//! Timelines, for a crowd.

use sverka_app::ports::store::{Event, Events, Page, StoreError, TimelineEntry, Total};
use sverka_domain::ids::AttemptId;

use super::overlay::Overlay;

impl Events for Overlay<'_, '_> {
    fn append(&mut self, event: &Event) -> Result<(), StoreError> {
        self.known.events.push(event.clone());
        Ok(())
    }

    fn list(&mut self, attempt_id: AttemptId, page: Page) -> Result<Vec<TimelineEntry>, StoreError> {
        Events::list(self.astray(), attempt_id, page)
    }

    fn count(&mut self, attempt_id: AttemptId, cap: u64) -> Result<Total, StoreError> {
        Events::count(self.astray(), attempt_id, cap)
    }
}
