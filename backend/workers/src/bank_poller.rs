//! Asks the banks what became of the money: one lane a bank account, with its own rate limit and breaker.

use std::num::NonZeroU32;
use std::sync::Mutex;

use futures_util::StreamExt as _;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use jiff::Timestamp;
use sverka_app::App;
use sverka_app::polling::{AskError, DueQueries};
use sverka_app::ports::bank::{AccountKey, BankAccount, BankError};
use sverka_app::ports::store::{BankHealth, DueQuery, StoreError};
use sverka_domain::polling::Breaker;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::driver::{Rest, Worker};

/// Attempts that are claimed at once, at most: all that a lane holds in memory, however many are due.
const BATCH: u32 = 64;
/// A claim is for so many seconds of the bank's own pace, so that a client who pays now is not behind more than these.
const SECONDS_AHEAD: u32 = 2;
/// Questions that are under way at once.
const AT_ONCE: usize = 16;

/// The lane of one bank account.
pub(crate) struct Lane {
    app: App,
    key: AccountKey,
    limit: DefaultDirectRateLimiter,
    batch: u32,
    breaker: Breaker,
    /// How the bank answers, as it was read or written last. The database has it for all workers.
    health: Mutex<BankHealth>,
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
            batch: per_second.get().saturating_mul(SECONDS_AHEAD).clamp(1, BATCH),
            breaker: account.port.policy().breaker,
            health: Mutex::default(),
        }
    }

    fn health(&self) -> BankHealth {
        *self.lock()
    }

    fn learn(&self, health: BankHealth) {
        *self.lock() = health;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BankHealth> {
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
        let outcome = match self.app.poll_bank(due.attempt_id).await {
            Ok(()) => "answered",
            Err(AskError::Store(error)) => return Err(error),
            // Written down where the operator sees it; the plan for the next question is made.
            Err(AskError::Bank(error)) => self.failed(&error).await?,
            Err(AskError::NotFound(_) | AskError::UnknownAccount(_)) => "gone",
        };
        if outcome == "answered" && self.health() != BankHealth::default() {
            self.app.bank_recovered(self.key.clone()).await?;
            self.learn(BankHealth::default());
        }
        metrics::counter!("sverka_bank_queries_total", "account" => self.key.to_string(), "outcome" => outcome)
            .increment(1);
        Ok(Turn::Asked)
    }

    /// Counts a failure, and gives the bank its rest.
    async fn failed(&self, error: &BankError) -> Result<&'static str, StoreError> {
        let health = self
            .app
            .bank_failed(self.key.clone(), self.breaker, error)
            .await?;
        self.learn(health);
        Ok(match error {
            BankError::Unavailable(_) | BankError::Busy { .. } => "unavailable",
            BankError::Refused(why) => {
                tracing::warn!(account = %self.key, why, "the bank refuses our questions");
                "refused"
            }
        })
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
        // First a cheap look: nothing is written while nothing is due.
        let outset = self.app.questions_outset(self.key.clone()).await?;
        self.learn(outset.health);
        let now = self.app.now();
        if let Some(until) = self.rests_at(now) {
            return Ok(Rest::Until(Some(until)));
        }
        if outset.due.is_none_or(|due| due > now) {
            return Ok(Rest::Until(outset.due));
        }
        // After an outage one question goes ahead, of the newest attempt: whether the bank answers again.
        let is_probe = self.breaker.pause(outset.health.failures).is_some();
        let wanted = DueQueries::batch(if is_probe { 1 } else { self.batch });
        let due = self.app.claim_due_queries(self.key.clone(), wanted).await?;
        if due.is_empty() {
            // Somebody else is just taking it.
            return Ok(Rest::Until(outset.due));
        }
        self.ask_all(due, stop).await?;
        // Whatever is left is seen by the next look.
        Ok(Rest::More)
    }
}
