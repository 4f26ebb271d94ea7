//! What a line says against what the journal knows.
//!
//! A line is a fact of the bank like any other: where the journal did not know, it is taken in by the one transition.
//! Only where the bank itself answered otherwise since, or where the sums are not the same, nothing is taken in.

use super::find::Candidate;
use super::line::{Line, LineKind};
use super::verdict::{LineResult, Problem, ProblemCode};
use crate::attempt::{AttemptState, BankFact};
use crate::money::Money;
use crate::status::{BankStatus, StatusSource};

/// What comparing a line with an attempt comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// The journal has it so.
    Known,
    /// The journal does not have it so, or only on a person's word: the fact has to be taken in.
    News,
    /// They contradict each other.
    Differs {
        /// How.
        problem: Problem,
        /// The attempt has to ask for attention: there is money that it does not know of.
        is_news: bool,
    },
}

/// What taking a line in comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Healing {
    /// This is the fact.
    Fact(BankFact),
    /// The bank itself answered otherwise, later than the operation.
    Contradicted(Problem),
}

/// Compares a line with the attempt that it is about. `gone_back` is all that registries list as gone back of this
/// attempt, with this line, in minor units; `listed_before`: the registry has that very operation above.
#[must_use]
pub fn compare(line: &Line, known: &Candidate, gone_back: i64, listed_before: bool) -> Comparison {
    let paid = known.paid_at.is_some();
    let unknown_money = line.kind == LineKind::Payment && !paid;
    let differs = |code, expected, found| Comparison::Differs {
        problem: Problem {
            code,
            expected: Some(expected),
            found: Some(found),
        },
        is_news: unknown_money,
    };
    if line.amount.currency != known.amount.currency {
        return differs(
            ProblemCode::CurrencyDiffers,
            words(known.amount),
            words(line.amount),
        );
    }
    if sum_differs(line, known, gone_back) {
        return differs(
            ProblemCode::AmountDiffers,
            words(known.amount),
            words(line.amount),
        );
    }
    if listed_before {
        let problem = Problem {
            code: ProblemCode::Duplicate,
            expected: None,
            found: None,
        };
        return Comparison::Differs {
            problem,
            is_news: false,
        };
    }
    let so = match line.kind {
        LineKind::Payment => paid && known.source != StatusSource::Operator,
        LineKind::Refund => known.refunded >= gone_back || known.bank_status == BankStatus::Reversed,
        LineKind::Reversal => matches!(known.bank_status, BankStatus::Reversed | BankStatus::Refunded),
        LineKind::Other => true,
    };
    if so { Comparison::Known } else { Comparison::News }
}

fn sum_differs(line: &Line, known: &Candidate, gone_back: i64) -> bool {
    match line.kind {
        LineKind::Payment | LineKind::Reversal => line.amount.amount != known.amount.amount,
        LineKind::Refund => gone_back > known.amount.amount,
        LineKind::Other => false,
    }
}

/// Whether a line can be taken in, by all that is known of the attempt.
#[must_use]
pub fn healing(line: &Line, state: &AttemptState, gone_back: i64) -> Healing {
    let answer = state.facts.query.latest;
    let answered = answer.filter(|answer| answer.at > line.at);
    let says_paid = matches!(
        answered.and_then(|answer| answer.status),
        Some(BankStatus::Paid | BankStatus::PartiallyRefunded)
    );
    let (contradicted, found) = match line.kind {
        LineKind::Refund => (
            says_paid && state.facts.query.standing.refunded < gone_back,
            BankStatus::Refunded,
        ),
        LineKind::Reversal => (says_paid, BankStatus::Reversed),
        LineKind::Payment | LineKind::Other => (false, BankStatus::Paid),
    };
    if contradicted {
        Healing::Contradicted(status_differs(state.bank_status, found))
    } else {
        Healing::Fact(fact(line, state.amount, gone_back))
    }
}

/// What a line says about an attempt over `amount`.
#[must_use]
pub fn fact(line: &Line, amount: Money, gone_back: i64) -> BankFact {
    let (status, sum, refunded) = match line.kind {
        LineKind::Payment | LineKind::Other => (BankStatus::Paid, line.amount, None),
        LineKind::Refund if gone_back >= amount.amount => (BankStatus::Refunded, amount, Some(gone_back)),
        LineKind::Refund => (BankStatus::PartiallyRefunded, amount, Some(gone_back)),
        LineKind::Reversal => (BankStatus::Reversed, line.amount, None),
    };
    BankFact {
        status,
        amount: Some(sum),
        refunded,
        paid_at: Some(line.at),
    }
}

/// What became of a line that was taken in: `after` is the attempt's state now.
#[must_use]
pub fn outcome(line: &Line, after: &AttemptState, gone_back: i64) -> (LineResult, Option<Problem>) {
    let (so, found) = match line.kind {
        LineKind::Payment | LineKind::Other => (after.bank_status.was_paid(), BankStatus::Paid),
        LineKind::Refund => (
            after.refunded >= gone_back || after.bank_status == BankStatus::Reversed,
            BankStatus::Refunded,
        ),
        LineKind::Reversal => (
            matches!(after.bank_status, BankStatus::Reversed | BankStatus::Refunded),
            BankStatus::Reversed,
        ),
    };
    if so {
        (LineResult::Healed, None)
    } else {
        (
            LineResult::Differs,
            Some(status_differs(after.bank_status, found)),
        )
    }
}

fn status_differs(expected: BankStatus, found: BankStatus) -> Problem {
    Problem {
        code: ProblemCode::StatusDiffers,
        expected: Some(expected.to_string()),
        found: Some(found.to_string()),
    }
}

fn words(money: Money) -> String {
    format!("{} {}", money.to_decimal(), money.currency)
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
