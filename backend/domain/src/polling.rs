//! When to ask the bank: soon, then slower, never stopping without evidence.

use jiff::{SignedDuration, Timestamp};

use crate::attempt::AttemptState;
use crate::status::BankStatus;

/// How often one bank is asked about one attempt, by the attempt's age.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollPolicy {
    /// Until an attempt is this old, ask this often. In order of age.
    pub steps: Vec<PollStep>,
    /// After that, this often at most, for ever: an attempt is left alone for a tenth of its age, so that
    /// those that the bank never heard of do not become a load that grows with the years.
    pub then_every: SignedDuration,
    /// For so long after its creation a declined or expired order may still turn out paid.
    pub late_success: SignedDuration,
}

/// One line of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PollStep {
    /// For attempts younger than this.
    pub younger_than: SignedDuration,
    /// The time between two questions.
    pub every: SignedDuration,
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
            steps: vec![
                step(3, 20),
                step(10, 40),
                step(30, 90),
                step(120, 600),
                step(24 * 60, 3600),
            ],
            then_every: SignedDuration::from_hours(24),
            late_success: SignedDuration::from_hours(72),
        }
    }

    /// When to ask next about an attempt created at `created_at` that stands at `state`, if ever.
    #[must_use]
    pub fn next_query(
        &self,
        created_at: Timestamp,
        state: &AttemptState,
        now: Timestamp,
    ) -> Option<Timestamp> {
        if self.is_settled(created_at, state, now) {
            None
        } else {
            Some(now + self.pause(created_at, now))
        }
    }

    fn pause(&self, created_at: Timestamp, now: Timestamp) -> SignedDuration {
        let age = now.duration_since(created_at);
        let step = self.steps.iter().find(|step| age < step.younger_than);
        step.map_or_else(|| self.then_every.max(age / 10), |step| step.every)
    }

    /// The bank itself gave evidence that there is nothing more to learn, nothing was heard since, and no
    /// contradiction waits for a person (another sum, above all, may be put right by a later answer).
    fn is_settled(&self, created_at: Timestamp, state: &AttemptState, now: Timestamp) -> bool {
        let Some(answer) = state.facts.query.latest else {
            return false;
        };
        if state.attention.is_some() || state.facts.answer_is_behind() {
            return false;
        }
        match answer.status {
            Some(
                BankStatus::Paid
                | BankStatus::Refunded
                | BankStatus::PartiallyRefunded
                | BankStatus::Reversed,
            ) => true,
            Some(BankStatus::Declined | BankStatus::Expired) => {
                now.duration_since(created_at) >= self.late_success
            }
            // A hold is asked about until it is taken or released.
            None
            | Some(
                BankStatus::Created | BankStatus::Pending | BankStatus::Authorized | BankStatus::Abandoned,
            ) => false,
        }
    }
}

#[cfg(test)]
#[path = "polling_tests.rs"]
mod tests;
