//! What a registry's lines come to, and whether that is what the bank says itself.

use serde::{Deserialize, Serialize};

use super::line::{Line, LineKind};

/// What the lines of one currency come to, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Payments.
    pub payments: i64,
    /// Refunds. Reversals undo what was never settled, so that they count nowhere.
    pub refunds: i64,
    /// Chargebacks, corrections and the like, with their sign.
    pub other: i64,
    /// What the bank kept.
    pub fees: i64,
}

/// What the file says of itself, in minor units; `None`: it does not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// Payments.
    pub payments: Option<i64>,
    /// Refunds.
    pub refunds: Option<i64>,
    /// What the bank kept.
    pub fees: Option<i64>,
    /// What the bank pays out.
    pub payout: Option<i64>,
    /// How many operations it lists.
    pub lines: Option<u64>,
}

impl Sums {
    /// Counts one line in. Sums stay within `i64`: a file that comes near its ends is of no bank.
    pub fn add(&mut self, line: &Line) {
        let amount = line.amount.amount;
        let place = match line.kind {
            LineKind::Payment => Some(&mut self.payments),
            LineKind::Refund => Some(&mut self.refunds),
            LineKind::Other => Some(&mut self.other),
            LineKind::Reversal => None,
        };
        if let Some(sum) = place {
            *sum = sum.saturating_add(amount);
        }
        self.fees = self.fees.saturating_add(line.fee.unwrap_or(0));
    }

    /// What is left to pay out.
    #[must_use]
    pub fn payout(&self) -> i64 {
        self.payments
            .saturating_sub(self.refunds)
            .saturating_add(self.other)
            .saturating_sub(self.fees)
    }
}

impl Declared {
    /// Whether `sums` over `lines` operations are what the file says; `None`: it says nothing.
    #[must_use]
    pub fn adds_up(&self, sums: &Sums, lines: u64) -> Option<bool> {
        let checks = [
            self.payments.map(|said| said == sums.payments),
            self.refunds.map(|said| said == sums.refunds),
            self.fees.map(|said| said == sums.fees),
            self.payout.map(|said| said == sums.payout()),
            self.lines.map(|said| said == lines),
        ];
        checks.into_iter().flatten().reduce(|all, one| all && one)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::money::{Currency, Money};

    fn line(kind: LineKind, amount: i64, fee: i64) -> Line {
        Line {
            kind,
            bank_order_id: None,
            order_number: None,
            rrn: None,
            amount: Money::new(amount, Currency::RUB),
            fee: Some(fee),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn payments_less_refunds_less_fees_is_what_is_paid_out() {
        let mut sums = Sums::default();
        for (kind, amount, fee) in [
            (LineKind::Payment, 10_000, 200),
            (LineKind::Refund, 3_000, -60),
            (LineKind::Reversal, 5_000, 0),
            (LineKind::Other, -500, 0),
        ] {
            sums.add(&line(kind, amount, fee));
        }
        assert_eq!(
            (sums.payments, sums.refunds, sums.other, sums.fees),
            (10_000, 3_000, -500, 140)
        );
        assert_eq!(sums.payout(), 6_360);
        let said = |payout, lines| Declared {
            payout: Some(payout),
            lines,
            ..Declared::default()
        };
        assert_eq!(said(6_360, Some(4)).adds_up(&sums, 4), Some(true));
        assert_eq!(said(6_361, Some(4)).adds_up(&sums, 4), Some(false));
        assert_eq!(said(6_360, Some(5)).adds_up(&sums, 4), Some(false));
        assert_eq!(Declared::default().adds_up(&sums, 4), None);
    }
}
