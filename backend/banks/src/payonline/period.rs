//! Which periods to ask List about: it takes three days at most.

use jiff::{SignedDuration, Timestamp};

const LONGEST: SignedDuration = SignedDuration::from_secs(3 * 24 * 3600 - 1);
/// Their clock and ours may differ.
const SLACK: SignedDuration = SignedDuration::from_hours(1);
/// Refunds are looked for over three months: later ones are for the settlement file to tell.
const MOST: usize = 30;

/// A period, both ends included.
pub(super) type Period = (Timestamp, Timestamp);

/// The days in which the client of an attempt tries to pay.
pub(super) fn of_paying(created_at: Timestamp, now: Timestamp) -> Period {
    let from = created_at - SLACK;
    (from, (from + LONGEST).min(now.max(created_at) + SLACK))
}

/// The days in which money may have gone back, newest first.
pub(super) fn of_refunds(paid_at: Timestamp, now: Timestamp) -> Vec<Period> {
    let (start, mut till) = (paid_at - SLACK, now.max(paid_at) + SLACK);
    let mut periods = Vec::new();
    while till >= start && periods.len() < MOST {
        let from = (till - LONGEST).max(start);
        periods.push((from, till));
        till = from - SignedDuration::from_secs(1);
    }
    periods
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_touch_and_none_is_longer_than_three_days() {
        let paid = Timestamp::UNIX_EPOCH;
        let now = paid + SignedDuration::from_hours(10 * 24);
        let periods = of_refunds(paid, now);
        assert_eq!(periods.len(), 4);
        assert_eq!(periods[0].1, now + SLACK);
        assert_eq!(periods[3].0, paid - SLACK);
        for two in periods.windows(2) {
            assert_eq!(two[0].0.duration_since(two[1].1), SignedDuration::from_secs(1));
        }
        for (from, till) in periods {
            assert!(till.duration_since(from) < SignedDuration::from_hours(72));
        }
    }

    #[test]
    fn the_search_for_refunds_ends() {
        let paid = Timestamp::UNIX_EPOCH;
        assert_eq!(
            of_refunds(paid, paid + SignedDuration::from_hours(24 * 365)).len(),
            MOST
        );
    }

    #[test]
    fn a_fresh_attempt_is_looked_for_until_now() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(of_paying(now, now), (now - SLACK, now + SLACK));
    }
}
