//! Time that can be moved, and chance that repeats itself.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use sverka_app::ports::clock::{Chance, Clock};
use uuid::Uuid;

/// No time was set: it goes by the machine's.
const RUNS: i64 = i64::MIN;

/// The real time and an offset. Real at the start, because signatures of webhooks are good for five minutes of the
/// receiver's time: a scenario that delivers must not move further than that, unless it moves the simulator's clock, too.
pub struct MovedClock {
    offset_micros: AtomicI64,
    stands_at_micros: AtomicI64,
}

impl Default for MovedClock {
    fn default() -> Self {
        Self {
            offset_micros: AtomicI64::new(0),
            stands_at_micros: AtomicI64::new(RUNS),
        }
    }
}

impl MovedClock {
    /// Moves the time on.
    pub fn advance(&self, by: SignedDuration) {
        let micros = i64::try_from(by.as_micros()).unwrap();
        self.offset_micros.fetch_add(micros, Ordering::SeqCst);
    }

    /// From now on the clock stands still, at this time.
    pub fn stand_at(&self, at: Timestamp) {
        self.stands_at_micros.store(at.as_microsecond(), Ordering::SeqCst);
        self.offset_micros.store(0, Ordering::SeqCst);
    }
}

impl Clock for MovedClock {
    #[expect(clippy::disallowed_methods, reason = "the tests' one clock")]
    fn now(&self) -> Timestamp {
        let base = match self.stands_at_micros.load(Ordering::SeqCst) {
            RUNS => Timestamp::now().as_microsecond(),
            stands_at => stands_at,
        };
        let micros = base + self.offset_micros.load(Ordering::SeqCst);
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
