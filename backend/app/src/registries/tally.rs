//! What a load has to remember of the lines before.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use sverka_domain::ids::AttemptId;
use sverka_domain::registry::{Line, LineKind, LineResult};

use crate::ports::store::{LineCounts, RefundElsewhere, RegistryLine};

const DAY: i64 = 24 * 3600;

/// What tells an operation of an attempt from another one: a payment is one, refunds may be many.
type Operation = (AttemptId, LineKind, i64, i64);

/// What a load has to remember of the lines before. Some forty bytes a line.
#[derive(Debug, Default)]
pub(super) struct Tally {
    listed: HashSet<Operation>,
    refunds: HashMap<AttemptId, Refunds>,
    /// What the lines came to so far.
    pub(super) counts: LineCounts,
    /// The last position that is taken.
    pub(super) position: u64,
}

#[derive(Debug, Default)]
struct Refunds {
    here: i64,
    days_here: HashSet<(i64, i64)>,
    elsewhere: Vec<(i64, i64)>,
}

impl Tally {
    /// Notes that a line is about this attempt. Returns whether the registry has that very operation above.
    pub(super) fn note(&mut self, attempt: AttemptId, line: &Line) -> bool {
        let operation = match line.kind {
            LineKind::Payment | LineKind::Reversal | LineKind::Other => (attempt, line.kind, 0, 0),
            LineKind::Refund => (attempt, line.kind, line.amount.amount, line.at.as_microsecond()),
        };
        let before = !self.listed.insert(operation);
        if line.kind == LineKind::Refund && !before {
            let refunds = self.refunds.entry(attempt).or_default();
            refunds.here = refunds.here.saturating_add(line.amount.amount);
            refunds.days_here.insert((line.amount.amount, day(line.at)));
        }
        before
    }

    /// Takes in what other registries list.
    pub(super) fn hear_elsewhere(&mut self, refunds: Vec<RefundElsewhere>) {
        let mut fresh = HashSet::new();
        for (attempt, amount, on) in refunds {
            let known = self.refunds.entry(attempt).or_default();
            if fresh.insert(attempt) {
                known.elsewhere.clear();
            }
            known.elsewhere.push((amount, on));
        }
    }

    /// All that registries list as gone back of an attempt, in minor units. The same sum on the same day, here and
    /// elsewhere, is one refund: files and lists overlap.
    pub(super) fn gone_back(&self, attempt: AttemptId) -> i64 {
        let Some(refunds) = self.refunds.get(&attempt) else {
            return 0;
        };
        let others = refunds
            .elsewhere
            .iter()
            .filter(|one| !refunds.days_here.contains(one));
        others.fold(refunds.here, |sum, (amount, _)| sum.saturating_add(*amount))
    }

    /// Counts a line that is compared.
    pub(super) fn count(&mut self, line: &RegistryLine) {
        *place(&mut self.counts, line.result) += 1;
        self.position = self.position.max(line.position);
    }
}

/// The day of a time since 1970, UTC.
fn day(at: Timestamp) -> i64 {
    at.as_second().div_euclid(DAY)
}

/// Where lines of that result are counted.
pub(super) fn place(counts: &mut LineCounts, result: LineResult) -> &mut u64 {
    match result {
        LineResult::Matched => &mut counts.matched,
        LineResult::Healed => &mut counts.healed,
        LineResult::Differs => &mut counts.differs,
        LineResult::NoAttempt => &mut counts.no_attempt,
        LineResult::Missing => &mut counts.missing,
        LineResult::Noted => &mut counts.noted,
    }
}

#[cfg(test)]
mod tests {
    use sverka_domain::money::{Currency, Money};
    use uuid::Uuid;

    use super::*;

    fn refund(amount: i64, second: i64) -> Line {
        Line {
            kind: LineKind::Refund,
            bank_order_id: None,
            order_number: None,
            rrn: None,
            amount: Money::new(amount, Currency::RUB),
            fee: None,
            at: Timestamp::from_second(second).unwrap(),
        }
    }

    #[test]
    fn refunds_add_up_over_registries_and_the_same_one_counts_once() {
        let attempt = AttemptId(Uuid::from_u128(1));
        let mut tally = Tally::default();
        assert!(!tally.note(attempt, &refund(100, 10)));
        assert!(!tally.note(attempt, &refund(100, 20)));
        assert!(tally.note(attempt, &refund(100, 20)), "the very same again");
        tally.hear_elsewhere(vec![(attempt, 100, 0), (attempt, 50, 0), (attempt, 100, 3)]);
        assert_eq!(tally.gone_back(attempt), 350);
        tally.hear_elsewhere(vec![(attempt, 50, 0)]);
        assert_eq!(
            tally.gone_back(attempt),
            250,
            "what is heard again is not added again"
        );
    }
}
