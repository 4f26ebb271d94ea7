//! Asks the banks what became of the money: one lane a bank account, with its own rate limit and breaker.

use std::num::NonZeroU32;
use std::sync::Mutex;

use futures_util::StreamExt as _;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use jiff::{SignedDuration, Timestamp};
use sverka_app::App;
use sverka_app::polling::{AskError, Asker, DueQueries};
use sverka_app::ports::bank::{AccountKey, BankAccount, BankError};
use sverka_app::ports::store::{DueQuery, StoreError};
use sverka_domain::polling::Breaker;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::driver::{Rest, Worker};

/// Attempts that are claimed at once: all that a lane holds in memory, however many are due.
const BATCH: u32 = 20;
/// Questions that are under way at once.
const AT_ONCE: usize = 4;
/// A bank that asks to be left alone is left alone for so long at most.
const LONGEST_REST: SignedDuration = SignedDuration::from_hours(1);

/// The lane of one bank account.
pub(crate) struct Lane {
    app: App,
    key: AccountKey,
    limit: DefaultDirectRateLimiter,
    breaker: Breaker,
    health: Mutex<Health>,
}

/// How the bank is doing, as far as this lane saw.
#[derive(Debug, Clone, Copy, Default)]
struct Health {
    failures: u32,
    rest_until: Option<Timestamp>,
}

/// What became of a claimed question.
enum Turn {
    Asked,
    /// The lane stopped, or the bank needs a rest: somebody asks it later.
    Left(DueQuery),
}

impl Lane {
    pub(crate) fn new(app: App, account: &BankAccount) -> Self {
        let per_second = NonZeroU32::new(account.port.questions_per_second()).unwrap_or(NonZeroU32::MIN);
        Self {
            app,
            key: account.key.clone(),
            limit: RateLimiter::direct(Quota::per_second(per_second)),
            breaker: account.port.policy().breaker,
            health: Mutex::default(),
        }
    }

    fn health(&self) -> Health {
        *self.lock()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Health> {
        self.health
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn rests_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.health().rest_until.filter(|until| *until > now)
    }

    async fn ask(&self, due: DueQuery, stop: &CancellationToken) -> Result<Turn, StoreError> {
        tokio::select! {
            () = stop.cancelled() => return Ok(Turn::Left(due)),
            () = self.limit.until_ready() => {}
        }
        if stop.is_cancelled() || self.rests_at(self.app.now()).is_some() {
            return Ok(Turn::Left(due));
        }
        let outcome = match self.app.ask_bank(due.attempt_id, Asker::Poller).await {
            Ok(_) => "answered",
            Err(AskError::Store(error)) => return Err(error),
            // Written down where the operator sees it; the plan for the next question is made.
            Err(AskError::Bank(error)) => self.failed(&error),
            Err(AskError::NotFound(_) | AskError::UnknownAccount(_)) => "gone",
        };
        if outcome == "answered" {
            *self.lock() = Health::default();
        }
        metrics::counter!("sverka_bank_queries_total", "account" => self.key.to_string(), "outcome" => outcome)
            .increment(1);
        Ok(Turn::Asked)
    }

    /// Counts a failure, and gives the bank its rest.
    fn failed(&self, error: &BankError) -> &'static str {
        let now = self.app.now();
        let mut health = self.lock();
        health.failures = health.failures.saturating_add(1);
        let by_breaker = self.breaker.pause(health.failures);
        let told = match error {
            BankError::Busy {
                retry_after: Some(seconds),
            } => Some(SignedDuration::from_secs(i64::from(*seconds)).min(LONGEST_REST)),
            BankError::Busy { retry_after: None } | BankError::Unavailable(_) | BankError::Refused(_) => None,
        };
        let until = by_breaker.max(told).map(|rest| now + rest);
        health.rest_until = health.rest_until.max(until);
        match error {
            BankError::Unavailable(_) | BankError::Busy { .. } => "unavailable",
            BankError::Refused(why) => {
                tracing::warn!(account = %self.key, why, "the bank refuses our questions");
                "refused"
            }
        }
    }

    /// Asks about what was claimed, a few at once; returns what was left over.
    async fn ask_all(&self, due: Vec<DueQuery>, stop: &CancellationToken) -> Result<(), StoreError> {
        let asked = futures_util::stream::iter(due)
            .map(|due| self.ask(due, stop))
            .buffer_unordered(AT_ONCE);
        let mut asked = std::pin::pin!(asked);
        let (mut left, mut failed) = (Vec::new(), None);
        while let Some(turn) = asked.next().await {
            match turn {
                Ok(Turn::Asked) => {}
                Ok(Turn::Left(due)) => left.push(due),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        self.app.put_back_queries(left).await?;
        failed.map_or(Ok(()), Err)
    }
}

impl Worker for Lane {
    fn name(&self) -> String {
        format!("bank poller {}", self.key)
    }

    fn app(&self) -> &App {
        &self.app
    }

    fn bell(&self) -> Option<&Notify> {
        Some(self.app.nudges().bank())
    }

    async fn turn(&self, stop: &CancellationToken) -> Result<Rest, StoreError> {
        if let Some(until) = self.rests_at(self.app.now()) {
            return Ok(Rest::Until(Some(until)));
        }
        // After an outage one question goes ahead, of the newest attempt: whether the bank answers again.
        let is_probe = self.breaker.pause(self.health().failures).is_some();
        let wanted = DueQueries::batch(if is_probe { 1 } else { BATCH });
        let due = self.app.claim_due_queries(self.key.clone(), wanted).await?;
        let full = due.len() == wanted.limit as usize;
        self.ask_all(due, stop).await?;
        if let Some(until) = self.rests_at(self.app.now()) {
            return Ok(Rest::Until(Some(until)));
        }
        if full {
            return Ok(Rest::More);
        }
        Ok(Rest::Until(self.app.next_due_query(self.key.clone()).await?))
    }
}
