//! How long to wait. Doubt belongs to a delivery; an outage belongs to the connection.

use jiff::{SignedDuration, Timestamp};

/// Seconds before a delivery whose last tries ended unknown is tried again: time for the first
/// request to end on the other side, then ever slower.
const DOUBT: [i64; 5] = [30, 120, 600, 900, 1800];

/// Seconds before a connection that failed is tried again.
const OUTAGE: [i64; 6] = [5, 15, 60, 60, 300, 900];

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
