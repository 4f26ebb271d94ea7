//! How long to wait. Doubt belongs to a delivery; an outage belongs to the connection.

use jiff::{SignedDuration, Timestamp};

/// Seconds before a delivery whose last tries ended unknown is tried again: time for the first
/// request to end on the other side, then ever slower.
const DOUBT: [i64; 5] = [30, 120, 600, 900, 1800];

/// Seconds before a connection that failed is tried again.
const OUTAGE: [i64; 6] = [5, 15, 60, 60, 300, 900];

/// Seconds before a delivery that the system's own handler refused, perhaps only because of a lock, is tried again.
const SLOW: [i64; 3] = [300, 1800, 7200];
/// After so many such refusals a person has to look.
pub const SLOW_TRIES: u32 = 3;

/// Seconds before a repeat when the system says that an earlier try is still under way.
const BUSY: [i64; 4] = [5, 30, 120, 600];

/// When the system is searched for a second document, one entered by hand while we were sending: some minutes
/// after, and then in three nights, in seconds from the one before.
const SWEEPS: [i64; 4] = [600, 86_400, 86_400, 86_400];

/// When to try again after `refusals` of the system's own handler in a row (1 = the first).
#[must_use]
pub fn slow_pause(refusals: u32, now: Timestamp, key: u128) -> Timestamp {
    now + spread(step(&SLOW, refusals), key)
}

/// When to try again while an earlier try is under way over there, for the `times`th time (1 = the first).
#[must_use]
pub fn busy_pause(times: u32, now: Timestamp, key: u128) -> Timestamp {
    now + spread(step(&BUSY, times), key)
}

/// When to sweep for doubles after `sweeps` of them (0 = none so far); `None` when there were enough.
#[must_use]
pub fn sweep_pause(sweeps: u32, now: Timestamp, key: u128) -> Option<Timestamp> {
    let seconds = SWEEPS.get(sweeps as usize)?;
    Some(now + spread(*seconds, key))
}

/// When to try again after `doubts` unknown answers in a row (1 = the first).
#[must_use]
pub fn doubt_pause(doubts: u32, now: Timestamp, key: u128) -> Timestamp {
    now + spread(step(&DOUBT, doubts), key)
}

/// When to use a connection again after `failures` in a row (1 = the first).
#[must_use]
pub fn connection_pause(failures: u32, now: Timestamp, key: u128) -> Timestamp {
    now + spread(step(&OUTAGE, failures), key)
}

fn step(table: &[i64], nth: u32) -> i64 {
    let at = (nth.max(1) as usize - 1).min(table.len() - 1);
    table[at]
}

/// Up to a fifth more, by the key, so that many waits do not end at once.
fn spread(seconds: i64, key: u128) -> SignedDuration {
    let fifth = (seconds * 200).unsigned_abs();
    let extra = u64::try_from(key % u128::from(fifth.max(1))).unwrap_or(0);
    SignedDuration::from_millis(seconds * 1000 + i64::try_from(extra).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_then_stay() {
        let now = Timestamp::UNIX_EPOCH;
        let waits: Vec<i64> = (1..=8).map(|n| connection_pause(n, now, 0).as_second()).collect();
        assert_eq!(waits, [5, 15, 60, 60, 300, 900, 900, 900]);
        let doubts: Vec<i64> = (1..=6).map(|n| doubt_pause(n, now, 0).as_second()).collect();
        assert_eq!(doubts, [30, 120, 600, 900, 1800, 1800]);
    }

    #[test]
    fn a_spread_adds_a_fifth_at_most() {
        for key in [1, 999, u128::MAX] {
            let wait = doubt_pause(1, Timestamp::UNIX_EPOCH, key).as_millisecond();
            assert!((30_000..36_000).contains(&wait), "{wait}");
        }
    }
}
