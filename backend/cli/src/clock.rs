//! The one place that knows the real time and real chance.

use jiff::Timestamp;
use rand::RngExt as _;
use sverka_app::ports::clock::{Chance, Clock};
use uuid::{ContextV7, Uuid};

/// The system's clock, in whole microseconds: what both databases keep.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the program's one clock")]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }
}

/// The system's randomness.
pub(crate) struct SystemChance {
    ids: std::sync::Mutex<ContextV7>,
}

impl SystemChance {
    pub(crate) fn new() -> Self {
        Self {
            ids: std::sync::Mutex::new(ContextV7::new()),
        }
    }
}

impl Chance for SystemChance {
    fn id(&self, at: Timestamp) -> Uuid {
        let seconds = u64::try_from(at.as_second()).unwrap_or(0);
        let nanos = u32::try_from(at.subsec_nanosecond()).unwrap_or(0);
        // Ids that are made in the same millisecond still come in order.
        let ids = self.ids.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Uuid::new_v7(uuid::Timestamp::from_unix(&*ids, seconds, nanos))
    }

    #[expect(clippy::disallowed_methods, reason = "the program's one source of chance")]
    fn secret(&self) -> [u8; 32] {
        rand::rng().random()
    }
}
