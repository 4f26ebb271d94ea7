//! What each source said about an attempt.
//!
//! Every part can only grow: a fact that is taken in twice, or before another instead of after it,
//! leaves the same facts behind. That is what makes the order of notifications irrelevant.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::status::BankStatus;

/// What one notification or one answer of the bank says, in our words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankFact {
    /// What became of the money.
    pub status: BankStatus,
    /// The whole sum paid or held (before refunds), if the bank told it.
    pub amount: Option<Money>,
    /// All that went back so far, in minor units, if the bank told it.
    pub refunded: Option<i64>,
    /// The bank's own time of the payment.
    pub paid_at: Option<Timestamp>,
}

/// What one channel of the bank (notifications, answers, registry) said so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Standing {
    /// The strongest word without taken money: pending, declined, expired or authorized.
    pub word: Option<BankStatus>,
    /// The money was taken: when this was first heard, and the bank's own time.
    pub paid: Option<Paid>,
    /// A hold was released or the payment voided.
    pub reversed: bool,
    /// The most that was ever said to have gone back, in minor units.
    pub refunded: i64,
    /// Money was told of, but not the sum of the attempt.
    pub mismatch: Option<Mismatch>,
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
    /// When it was last heard.
    pub at: Timestamp,
}

/// What signed notifications said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Callbacks {
    /// A genuine notification of a payment came (even where its result is not under the signature).
    pub payment_heard_at: Option<Timestamp>,
    /// What they said, where the bank signs what it says.
    pub standing: Standing,
}

/// What the bank answered when asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Queries {
    /// The newest answer.
    pub latest: Option<Answer>,
    /// What all answers said.
    pub standing: Standing,
}

/// One answer of the bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What it said; `None`: the bank does not know the order.
    pub status: Option<BankStatus>,
    /// When it was asked.
    pub at: Timestamp,
}

/// What the app said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppFact {
    /// `pending` or `abandoned`.
    pub status: BankStatus,
    /// When.
    pub at: Timestamp,
}

/// What a person claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The status they set.
    pub status: BankStatus,
    /// When.
    pub at: Timestamp,
    /// Since when a person says that the money was taken; kept when they add that it went back.
    pub paid_at: Option<Timestamp>,
}

impl Claim {
    /// The claim after a person set `status` at `at`, over what they claimed before.
    #[must_use]
    pub fn renewed(before: Option<Self>, status: BankStatus, at: Timestamp) -> Self {
        let known = before.and_then(|claim| claim.paid_at);
        let paid_at = match status {
            BankStatus::Paid | BankStatus::Refunded | BankStatus::PartiallyRefunded => known.or(Some(at)),
            BankStatus::Reversed => known,
            BankStatus::Created
            | BankStatus::Pending
            | BankStatus::Authorized
            | BankStatus::Declined
            | BankStatus::Expired
            | BankStatus::Abandoned => None,
        };
        Self { status, at, paid_at }
    }
}

/// All that is known of an attempt, by source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// From the app's backend.
    pub app: Option<AppFact>,
    /// From signed notifications.
    pub callback: Callbacks,
    /// From the bank's answers.
    pub query: Queries,
    /// From settlement files.
    pub registry: Standing,
    /// From a person.
    pub claim: Option<Claim>,
}

impl Standing {
    /// Takes in one fact about an attempt over `expected`, heard at `at`.
    pub fn absorb(&mut self, fact: &BankFact, expected: Money, at: Timestamp) {
        match fact.amount {
            Some(told) if speaks_of_money(fact.status) && told != expected => {
                let newest = self.mismatch.map_or(at, |known| known.at.max(at));
                self.mismatch = Some(Mismatch { told, at: newest });
                return;
            }
            _ => {}
        }
        match fact.status {
            BankStatus::Created | BankStatus::Abandoned => {}
            BankStatus::Pending | BankStatus::Declined | BankStatus::Expired | BankStatus::Authorized => {
                self.word = self.word.max_by_weight(fact.status);
            }
            BankStatus::Reversed => self.reversed = true,
            BankStatus::Paid | BankStatus::Refunded | BankStatus::PartiallyRefunded => {
                self.hear_of_payment(fact, at);
                let whole = (fact.status == BankStatus::Refunded).then_some(expected.amount);
                self.refunded = self
                    .refunded
                    .max(fact.refunded.or(whole).unwrap_or(0).min(expected.amount));
            }
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
}

impl Queries {
    /// Takes in one answer. The newest by the time of asking counts as the latest, in whatever order they come.
    pub fn absorb(&mut self, fact: Option<&BankFact>, expected: Money, at: Timestamp) {
        let answer = Answer {
            status: fact.map(|fact| fact.status),
            at,
        };
        let newer = self
            .latest
            .is_none_or(|known| (known.at, weight(known.status)) < (at, weight(answer.status)));
        if newer {
            self.latest = Some(answer);
        }
        if let Some(fact) = fact {
            self.standing.absorb(fact, expected, at);
        }
    }
}

impl Facts {
    /// The bank has the money, and no genuine notification told us of it.
    #[must_use]
    pub fn lost_callback(&self) -> bool {
        let told_otherwise = self.query.standing.paid.is_some() || self.registry.paid.is_some();
        told_otherwise && self.callback.payment_heard_at.is_none()
    }

    /// Whether the bank itself answered, when asked, that the money was taken (whatever came after).
    #[must_use]
    pub fn bank_confirmed(&self) -> bool {
        self.query.standing.paid.is_some()
    }
}

fn speaks_of_money(status: BankStatus) -> bool {
    status.was_paid() || matches!(status, BankStatus::Authorized | BankStatus::Reversed)
}

/// How much a word without taken money weighs against another one.
fn weight(status: Option<BankStatus>) -> u8 {
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

trait ByWeight {
    fn max_by_weight(self, other: BankStatus) -> Self;
}

impl ByWeight for Option<BankStatus> {
    fn max_by_weight(self, other: BankStatus) -> Self {
        if weight(self) < weight(Some(other)) {
            Some(other)
        } else {
            self
        }
    }
}
