//! The first look at a whole file: whether all of it can be read, and what it comes to. Nothing is stored before.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sverka_domain::money::Currency;
use sverka_domain::registry::{Declared, Line, LineKind, Sums};

use crate::ports::registry::{RegistryReader, Told, Unreadable};

/// What the lines come to.
#[derive(Debug, Clone, Default)]
pub(super) struct Survey {
    /// How many lines.
    pub(super) lines: u64,
    /// The currency of the first line: the one of the sums.
    pub(super) currency: Option<Currency>,
    /// Over the lines in it.
    pub(super) sums: Sums,
    /// The first and the last payment.
    payments: Option<(Timestamp, Timestamp)>,
    /// What the file says of itself.
    told: Told,
}

impl Survey {
    /// Reads a file to its end.
    pub(super) fn read(reader: &mut dyn RegistryReader) -> Result<Self, Unreadable> {
        let mut survey = Self::default();
        while let Some(numbered) = reader.next()? {
            survey.add(&numbered.line);
        }
        survey.told = reader.told();
        Ok(survey)
    }

    /// Counts one line in.
    pub(super) fn add(&mut self, line: &Line) {
        self.lines += 1;
        let currency = *self.currency.get_or_insert(line.amount.currency);
        if line.amount.currency == currency {
            self.sums.add(line);
        }
        if line.kind == LineKind::Payment {
            let (first, last) = self.payments.unwrap_or((line.at, line.at));
            self.payments = Some((first.min(line.at), last.max(line.at)));
        }
    }

    /// The file's own sums.
    pub(super) fn declared(&self) -> Declared {
        self.told.declared
    }

    /// Whether it lists payments at all: some banks send refunds in a file of their own.
    pub(super) fn has_payments(&self) -> bool {
        self.payments.is_some()
    }

    /// The time that the file covers: what it says, or the whole days of its payments. A file that was made in the
    /// middle of a day covers it up to its last payment.
    pub(super) fn period(&self, timezone: &str, now: Timestamp) -> Option<(Timestamp, Timestamp)> {
        if self.told.period.is_some() {
            return self.told.period;
        }
        let (first, last) = self.payments?;
        let zone = TimeZone::get(timezone).unwrap_or(TimeZone::UTC);
        let begin = first.to_zoned_datetime(zone.clone()).start_of_day();
        let end = last
            .to_zoned_datetime(zone)
            .tomorrow()
            .and_then(|day| day.start_of_day());
        let begin = begin.map_or(first, |begin| begin.timestamp());
        let after_last = last + SignedDuration::from_micros(1);
        let end = end.map_or(after_last, |end| end.timestamp());
        Some((begin, if end > now { after_last } else { end }))
    }
}

#[cfg(test)]
mod tests {
    use sverka_domain::money::Money;

    use super::*;

    fn payment(at: &str) -> Line {
        Line {
            kind: LineKind::Payment,
            bank_order_id: None,
            order_number: None,
            rrn: None,
            amount: Money::new(100, Currency::RUB),
            fee: None,
            at: at.parse().unwrap(),
        }
    }

    #[test]
    fn a_file_covers_the_whole_days_of_its_payments() {
        let mut survey = Survey::default();
        survey.add(&payment("2026-11-23T22:30:00Z"));
        survey.add(&payment("2026-11-24T05:00:00Z"));
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let later = at("2026-11-25T05:00:00Z");
        assert_eq!(
            survey.period("Europe/Moscow", later),
            Some((at("2026-11-23T21:00:00Z"), at("2026-11-24T21:00:00Z")))
        );
        let same_day = at("2026-11-24T12:00:00Z");
        assert_eq!(
            survey.period("Europe/Moscow", same_day),
            Some((at("2026-11-23T21:00:00Z"), at("2026-11-24T05:00:00.000001Z")))
        );
        assert_eq!(Survey::default().period("Europe/Moscow", later), None);
    }
}
