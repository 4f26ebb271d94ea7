//! How a bank answers, as all workers together saw it: one rests, all rest.

use jiff::{SignedDuration, Timestamp};
use sverka_domain::polling::Breaker;

use crate::App;
use crate::ports::bank::{AccountKey, BankError};
use crate::ports::store::{BankHealth, StoreError};

/// A bank that asks to be left alone is left alone for so long at most.
const LONGEST_REST: SignedDuration = SignedDuration::from_hours(1);

/// What a lane of questions finds before it claims anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outset {
    /// How the bank answers.
    pub health: BankHealth,
    /// When the next question is due, if there is one.
    pub due: Option<Timestamp>,
}

impl App {
    /// How an account's bank answers, and when it is to be asked next. Only reads.
    ///
    /// # Errors
    /// The store failed.
    pub async fn questions_outset(&self, key: AccountKey) -> Result<Outset, StoreError> {
        self.store()
            .read(move |tx| {
                Ok(Outset {
                    health: tx.bank_healths().get(&key)?,
                    due: tx.attempts().next_due_query(&key)?,
                })
            })
            .await
    }

    /// Counts a failure, and gives the bank its rest.
    ///
    /// # Errors
    /// The store failed.
    pub async fn bank_failed(
        &self,
        key: AccountKey,
        breaker: Breaker,
        error: &BankError,
    ) -> Result<BankHealth, StoreError> {
        let now = self.now();
        let told = match error {
            BankError::Busy {
                retry_after: Some(seconds),
            } => Some(SignedDuration::from_secs(i64::from(*seconds)).min(LONGEST_REST)),
            BankError::Busy { retry_after: None } | BankError::Unavailable(_) | BankError::Refused(_) => None,
        };
        self.store()
            .write(move |tx| {
                let mut health = tx.bank_healths().get(&key)?;
                let rests = health.rest_until.is_some_and(|until| until > now);
                let by_breaker = if rests {
                    // It was under way when the rest began: the same outage, not the next one.
                    None
                } else {
                    health.failures = health.failures.saturating_add(1);
                    breaker.pause(health.failures)
                };
                let until = by_breaker.max(told).map(|rest| now + rest);
                health.rest_until = health.rest_until.max(until);
                tx.bank_healths().save(&key, health)?;
                Ok(health)
            })
            .await
    }

    /// It answers again.
    ///
    /// # Errors
    /// The store failed.
    pub async fn bank_recovered(&self, key: AccountKey) -> Result<(), StoreError> {
        self.store()
            .write(move |tx| tx.bank_healths().save(&key, BankHealth::default()))
            .await
    }
}
