//! Asks the banks what became of the money: one lane a bank account, with its own rate limit and breaker.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures_util::StreamExt as _;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use sverka_app::App;
use sverka_app::polling::{AskError, Asker};
use sverka_app::ports::bank::{AccountKey, BankAccount, BankError};
use sverka_app::ports::store::StoreError;
use sverka_domain::ids::AttemptId;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::driver::{Rest, Worker};

/// Attempts that are claimed at once.
const BATCH: u32 = 20;
/// Questions that are under way at once.
const AT_ONCE: usize = 4;
/// After so many failures in a row the lane asks one question a pause, until one is answered.
const FAILURES_BEFORE_PAUSE: u32 = 5;
/// The pause.
const PAUSE: Duration = Duration::from_secs(5);

/// The lane of one bank account.
pub(crate) struct Lane {
    app: App,
    key: AccountKey,
    limit: DefaultDirectRateLimiter,
    failures: AtomicU32,
}

impl Lane {
    pub(crate) fn new(app: App, account: &BankAccount) -> Self {
        let per_second = NonZeroU32::new(account.port.questions_per_second()).unwrap_or(NonZeroU32::MIN);
        Self {
            app,
            key: account.key.clone(),
            limit: RateLimiter::direct(Quota::per_second(per_second)),
            failures: AtomicU32::new(0),
        }
    }

    fn is_paused(&self) -> bool {
        self.failures.load(Ordering::Relaxed) >= FAILURES_BEFORE_PAUSE
    }

    async fn ask(&self, id: AttemptId) -> Result<(), StoreError> {
        self.limit.until_ready().await;
        let outcome = match self.app.ask_bank(id, Asker::Poller).await {
            Ok(_) => "answered",
            Err(AskError::Store(error)) => return Err(error),
            // Written down where the operator sees it; the plan for the next question is made.
            Err(AskError::Bank(BankError::Unavailable(_) | BankError::Busy { .. })) => "unavailable",
            Err(AskError::Bank(BankError::Refused(why))) => {
                tracing::warn!(account = %self.key, why, "the bank refuses our questions");
                "refused"
            }
            Err(AskError::NotFound(_) | AskError::UnknownAccount(_)) => "gone",
        };
        match outcome {
            "answered" | "gone" => self.failures.store(0, Ordering::Relaxed),
            _ => {
                self.failures.fetch_add(1, Ordering::Relaxed);
            }
        }
        metrics::counter!("sverka_bank_queries_total", "account" => self.key.to_string(), "outcome" => outcome)
            .increment(1);
        Ok(())
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
        let paused = self.is_paused();
        let batch = if paused { 1 } else { BATCH };
        let due = self.app.claim_due_queries(self.key.clone(), batch).await?;
        let (any, full) = (!due.is_empty(), due.len() == batch as usize);
        let asked = futures_util::stream::iter(due)
            .take_until(stop.cancelled())
            .map(|id| self.ask(id))
            .buffer_unordered(AT_ONCE);
        let mut asked = std::pin::pin!(asked);
        let mut failed = None;
        while let Some(result) = asked.next().await {
            failed = failed.or(result.err());
        }
        if let Some(error) = failed {
            return Err(error);
        }
        if any && self.is_paused() {
            return Ok(Rest::Until(Some(self.app.now() + PAUSE)));
        }
        if full {
            return Ok(Rest::More);
        }
        Ok(Rest::Until(self.app.next_due_query(self.key.clone()).await?))
    }
}
