//! Everything that the use cases need, in one cheap handle.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::catalog::Catalog;
use crate::checkout::Turns;
use crate::nudge::Nudges;
use crate::ports::accounting::Connections;
use crate::ports::alarm::Channels;
use crate::ports::bank::Banks;
use crate::ports::callback_sender::CallbackSender;
use crate::ports::clock::{Chance, Clock};
use crate::ports::registry::Files;
use crate::ports::store::Store;

/// What an [`App`] is made of.
pub struct Parts {
    /// The store.
    pub store: Store,
    /// The bank accounts.
    pub banks: Banks,
    /// The connections to accounting systems.
    pub connections: Connections,
    /// Where alarms go.
    pub channels: Channels,
    /// Merchants and payment types.
    pub catalog: Catalog,
    /// Sends notifications of our own to the public address.
    pub callback_sender: Arc<dyn CallbackSender>,
    /// The forms of registry files.
    pub registry_files: Files,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Identifiers and secrets.
    pub chance: Arc<dyn Chance>,
}

/// The use cases. Cloning it is cheap.
#[derive(Clone)]
pub struct App {
    parts: Arc<Parts>,
    nudges: Nudges,
    turns: Turns,
    raw_kept: Option<SignedDuration>,
}

impl App {
    /// The use cases over these parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self {
            parts: Arc::new(parts),
            nudges: Nudges::default(),
            turns: Turns::default(),
            raw_kept: None,
        }
    }

    /// The same, and the raw form of notifications is kept for so long; without this it is kept for ever.
    #[must_use]
    pub fn keeping_raw_notifications(self, kept: Option<SignedDuration>) -> Self {
        Self {
            raw_kept: kept,
            ..self
        }
    }

    /// How long the raw form of notifications is kept; `None`: for ever.
    pub(crate) fn raw_kept(&self) -> Option<SignedDuration> {
        self.raw_kept
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.parts.store
    }

    /// The bank accounts.
    #[must_use]
    pub fn banks(&self) -> &Banks {
        &self.parts.banks
    }

    /// The connections to accounting systems.
    #[must_use]
    pub fn connections(&self) -> &Connections {
        &self.parts.connections
    }

    /// Where alarms go.
    #[must_use]
    pub fn channels(&self) -> &Channels {
        &self.parts.channels
    }

    /// Merchants and payment types.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.parts.catalog
    }

    /// Sends notifications of our own to the public address.
    #[must_use]
    pub(crate) fn callback_sender(&self) -> &dyn CallbackSender {
        &*self.parts.callback_sender
    }

    /// The forms of registry files.
    #[must_use]
    pub fn registry_files(&self) -> &Files {
        &self.parts.registry_files
    }

    /// How workers are woken up.
    #[must_use]
    pub fn nudges(&self) -> &Nudges {
        &self.nudges
    }

    /// Whose checkout is under way in this process.
    pub(crate) fn turns(&self) -> &Turns {
        &self.turns
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.parts.clock.now()
    }

    /// A new id for something that appears at `at`.
    #[must_use]
    pub(crate) fn id(&self, at: Timestamp) -> Uuid {
        self.parts.chance.id(at)
    }

    /// 32 bytes that nobody can guess.
    #[must_use]
    pub(crate) fn secret(&self) -> [u8; 32] {
        self.parts.chance.secret()
    }
}
