//! Deliveries whose worker died between intent and verdict: nobody knows, so they are in doubt.

use sverka_domain::delivery::{self, DeliveryEvent, Step};

use super::settle::{keep, tell};
use crate::App;
use crate::attempts::{Change, Entry};
use crate::ports::store::{EventKind, EventSource, StoreError};

/// So many at once.
const BATCH: u32 = 100;

impl App {
    /// Finds deliveries that were being sent when their worker died, and puts them in doubt. Returns how many.
    ///
    /// # Errors
    /// The store failed.
    pub async fn recover_lost_deliveries(&self) -> Result<usize, StoreError> {
        let now = self.now();
        let lost = self
            .store()
            .read(move |tx| tx.deliveries().lost(now, BATCH))
            .await?;
        let found = lost.len();
        for delivery in lost {
            let (app, id) = (self.clone(), delivery.id);
            self.store()
                .write(move |tx| {
                    let now = app.now();
                    let Some(attempt) = tx.attempts().get(delivery.attempt_id)? else {
                        return Ok(());
                    };
                    let Some(current) = tx.deliveries().get(id)? else {
                        return Ok(());
                    };
                    if current.lease.is_some_and(|(_, until)| until > now) {
                        return Ok(());
                    }
                    let settling = app.settling_of(current.connection.as_deref());
                    let Ok(Step::Moved(mut doubted)) =
                        delivery::apply(&current, DeliveryEvent::Lost { settling, at: now })
                    else {
                        return Ok(());
                    };
                    let mut change = Change { app: &app, tx, now };
                    keep(&mut change, &mut doubted)?;
                    let mut entry = Entry::system(EventKind::DeliverySent, EventSource::System);
                    entry.delivery = Some((id, doubted.tries));
                    entry.reason.clone_from(&doubted.last_error);
                    tell(&mut change, attempt, (&current, &doubted), entry)
                })
                .await?;
        }
        Ok(found)
    }
}
