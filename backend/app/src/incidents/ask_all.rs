//! Asking the bank about everything that an incident left open.

use sverka_domain::ids::IncidentId;

use super::GetIncidentError;
use super::get::find;
use super::span::span;
use crate::App;

/// So many at once: an hour of the busiest account. The lane asks about them one by one, within its limit.
const MOST: u32 = 10_000;

impl App {
    /// Makes every attempt of an incident that may still tell something the next to be asked about. Returns how many.
    ///
    /// # Errors
    /// [`GetIncidentError`].
    pub async fn ask_about_incident(&self, id: IncidentId) -> Result<u64, GetIncidentError> {
        let now = self.now();
        let queued = self
            .store()
            .write(move |tx| {
                let its = span(&find(tx, id)?, now);
                Ok::<_, GetIncidentError>(tx.pace().ask_about_missing(&its, MOST)?)
            })
            .await?;
        self.nudges().ask_banks();
        Ok(queued)
    }
}
