//! A load at work: batches of lines in transactions of their own, then what is missing, then the end.

use jiff::Timestamp;
use sverka_domain::ids::RegistryId;

use super::compare::compare_lines;
use super::tally::Tally;
use crate::App;
use crate::ports::registry::Numbered;
use crate::ports::store::{Registry, StoreError};

/// So many lines in a transaction: notifications that come meanwhile wait for a fraction of a second at most.
pub(super) const BATCH: usize = 500;
/// So many lines are removed in a transaction.
const DISCARDED: u32 = 5_000;

/// A load.
pub(super) struct Loading {
    pub(super) app: App,
    pub(super) registry: Registry,
    pub(super) tally: Tally,
}

impl Loading {
    /// Begins a load.
    pub(super) async fn begin(app: &App, registry: Registry) -> Result<Self, StoreError> {
        let row = registry.clone();
        app.store().write(move |tx| tx.registries().begin(&row)).await?;
        Ok(Self {
            app: app.clone(),
            registry,
            tally: Tally::default(),
        })
    }

    /// Compares a batch and writes it.
    pub(super) async fn add(mut self, batch: Vec<Numbered>) -> Result<Self, (RegistryId, StoreError)> {
        let id = self.registry.id;
        let app = self.app.clone();
        let (loading, healed) = app
            .store()
            .write(move |tx| {
                let now = self.app.now();
                let app = self.app.clone();
                let lines = compare_lines(&app, tx, &self.registry, &mut self.tally, batch, now)?;
                let before = self.tally.counts.healed;
                for line in &lines {
                    self.tally.count(line);
                }
                tx.registries().add_lines(id, &lines, now)?;
                let healed = self.tally.counts.healed > before;
                Ok::<_, StoreError>((self, healed))
            })
            .await
            .map_err(|error| (id, error))?;
        if healed {
            app.nudges().deliver();
            app.nudges().ask_banks();
        }
        Ok(loading)
    }

    /// Adds what is missing, and ends the load.
    pub(super) async fn complete(
        mut self,
        missing_in: Option<(Timestamp, Timestamp)>,
    ) -> Result<Registry, (RegistryId, StoreError)> {
        let id = self.registry.id;
        let app = self.app.clone();
        app.store()
            .write(move |tx| {
                if let Some(period) = missing_in {
                    let position = self.tally.position;
                    self.tally.counts.missing =
                        tx.registries().add_missing(&self.registry, period, position)?;
                }
                self.registry.counts = self.tally.counts;
                tx.registries().complete(&self.registry)?;
                Ok::<_, StoreError>(self.registry)
            })
            .await
            .map_err(|error| (id, error))
    }
}

impl App {
    /// Removes a load that will not be completed.
    pub(super) async fn discard_load(&self, id: RegistryId) -> Result<(), StoreError> {
        loop {
            let gone = self
                .store()
                .write(move |tx| tx.registries().discard(id, DISCARDED))
                .await?;
            if gone {
                return Ok(());
            }
        }
    }

    /// The same after a failure, which is told even if this fails too: the next tidying finds what is left.
    pub(super) async fn give_up_load(&self, id: RegistryId) {
        if let Err(error) = self.discard_load(id).await {
            tracing::warn!(registry = %id, error = %error, "a registry that could not be loaded is not removed yet");
        }
    }
}
