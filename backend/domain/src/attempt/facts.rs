//! What each source said about an attempt.
//!
//! What the bank said can only grow, whatever order it comes in: that is what makes the order of
//! notifications and answers irrelevant.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::claim::Claim;
use super::short::is_default;
use super::standing::{BankFact, Standing, earliest, weight};
use crate::money::Money;
use crate::status::BankStatus;

/// What signed notifications said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Callbacks {
    /// A genuine notification of a payment came (even where its result is not under the signature).
    #[serde(skip_serializing_if = "is_default")]
    pub payment_heard_at: Option<Timestamp>,
    /// What they said, where the bank signs what it says.
    #[serde(skip_serializing_if = "is_default")]
    pub standing: Standing,
}

/// What the bank answered when asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Queries {
    /// The newest answer.
    #[serde(skip_serializing_if = "is_default")]
    pub latest: Option<Answer>,
    /// What all answers said.
    #[serde(skip_serializing_if = "is_default")]
    pub standing: Standing,
    /// When the bank first answered that the order was declined or had expired.
    #[serde(skip_serializing_if = "is_default")]
    pub denied_at: Option<Timestamp>,
    /// When the bank last answered that a hold was released or the payment voided.
    #[serde(skip_serializing_if = "is_default")]
    pub last_reversed_at: Option<Timestamp>,
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

/// All that is known of an attempt, by source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// From the app's backend.
    #[serde(skip_serializing_if = "is_default")]
    pub app: Option<AppFact>,
    /// From signed notifications.
    #[serde(skip_serializing_if = "is_default")]
    pub callback: Callbacks,
    /// From the bank's answers.
    #[serde(skip_serializing_if = "is_default")]
    pub query: Queries,
    /// From settlement files.
    #[serde(skip_serializing_if = "is_default")]
    pub registry: Standing,
    /// From a person.
    #[serde(skip_serializing_if = "is_default")]
    pub claim: Option<Claim>,
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
        let Some(fact) = fact else { return };
        self.standing.absorb(fact, expected, at);
        match fact.status {
            BankStatus::Declined | BankStatus::Expired => self.denied_at = earliest(self.denied_at, at),
            BankStatus::Reversed if !fact.is_of_another_sum(expected) => {
                self.last_reversed_at = self.last_reversed_at.max(Some(at));
            }
            _ => {}
        }
    }
}

impl AppFact {
    /// What the app said last, after one more report. The same status again is not news.
    #[must_use]
    pub fn renewed(before: Option<Self>, status: BankStatus, at: Timestamp) -> Self {
        let news = Self { status, at };
        match before {
            Some(known) if known.status == status => known,
            Some(known) if (at, weight(Some(status))) < (known.at, weight(Some(known.status))) => known,
            _ => news,
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

    /// The channels on which the bank speaks unasked.
    pub(crate) fn unasked(&self) -> [&Standing; 2] {
        [&self.callback.standing, &self.registry]
    }

    /// All channels on which the bank speaks, the most trusted first.
    pub(crate) fn channels(&self) -> [&Standing; 3] {
        [&self.query.standing, &self.callback.standing, &self.registry]
    }

    /// Something was heard since the bank's newest answer, or was never confirmed by any, that calls for asking again.
    #[must_use]
    pub fn answer_is_behind(&self) -> bool {
        let Some(answer) = self.query.latest else {
            return true;
        };
        let asked = &self.query.standing;
        self.unasked().into_iter().any(|heard| {
            let payment = asked.paid.is_none() && heard.paid.is_some_and(|paid| paid.heard_at > answer.at);
            let reversal = heard.reversed_at.is_some_and(|at| at > answer.at);
            payment || reversal || heard.refunded > asked.refunded
        })
    }
}
