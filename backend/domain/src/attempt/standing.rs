//! What one channel of the bank said so far.
//!
//! A standing only grows, and every field of it is the greatest or the least of what was heard: a fact
//! that is taken in twice, or before another instead of after it, leaves the same standing behind.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::short::is_default;
use crate::money::Money;
use crate::status::BankStatus;

/// What one notification or one answer of the bank says, in our words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankFact {
    /// What became of the money.
    pub status: BankStatus,
    /// The whole sum paid or held (before refunds), if the bank told it.
    pub amount: Option<Money>,
    /// All that went back so far, in minor units, if the bank told it. A partial refund of an untold sum
    /// counts as paid until the bank tells the sum.
    pub refunded: Option<i64>,
    /// The bank's own time of the payment.
    pub paid_at: Option<Timestamp>,
}

/// What one channel of the bank (notifications, answers, registry) said so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Standing {
    /// The strongest word without taken money: pending, declined, expired or authorized.
    #[serde(skip_serializing_if = "is_default")]
    pub word: Option<BankStatus>,
    /// When that word was first heard.
    #[serde(skip_serializing_if = "is_default")]
    pub word_at: Option<Timestamp>,
    /// The money was taken: when this was first heard, and the bank's own time.
    #[serde(skip_serializing_if = "is_default")]
    pub paid: Option<Paid>,
    /// A hold was released or the payment voided.
    #[serde(skip_serializing_if = "is_default")]
    pub reversed: bool,
    /// When that was first heard.
    #[serde(skip_serializing_if = "is_default")]
    pub reversed_at: Option<Timestamp>,
    /// The most that was ever said to have gone back, in minor units.
    #[serde(skip_serializing_if = "is_default")]
    pub refunded: i64,
    /// Money was told of, but not the sum of the attempt: the newest of [`Standing::mismatches`].
    #[serde(skip_serializing_if = "is_default")]
    pub mismatch: Option<Mismatch>,
    /// Every other sum that was told of, each with the time it was first heard, in that order.
    #[serde(skip_serializing_if = "is_default")]
    pub mismatches: Vec<Mismatch>,
}

/// The bank has the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    /// When we first heard of it on this channel.
    pub heard_at: Timestamp,
    /// The bank's time of the payment, or the time we heard of it.
    pub paid_at: Timestamp,
}

/// Money of another sum or currency than the attempt's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mismatch {
    /// What the bank told.
    pub told: Money,
    /// When that sum was first heard. A repeat is not news: what a person settled stays settled.
    pub at: Timestamp,
}

impl BankFact {
    /// It speaks of money, and of another sum or currency than `expected`.
    #[must_use]
    pub fn is_of_another_sum(&self, expected: Money) -> bool {
        let of_money =
            self.status.was_paid() || matches!(self.status, BankStatus::Authorized | BankStatus::Reversed);
        of_money && self.amount.is_some_and(|told| told != expected)
    }
}

impl Standing {
    /// Takes in one fact about an attempt over `expected`, heard at `at`.
    pub fn absorb(&mut self, fact: &BankFact, expected: Money, at: Timestamp) {
        if let Some(told) = fact.amount.filter(|_| fact.is_of_another_sum(expected)) {
            self.hear_of_another_sum(told, at);
            return;
        }
        match fact.status {
            BankStatus::Created | BankStatus::Abandoned => {}
            BankStatus::Pending | BankStatus::Declined | BankStatus::Expired | BankStatus::Authorized => {
                self.hear_word(fact.status, at);
            }
            BankStatus::Reversed => {
                self.reversed = true;
                self.reversed_at = earliest(self.reversed_at, at);
            }
            BankStatus::Paid | BankStatus::Refunded | BankStatus::PartiallyRefunded => {
                self.hear_of_payment(fact, at);
                let whole = (fact.status == BankStatus::Refunded).then_some(expected.amount);
                let told = fact.refunded.filter(|sum| *sum > 0).or(whole).unwrap_or(0);
                self.refunded = self.refunded.max(told.min(expected.amount));
            }
        }
    }

    fn hear_word(&mut self, word: BankStatus, at: Timestamp) {
        let (known, new) = (weight(self.word), weight(Some(word)));
        if known < new {
            self.word = Some(word);
            self.word_at = Some(at);
        } else if known == new {
            self.word_at = earliest(self.word_at, at);
        }
    }

    fn hear_of_payment(&mut self, fact: &BankFact, at: Timestamp) {
        let news = Paid {
            heard_at: at,
            paid_at: fact.paid_at.unwrap_or(at),
        };
        self.paid = Some(self.paid.map_or(news, |known| Paid {
            heard_at: known.heard_at.min(news.heard_at),
            paid_at: known.paid_at.min(news.paid_at),
        }));
    }

    fn hear_of_another_sum(&mut self, told: Money, at: Timestamp) {
        match self.mismatches.iter_mut().find(|known| known.told == told) {
            Some(known) => known.at = known.at.min(at),
            None => self.mismatches.push(Mismatch { told, at }),
        }
        self.mismatches
            .sort_by_key(|known| (known.at, known.told.amount, known.told.currency));
        self.mismatch = self.mismatches.last().copied();
    }
}

/// The earlier of a known time and `at`.
pub(super) fn earliest(known: Option<Timestamp>, at: Timestamp) -> Option<Timestamp> {
    Some(known.map_or(at, |known| known.min(at)))
}

/// How much one status weighs against another one that was heard on the same channel (or asked for at
/// the same moment).
pub(super) fn weight(status: Option<BankStatus>) -> u8 {
    match status {
        None => 0,
        Some(BankStatus::Created) => 1,
        Some(BankStatus::Pending) => 2,
        Some(BankStatus::Abandoned) => 3,
        Some(BankStatus::Declined) => 4,
        Some(BankStatus::Expired) => 5,
        Some(BankStatus::Authorized) => 6,
        Some(BankStatus::Paid) => 7,
        Some(BankStatus::Reversed) => 8,
        Some(BankStatus::PartiallyRefunded) => 9,
        Some(BankStatus::Refunded) => 10,
    }
}
