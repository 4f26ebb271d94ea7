//! When to ask the bank: soon, then slower, never stopping without evidence. All of it is data, one policy a bank.

mod breaker;
mod rechecks;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

pub use breaker::Breaker;
pub use rechecks::Rechecks;

use crate::attempt::{Answer, AttemptState};
use crate::status::BankStatus;

/// An order is asked about so long after its life at the bank has ended, and a window so long after it has closed.
const MARGIN: SignedDuration = SignedDuration::from_secs(30);

/// How often one bank is asked about one attempt, by the attempt's age and by what the bank answered last; and how
/// the bank itself is spared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollPolicy {
    /// The first question, so long after the attempt was recorded.
    pub first: SignedDuration,
    /// Until an attempt is this old, ask this often. In order of age.
    pub steps: Vec<PollStep>,
    /// After that, this often at most, for ever: an attempt is left alone for a tenth of its age, so that
    /// those that the bank never heard of do not become a load that grows with the years …
    pub then_every: SignedDuration,
    /// … and this often at least.
    pub at_least_every: SignedDuration,
    /// How long an order lives at the bank. When that has passed, one question is due, whatever the steps say, and before
    /// that no refusal is the last word.
    pub order_life: SignedDuration,
    /// For how long an order that is not paid may still turn out paid.
    pub late_success: LateSuccess,
    /// When a payment is looked at again for refunds, reversals and chargebacks that nobody tells of.
    pub rechecks: Rechecks,
    /// The greatest number of questions a second, over all attempts of an account, unless its settings say otherwise.
    pub questions_per_second: u32,
    /// When a bank that does not answer is left alone, and for how long.
    pub breaker: Breaker,
}

/// One line of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PollStep {
    /// For attempts younger than this.
    pub younger_than: SignedDuration,
    /// The time between two questions.
    pub every: SignedDuration,
}

/// For so long after its creation an order may turn out paid, although it is said not to be. The last answer that
/// counts is one from after that time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateSuccess {
    /// The bank answered that it declined: the client may try another card on the same order.
    pub after_declined: SignedDuration,
    /// The bank answered that the order's life ended: a payment may have been under way.
    pub after_expired: SignedDuration,
    /// The app said that the client gave up, and the bank has nothing: the client may have come back.
    pub after_abandoned: SignedDuration,
}

/// What a policy looks at.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// When the attempt was recorded.
    pub created_at: Timestamp,
    /// How it stands.
    pub state: &'a AttemptState,
    /// Where the merchant's days end.
    pub zone: &'a TimeZone,
}

impl PollPolicy {
    /// For gateways whose orders live 20 minutes and whose notifications are lost for good after
    /// some 90 seconds (RBS; PayOnline does not say, so the same).
    #[must_use]
    pub fn card_gateway() -> Self {
        let step = |minutes, seconds| PollStep {
            younger_than: SignedDuration::from_mins(minutes),
            every: SignedDuration::from_secs(seconds),
        };
        Self {
            first: SignedDuration::from_secs(20),
            steps: vec![
                step(3, 20),
                step(10, 40),
                step(30, 90),
                step(120, 600),
                step(24 * 60, 3600),
            ],
            then_every: SignedDuration::from_hours(24),
            at_least_every: SignedDuration::from_hours(30 * 24),
            order_life: SignedDuration::from_mins(20),
            late_success: LateSuccess::within(SignedDuration::from_hours(72)),
            rechecks: Rechecks::card_payments(),
            questions_per_second: 5,
            breaker: Breaker::usual(),
        }
    }

    /// When to ask first about an attempt.
    #[must_use]
    pub fn first_query(&self, created_at: Timestamp) -> Timestamp {
        created_at + self.first
    }

    /// When to ask next, if ever. Never in the past, and never now: whoever plans has just asked.
    #[must_use]
    pub fn next_query(&self, subject: &Subject<'_>, now: Timestamp) -> Option<Timestamp> {
        let state = subject.state;
        let life_ends = subject.created_at + self.order_life;
        let soon = self.soon(subject.created_at, life_ends, now);
        let Some(answer) = state.facts.query.latest else {
            return Some(soon);
        };
        // Something was heard since, or a contradiction waits for a person (another sum, above all, may be put right
        // by a later answer): whatever the bank answered last is not the last word.
        if state.attention.is_some() || state.facts.answer_is_behind() {
            return Some(soon);
        }
        match answer.status {
            Some(BankStatus::Paid | BankStatus::PartiallyRefunded) => self.recheck(subject, answer, now),
            Some(BankStatus::Refunded | BankStatus::Reversed) => None,
            None
            | Some(BankStatus::Created | BankStatus::Pending | BankStatus::Declined | BankStatus::Expired) => {
                let Some(window) = self.window(answer.status, state.bank_status) else {
                    return Some(soon);
                };
                let closes = life_ends.max(subject.created_at + window) + MARGIN;
                (answer.at < closes).then(|| not_over(closes, soon, now))
            }
            // A hold is asked about until it is taken or released.
            Some(BankStatus::Authorized | BankStatus::Abandoned) => Some(soon),
        }
    }

    /// By the attempt's age, but not later than the end of the order's life.
    fn soon(&self, created_at: Timestamp, life_ends: Timestamp, now: Timestamp) -> Timestamp {
        not_over(life_ends + MARGIN, now + self.pause(created_at, now), now)
    }

    fn pause(&self, created_at: Timestamp, now: Timestamp) -> SignedDuration {
        let age = now.duration_since(created_at);
        let step = self.steps.iter().find(|step| age < step.younger_than);
        let by_age = || (age / 10).max(self.then_every).min(self.at_least_every);
        step.map_or_else(by_age, |step| step.every)
    }

    /// For how long it may still turn out paid; `None`: there is no word that it will not be.
    fn window(&self, answered: Option<BankStatus>, stands: BankStatus) -> Option<SignedDuration> {
        match (answered, stands) {
            (Some(BankStatus::Declined), _) => Some(self.late_success.after_declined),
            (Some(BankStatus::Expired), _) => Some(self.late_success.after_expired),
            (_, BankStatus::Abandoned) => Some(self.late_success.after_abandoned),
            _ => None,
        }
    }

    fn recheck(&self, subject: &Subject<'_>, answer: Answer, now: Timestamp) -> Option<Timestamp> {
        let paid_at = subject.state.paid_at.unwrap_or(answer.at);
        let due = self.rechecks.next(paid_at, answer.at, subject.zone)?;
        // Due, and asked in vain just now.
        Some(if due > now {
            due
        } else {
            now + self.rechecks.again_after
        })
    }
}

impl LateSuccess {
    /// The same for all.
    #[must_use]
    pub fn within(window: SignedDuration) -> Self {
        Self {
            after_declined: window,
            after_expired: window,
            after_abandoned: window,
        }
    }
}

/// What is planned, but not past a moment that is still to come.
fn not_over(moment: Timestamp, planned: Timestamp, now: Timestamp) -> Timestamp {
    if now < moment {
        planned.min(moment)
    } else {
        planned
    }
}

#[cfg(test)]
#[path = "polling_tests.rs"]
mod tests;
