//! Waking a worker up before its timer: a hint within the process and, where several share a store, to the others. Never
//! the only way.

use std::sync::{Arc, OnceLock};

use tokio::sync::Notify;

use crate::ports::bells::{Bell, Bells};

/// The bells of the workers.
#[derive(Clone, Default)]
pub struct Nudges {
    bank: Arc<Notify>,
    delivery: Arc<Notify>,
    alarm: Arc<Notify>,
    bulk: Arc<Notify>,
    others: Arc<OnceLock<Arc<dyn Bells>>>,
}

impl Nudges {
    /// From now on the other processes are told too. The first call counts.
    pub fn tell(&self, others: Arc<dyn Bells>) {
        self.others.get_or_init(|| others);
    }

    /// The same bells, of this process alone: for who hears the others.
    #[must_use]
    pub fn here(&self) -> Self {
        Self {
            others: Arc::default(),
            ..self.clone()
        }
    }

    /// Rings here only: another process said so.
    pub fn hear(&self, bell: Bell) {
        match bell {
            Bell::AskBanks => &self.bank,
            Bell::Deliver => &self.delivery,
            Bell::Alarm => &self.alarm,
            Bell::BulkWork => &self.bulk,
        }
        .notify_waiters();
    }

    fn ring(&self, bell: Bell) {
        self.hear(bell);
        if let Some(others) = self.others.get() {
            others.ring(bell);
        }
    }

    /// There is a bank to ask.
    pub fn ask_banks(&self) {
        self.ring(Bell::AskBanks);
    }

    /// There is something to deliver.
    pub fn deliver(&self) {
        self.ring(Bell::Deliver);
    }

    /// There is something to tell people.
    pub fn alarm(&self) {
        self.ring(Bell::Alarm);
    }

    /// There is an action on many attempts to go through.
    pub fn bulk_work(&self) {
        self.ring(Bell::BulkWork);
    }

    /// The bell of the bank poller.
    #[must_use]
    pub fn bank(&self) -> &Notify {
        &self.bank
    }

    /// The bell of the delivery workers.
    #[must_use]
    pub fn delivery(&self) -> &Notify {
        &self.delivery
    }

    /// The bell of actions on many attempts.
    #[must_use]
    pub fn bulk(&self) -> &Notify {
        &self.bulk
    }

    /// The bell of the alarms.
    #[must_use]
    pub fn alarms(&self) -> &Notify {
        &self.alarm
    }
}
