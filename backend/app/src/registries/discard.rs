//! What loads that died left behind.

use jiff::SignedDuration;

use crate::App;
use crate::ports::store::StoreError;

/// A load that wrote nothing for so long is dead: a batch takes a second.
const DEAD_AFTER: SignedDuration = SignedDuration::from_mins(10);

impl App {
    /// Removes what loads that died left behind. Returns how many there were. What they healed stays: it was true.
    ///
    /// # Errors
    /// The store failed.
    pub async fn discard_abandoned_registries(&self) -> Result<usize, StoreError> {
        let before = self.now() - DEAD_AFTER;
        let dead = self
            .store()
            .read(move |tx| tx.registries().abandoned(before))
            .await?;
        for id in &dead {
            self.discard_load(*id).await?;
        }
        Ok(dead.len())
    }
}
