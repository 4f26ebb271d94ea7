//! What is usual at an account.
#![expect(clippy::float_arithmetic, reason = "probabilities, never money")]

use jiff::Timestamp;

/// Hours of a week. They are counted in UTC: which of them is which does not matter, only that it comes again.
const WEEK: usize = 168;
const DAY: usize = 24;
const HOUR_SECONDS: i64 = 3600;
/// An hour of the day counts as if it had been seen so many times more at the account's mean.
const DRAWN_TO_MEAN: f64 = 3.0;
/// An hour of the week counts as if it had been seen so many times more as that hour of any day.
const DRAWN_TO_DAY: f64 = 2.0;
/// Before anything is known one notification of twenty is lost, as if that had been seen at so many payments.
const LOSS_PRIOR: (f64, f64) = (1.0, 20.0);
/// Nobody's notifications are so good that the fourth loss in a row could be told from an accident by the third.
const LEAST_LOSS: f64 = 0.01;
/// A worse account is one whose notifications never came: that is no usual state to compare with.
const GREATEST_LOSS: f64 = 0.5;
/// Before anything is known a twentieth of attempts ends in a notified payment, as if seen at so many attempts.
const PAYING_PRIOR: (f64, f64) = (1.0, 20.0);
/// Longer silences are no less probable.
const LONGEST_HOURS: usize = 14 * DAY;

/// What one hour of an account came to, once it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hour {
    /// When it began; a whole hour.
    pub at: Timestamp,
    /// Attempts recorded in it.
    pub recorded: u32,
    /// Attempts paid in it whose notification came.
    pub heard: u32,
    /// Attempts paid in it whose notification did not.
    pub lost: u32,
}

/// What an account's history says is usual.
#[derive(Debug, Clone, PartialEq)]
pub struct Usual {
    /// By hour of the week: notifications seen, and in how many such hours, each with what it is drawn to.
    slots: Vec<(f64, f64)>,
    loss: f64,
    paying: f64,
}

impl Usual {
    /// What these hours teach. They must be complete: an hour without anything is one with zeros.
    #[must_use]
    pub fn learn(hours: &[Hour]) -> Self {
        let (mut week, mut day, mut all) = ([(0.0, 0.0); WEEK], [(0.0, 0.0); DAY], (0.0, 0.0));
        let (mut recorded, mut heard, mut lost) = (0.0, 0.0, 0.0);
        for hour in hours {
            let (slot, count) = (slot(hour.at.as_second()), f64::from(hour.heard));
            for (seen, times) in [&mut week[slot], &mut day[slot % DAY], &mut all] {
                *seen += count;
                *times += 1.0;
            }
            recorded += f64::from(hour.recorded);
            heard += count;
            lost += f64::from(hour.lost);
        }
        let mean = if all.1 > 0.0 { all.0 / all.1 } else { 0.0 };
        let slots = week
            .iter()
            .enumerate()
            .map(|(slot, (seen, times))| {
                let (of_day, days) = day[slot % DAY];
                let daily = (of_day + DRAWN_TO_MEAN * mean) / (days + DRAWN_TO_MEAN);
                (seen + DRAWN_TO_DAY * daily, times + DRAWN_TO_DAY)
            })
            .collect();
        Self {
            slots,
            loss: loss(lost, heard + lost),
            paying: ((heard + PAYING_PRIOR.0) / (recorded + PAYING_PRIOR.1)).min(0.95),
        }
    }

    /// How many notifications come between two times.
    #[must_use]
    pub fn expected(&self, from: Timestamp, to: Timestamp) -> f64 {
        self.parts(from, to)
            .map(|((seen, times), part)| seen / times * part)
            .sum()
    }

    /// The natural logarithm of the probability that none comes between two times. The rate of an hour is known only
    /// as well as its history tells (a gamma distribution), so that little history makes silence more probable.
    pub(super) fn silence(&self, from: Timestamp, to: Timestamp) -> f64 {
        self.parts(from, to)
            .map(|((seen, times), part)| seen * (times / (times + part)).ln())
            .sum()
    }

    /// The share of payments whose notification is lost, on the careful side.
    #[must_use]
    pub fn loss(&self) -> f64 {
        self.loss
    }

    /// The share of attempts that end in a payment with a notification.
    pub(super) fn paying(&self) -> f64 {
        self.paying
    }

    /// Each hour of the week that two times touch, and what part of it.
    fn parts(&self, from: Timestamp, to: Timestamp) -> impl Iterator<Item = ((f64, f64), f64)> {
        let (from, to) = (from.as_second(), to.as_second());
        let first = from.div_euclid(HOUR_SECONDS);
        let last = to.div_euclid(HOUR_SECONDS);
        (first..=last).take(LONGEST_HOURS).map(move |hour| {
            let begin = (hour * HOUR_SECONDS).max(from);
            let end = ((hour + 1) * HOUR_SECONDS).min(to);
            let seconds = u32::try_from((end - begin).max(0)).unwrap_or(0);
            (self.slots[slot(hour * HOUR_SECONDS)], f64::from(seconds) / 3600.0)
        })
    }
}

/// The share that is lost, and one standard error more.
fn loss(lost: f64, paid: f64) -> f64 {
    let trials = paid + LOSS_PRIOR.1;
    let share = (lost + LOSS_PRIOR.0) / trials;
    (share + (share * (1.0 - share) / trials).sqrt()).clamp(LEAST_LOSS, GREATEST_LOSS)
}

fn slot(second: i64) -> usize {
    let hour = second.div_euclid(HOUR_SECONDS).rem_euclid(168);
    usize::try_from(hour).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn hours(weeks: i64, heard: impl Fn(i64) -> u32) -> Vec<Hour> {
        let hour = |nth: i64| Hour {
            at: Timestamp::UNIX_EPOCH + SignedDuration::from_hours(nth),
            recorded: heard(nth) * 2,
            heard: heard(nth),
            lost: 0,
        };
        (0..weeks * 168).map(hour).collect()
    }

    fn at(hours: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours)
    }

    #[test]
    fn the_pace_is_that_of_the_hour_of_the_week() {
        let usual = Usual::learn(&hours(8, |nth| if nth % 24 < 8 { 0 } else { 20 }));
        let night = usual.expected(at(168), at(168 + 8));
        let day = usual.expected(at(168 + 8), at(168 + 16));
        assert!(night < 5.0, "{night}");
        assert!((day - 160.0).abs() < 4.0, "{day}");
        let half = usual.expected(at(178), at(178) + SignedDuration::from_mins(30));
        assert!((half - 10.0).abs() < 0.5, "{half}");
    }

    #[test]
    fn little_history_makes_silence_more_probable() {
        let (from, to) = (at(7 * 168 + 12), at(7 * 168 + 13));
        let silence = |weeks| Usual::learn(&hours(weeks, |_| 20)).silence(from, to);
        assert!(silence(8) < silence(1), "{} {}", silence(8), silence(1));
        assert!(silence(8) > -20.0, "never sharper than the Poisson probability");
        assert_eq!(Usual::learn(&[]).silence(from, to), 0.0, "nothing is known");
    }

    #[test]
    fn the_loss_is_learned_from_both_sides_and_stays_within_bounds() {
        assert!((0.08..0.11).contains(&Usual::learn(&[]).loss()));
        let perfect = Usual::learn(&hours(8, |_| 20));
        assert_eq!(perfect.loss(), LEAST_LOSS);
        let hopeless: Vec<Hour> = hours(8, |_| 20)
            .into_iter()
            .map(|hour| Hour {
                heard: 0,
                lost: 20,
                ..hour
            })
            .collect();
        assert_eq!(Usual::learn(&hopeless).loss(), GREATEST_LOSS);
    }
}
