//! Time that can be moved, and chance that repeats itself.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use sverka_app::ports::clock::{Chance, Clock};
use uuid::Uuid;

/// The real time and an offset. Real at the start, because signatures of webhooks are good for five minutes of the
/// receiver's time: a scenario that delivers must not move further than that.
#[derive(Default)]
pub struct MovedClock {
    offset_micros: AtomicI64,
}

impl MovedClock {
    /// Moves the time on.
    pub fn advance(&self, by: SignedDuration) {
        let micros = i64::try_from(by.as_micros()).unwrap();
        self.offset_micros.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for MovedClock {
    #[expect(clippy::disallowed_methods, reason = "the tests' one clock")]
    fn now(&self) -> Timestamp {
        let micros = Timestamp::now().as_microsecond() + self.offset_micros.load(Ordering::SeqCst);
        Timestamp::from_microsecond(micros).unwrap()
    }
}

/// Identifiers and secrets from a counter: the same in every run, and in order.
#[derive(Default)]
pub(super) struct CountedChance {
    next: AtomicU64,
}

impl Chance for CountedChance {
    fn id(&self, at: Timestamp) -> Uuid {
        let nth = self.next.fetch_add(1, Ordering::SeqCst);
        let mut tail = [0_u8; 10];
        tail[2..].copy_from_slice(&nth.to_be_bytes());
        let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }

    fn secret(&self) -> [u8; 32] {
        let nth = self.next.fetch_add(1, Ordering::SeqCst);
        Sha256::digest(nth.to_be_bytes()).into()
    }
}
