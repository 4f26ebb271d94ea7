//! Timelines, for a crowd.

use sverka_app::ports::store::{Event, Events, Page, StoreError, TimelineEntry, Total};
use sverka_domain::ids::AttemptId;

use super::overlay::Overlay;

impl Events for Overlay<'_, '_> {
    fn append(&mut self, event: &Event) -> Result<(), StoreError> {
        self.known.events.push(event.clone());
        Ok(())
    }

    fn list(&mut self, _attempt_id: AttemptId, _page: Page) -> Result<Vec<TimelineEntry>, StoreError> {
        self.strays()
    }

    fn count(&mut self, _attempt_id: AttemptId, _cap: u64) -> Result<Total, StoreError> {
        self.strays()
    }
}
