//! From a configuration to the use cases.

use std::sync::Arc;

use sverka_app::ports::clock::{Chance, Clock};
use sverka_app::ports::store::Store;
use sverka_app::{App, Parts};
use sverka_banks::HttpCallbackSender;
use sverka_storage::{Storage, StorageSettings};

use crate::clock::{SystemChance, SystemClock};
use crate::config::Config;
use crate::failure::Failure;

/// The use cases over the configured adapters and the real clock.
pub(crate) fn app(config: &Config) -> Result<App, Failure> {
    let storage = Storage::open(&StorageSettings {
        read_url: config.database_read_url.clone(),
        ..StorageSettings::new(config.database_url.clone())
    })?;
    Ok(over(
        config,
        Store::new(Arc::new(storage)),
        Arc::new(SystemClock),
        chance(),
    ))
}

/// Connects the bells of the workers with those of the other processes on the same database.
pub(crate) fn bells(config: &Config, app: &App) -> Result<(), Failure> {
    let here = app.nudges().here();
    if let Some(others) = sverka_storage::bells(&config.database_url, move |bell| here.hear(bell))? {
        app.nudges().tell(others);
    }
    Ok(())
}

/// The use cases over a store that is open, with a clock of one's own.
pub(crate) fn over(config: &Config, store: Store, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>) -> App {
    App::new(Parts {
        store,
        banks: config.banks.clone(),
        connections: config.connections.clone(),
        channels: config.channels.clone(),
        catalog: config.catalog.clone(),
        callback_sender: Arc::new(HttpCallbackSender::default()),
        registry_files: Arc::new(sverka_registries::KnownFiles),
        clock,
        chance,
    })
    .keeping_raw_notifications(config.raw_kept)
}

/// The system's chance.
pub(crate) fn chance() -> Arc<dyn Chance> {
    Arc::new(SystemChance::new())
}
