//! When a payment is looked at again: a refund made in the bank's cabinet, a reversal or a chargeback comes without
//! a notification.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

/// The nights in which a payment is looked at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rechecks {
    /// So many days after the day of the payment (0: in the night after it), in order. After the last one the bank's
    /// answer stands.
    pub days: Vec<u16>,
    /// So long after the merchant's midnight: until midnight gateways void what was paid that day.
    pub after_midnight: SignedDuration,
    /// The payments of a day are spread over so long, in the order in which they were made.
    pub spread: SignedDuration,
    /// When the bank does not answer such a question, it is asked again after so long.
    pub again_after: SignedDuration,
}

impl Rechecks {
    /// The night after the payment, then 1, 3, 7 and 30 days later, from 00:30 to 04:30: five questions a payment, so 75 000
    /// payments a day make some 26 of them a second in those hours, and 1 000 one in three seconds.
    #[must_use]
    pub fn card_payments() -> Self {
        Self {
            days: vec![0, 1, 3, 7, 30],
            after_midnight: SignedDuration::from_mins(30),
            spread: SignedDuration::from_hours(4),
            again_after: SignedDuration::from_hours(1),
        }
    }

    /// The first time to look again at what was paid at `paid_at` and last answered for at `answered_at`, if any is left.
    #[must_use]
    pub fn next(&self, paid_at: Timestamp, answered_at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let mut nights = self.days.iter().map(|day| self.night(paid_at, *day, zone));
        nights.find_map(|night| night.filter(|night| *night > answered_at))
    }

    /// `None` at the end of the calendar.
    fn night(&self, paid_at: Timestamp, day: u16, zone: &TimeZone) -> Option<Timestamp> {
        let paid = paid_at.to_zoned_datetime(zone.clone());
        let into_the_day = paid.duration_since(&paid.start_of_day().ok()?).as_secs();
        let turn = self.spread.as_secs() * into_the_day / (24 * 3600);
        let later = Span::new().try_days(i64::from(day) + 1).ok()?;
        let midnight = paid.checked_add(later).ok()?.start_of_day().ok()?;
        Some(midnight.timestamp() + self.after_midnight + SignedDuration::from_secs(turn))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(paid_at: &str, answered_at: &str) -> Option<String> {
        let zone = TimeZone::fixed(jiff::tz::offset(3));
        let next =
            Rechecks::card_payments().next(paid_at.parse().unwrap(), answered_at.parse().unwrap(), &zone);
        next.map(|next| next.to_zoned_datetime(zone).strftime("%F %T").to_string())
    }

    #[test]
    fn a_payment_is_looked_at_in_the_merchants_night_and_then_more_seldom() {
        // 12:00 in the merchant's zone: the middle of the spread.
        let paid = "2026-11-24T09:00:00Z";
        let mut answered = paid.to_owned();
        let mut nights = Vec::new();
        while let Some(night) = next(paid, &answered) {
            answered = format!("{}+03", night.replace(' ', "T"));
            nights.push(night);
        }
        let expected = [
            "2026-11-25 02:30:00",
            "2026-11-26 02:30:00",
            "2026-11-28 02:30:00",
            "2026-12-02 02:30:00",
            "2026-12-25 02:30:00",
        ];
        assert_eq!(nights, expected);
    }

    #[test]
    fn the_day_is_the_merchants_and_a_days_payments_are_spread() {
        // 00:00 and 23:59 of the same day in the merchant's zone.
        let first = next("2026-11-23T21:00:00Z", "2026-11-23T21:00:00Z");
        let last = next("2026-11-24T20:59:00Z", "2026-11-24T20:59:00Z");
        assert_eq!(first.unwrap(), "2026-11-25 00:30:00");
        assert_eq!(last.unwrap(), "2026-11-25 04:29:50");
    }

    #[test]
    fn an_answer_that_came_late_stands_for_all_the_nights_before_it() {
        let after_a_week = next("2026-11-24T09:00:00Z", "2026-12-02T12:00:00Z");
        assert_eq!(after_a_week.unwrap(), "2026-12-25 02:30:00");
        assert_eq!(next("2026-11-24T09:00:00Z", "2027-01-01T00:00:00Z"), None);
    }
}
