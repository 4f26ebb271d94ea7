//! One conclusion from four facts.
//!
//! The order of trust: the bank's own answer, a signed notification, the registry, and a person's
//! claim where the bank is silent. Money never goes backwards: what was taken stays taken, until a
//! refund or a reversal.
//!
//! What the bank says makes `payment_due` and `refund_due` only grow, so that what was handed to the
//! accounting system does not depend on the order in which the news came.

use jiff::Timestamp;

use super::attention::{Attention, attention};
use super::facts::Facts;
use crate::money::Money;
use crate::status::BankStatus;

/// What the facts come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conclusion {
    /// The bank status.
    pub status: BankStatus,
    /// How much went back, in minor units.
    pub refunded: i64,
    /// When the client paid.
    pub paid_at: Option<Timestamp>,
    /// The money was taken at some time, so a payment is due in the accounting system.
    pub payment_due: bool,
    /// How much has to be told to the accounting system as gone back, in minor units.
    pub refund_due: i64,
    /// What a person has to look at.
    pub attention: Option<Attention>,
}

/// The bank's word over all its channels.
pub(super) struct Bank {
    /// When the client paid.
    pub(super) paid_at: Option<Timestamp>,
    /// When the bank was first heard to have the money.
    pub(super) heard_at: Option<Timestamp>,
    /// The newest word is that a hold was released or the payment voided.
    pub(super) reversed: bool,
    /// The bank itself answered so after the money was taken: for good.
    pub(super) voided: bool,
    /// How much went back, in minor units.
    pub(super) refunded: i64,
    /// The money is held.
    pub(super) authorized: bool,
    /// The word on an order without taken money.
    word: Option<BankStatus>,
}

/// What the facts about an attempt over `amount` come to.
#[must_use]
pub fn conclude(amount: Money, facts: &Facts) -> Conclusion {
    let bank = Bank::hear(facts);
    let claimed_back = match facts.claim {
        Some(claim) if claim.status == BankStatus::Refunded => amount.amount,
        _ => 0,
    };
    let refunded = bank.refunded.max(claimed_back).min(amount.amount);
    let paid_at = bank.paid_at.or(facts.claim.and_then(|claim| claim.paid_at));
    let payment_due = paid_at.is_some();
    // A notification of a reversal is only a reason to ask: it may be of an earlier try on the same
    // order, and a refund that was passed on cannot be taken back.
    let whole = bank.voided || (claimed_reversed(&bank, facts) && payment_due);
    Conclusion {
        status: status(&bank, refunded, amount, facts),
        refunded,
        paid_at,
        payment_due,
        refund_due: if whole { amount.amount } else { refunded },
        attention: attention(&bank, amount, facts),
    }
}

fn status(bank: &Bank, refunded: i64, amount: Money, facts: &Facts) -> BankStatus {
    let claim = facts.claim.map(|claim| claim.status);
    let app = facts.app.map(|app| app.status);
    if refunded > 0 && refunded >= amount.amount {
        BankStatus::Refunded
    } else if bank.voided {
        BankStatus::Reversed
    } else if refunded > 0 {
        BankStatus::PartiallyRefunded
    } else if bank.reversed || claimed_reversed(bank, facts) {
        BankStatus::Reversed
    } else if bank.paid_at.is_some() || claim == Some(BankStatus::Paid) {
        BankStatus::Paid
    } else if bank.authorized {
        BankStatus::Authorized
    } else if let Some(unpaid @ (BankStatus::Declined | BankStatus::Expired)) = claim {
        unpaid
    } else if let Some(unpaid @ (BankStatus::Declined | BankStatus::Expired)) = bank.word {
        unpaid
    } else if app == Some(BankStatus::Abandoned) {
        BankStatus::Abandoned
    } else if bank.word.is_some() || app.is_some() {
        BankStatus::Pending
    } else {
        BankStatus::Created
    }
}

/// A person says that it went back. If that was said of a hold, money that the bank took afterwards is
/// another matter.
fn claimed_reversed(bank: &Bank, facts: &Facts) -> bool {
    facts.claim.is_some_and(|claim| {
        let of_a_payment = claim.paid_at.is_some();
        let taken_since = bank.heard_at.is_some_and(|heard| heard > claim.at);
        claim.status == BankStatus::Reversed && (of_a_payment || !taken_since)
    })
}

impl Bank {
    fn hear(facts: &Facts) -> Self {
        let channels = facts.channels();
        let paid = || channels.iter().filter_map(|channel| channel.paid);
        let heard_at = paid().map(|paid| paid.heard_at).min();
        let answered_reversed = facts.query.last_reversed_at;
        let voided = heard_at.is_some_and(|heard| answered_reversed.is_some_and(|at| at >= heard));
        let told_reversed = channels.iter().any(|channel| channel.reversed);
        Self {
            paid_at: paid().map(|paid| paid.paid_at).min(),
            heard_at,
            reversed: voided || (told_reversed && !paid_again(facts)),
            voided,
            refunded: channels.iter().map(|channel| channel.refunded).max().unwrap_or(0),
            authorized: held(facts),
            word: unpaid_word(facts),
        }
    }
}

/// A released hold or a voided try, followed by a good one on the same order: the bank's answer decides,
/// when it is newer than all that was heard of the reversal.
fn paid_again(facts: &Facts) -> bool {
    let Some(answer) = facts.query.latest else {
        return false;
    };
    let newest = facts
        .unasked()
        .iter()
        .all(|heard| heard.reversed_at.is_none_or(|at| at < answer.at));
    answer.status == Some(BankStatus::Paid) && facts.bank_confirmed() && newest
}

fn held(facts: &Facts) -> bool {
    let gone = matches!(latest(facts), Some(BankStatus::Declined | BankStatus::Expired));
    let held = |word| word == Some(BankStatus::Authorized);
    !gone && facts.channels().iter().any(|channel| held(channel.word))
}

/// The word on an order without taken money. The newest answer outweighs what was heard before it.
fn unpaid_word(facts: &Facts) -> Option<BankStatus> {
    let answer = facts.query.latest;
    let open = matches!(latest(facts), Some(BankStatus::Created | BankStatus::Pending));
    let since = answer.filter(|_| open).map(|answer| answer.at);
    let asked = (!open).then_some(facts.query.standing.word).flatten();
    let heard = facts.unasked().map(|channel| {
        channel
            .word
            .filter(|_| since.is_none_or(|since| channel.word_at.is_some_and(|at| at > since)))
    });
    let says = |word| asked == Some(word) || heard.contains(&Some(word));
    match latest(facts) {
        unpaid @ Some(BankStatus::Declined | BankStatus::Expired) => unpaid,
        _ if says(BankStatus::Expired) => Some(BankStatus::Expired),
        _ if says(BankStatus::Declined) => Some(BankStatus::Declined),
        _ if facts.channels().iter().any(|channel| channel.word.is_some()) => Some(BankStatus::Pending),
        _ => None,
    }
}

/// What the bank answered last, where it knew the order.
fn latest(facts: &Facts) -> Option<BankStatus> {
    facts.query.latest.and_then(|answer| answer.status)
}

#[cfg(test)]
#[path = "conclude_tests.rs"]
mod tests;
