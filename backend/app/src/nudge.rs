//! Waking a worker up before its timer: a hint within the process, never the only way.

use std::sync::Arc;

use tokio::sync::Notify;

/// The bells of the workers.
#[derive(Clone, Default)]
pub struct Nudges {
    bank: Arc<Notify>,
    delivery: Arc<Notify>,
    alarm: Arc<Notify>,
    bulk: Arc<Notify>,
}

impl Nudges {
    /// There is a bank to ask.
    pub fn ask_banks(&self) {
        self.bank.notify_waiters();
    }

    /// There is something to deliver.
    pub fn deliver(&self) {
        self.delivery.notify_waiters();
    }

    /// There is something to tell people.
    pub fn alarm(&self) {
        self.alarm.notify_waiters();
    }

    /// There is an action on many attempts to go through.
    pub fn bulk_work(&self) {
        self.bulk.notify_waiters();
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
