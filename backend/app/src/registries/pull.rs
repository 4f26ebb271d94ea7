//! A registry from the bank's own list call.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use jiff::{SignedDuration, Timestamp};
use sverka_domain::ids::RegistryId;
use sverka_domain::registry::Line;

use super::survey::Survey;
use super::work::{BATCH, Loading};
use crate::App;
use crate::auth::Caller;
use crate::ports::bank::{AccountKey, BankAccount, BankError};
use crate::ports::registry::Numbered;
use crate::ports::store::{Registry, RegistrySource, StoreError};

/// So much at once.
const LONGEST: SignedDuration = SignedDuration::from_hours(31 * 24);
/// A bank that gives one cursor after another without end is at fault.
const PAGES: usize = 20_000;

/// What to pull.
#[derive(Debug, Clone)]
pub struct PullPeriod {
    /// From which account.
    pub account: AccountKey,
    /// From this time …
    pub from: Timestamp,
    /// … up to but not including this one.
    pub to: Timestamp,
}

/// Why nothing was pulled.
#[derive(Debug, thiserror::Error)]
pub enum PullError {
    /// No such bank account is configured.
    #[error("bank account {0} is not configured")]
    UnknownAccount(AccountKey),
    /// The bank has no list call.
    #[error("the bank of account {0} has no list of operations; load its registry as a file")]
    NotSupported(AccountKey),
    /// The period is empty, or too long.
    #[error("a period has to end after it begins, within 31 days")]
    Period,
    /// The bank did not answer.
    #[error(transparent)]
    Bank(#[from] BankError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Operations that are new: pages and windows of a list may overlap.
#[derive(Default)]
struct Fresh(HashSet<u64>);

impl Fresh {
    fn take(&mut self, line: &Line) -> bool {
        let mut hasher = DefaultHasher::new();
        line.kind.hash(&mut hasher);
        line.bank_order_id.hash(&mut hasher);
        line.order_number.hash(&mut hasher);
        line.rrn.hash(&mut hasher);
        line.amount.hash(&mut hasher);
        line.at.hash(&mut hasher);
        self.0.insert(hasher.finish())
    }
}

impl App {
    /// Pulls the operations of a period from the bank, and holds them against the journal. It goes on when the caller
    /// does not wait.
    ///
    /// # Errors
    /// [`PullError`]; then the registry is not kept. What was healed by the bank's word before stays healed.
    pub async fn pull_registry(&self, caller: Caller, period: PullPeriod) -> Result<Registry, PullError> {
        let app = self.clone();
        let pulling = tokio::spawn(async move { app.pull(caller, period).await });
        pulling
            .await
            .unwrap_or_else(|error| Err(StoreError::Failed(Box::new(error)).into()))
    }

    async fn pull(&self, caller: Caller, wanted: PullPeriod) -> Result<Registry, PullError> {
        let account = self
            .banks()
            .get(&wanted.account)
            .ok_or_else(|| PullError::UnknownAccount(wanted.account.clone()))?
            .clone();
        let longest = account.port.abilities().lists;
        let window = longest.ok_or_else(|| PullError::NotSupported(wanted.account.clone()))?;
        let now = self.now();
        let (from, to) = (wanted.from, wanted.to.min(now));
        if from >= wanted.to || wanted.to.duration_since(from) > LONGEST || from >= to {
            return Err(PullError::Period);
        }
        let registry = Registry {
            layout: "bank_list".to_owned(),
            period: Some((from, to)),
            ..self.fresh_registry(
                &caller,
                wanted.account,
                RegistrySource::Bank,
                &Survey::default(),
                now,
            )
        };
        let id = registry.id;
        let loading = Loading::begin(self, registry).await?;
        match self.pull_lines(loading, &account, (from, to), window).await {
            Ok(registry) => Ok(registry),
            Err(error) => {
                self.give_up_load(id).await;
                Err(error)
            }
        }
    }

    async fn pull_lines(
        &self,
        mut loading: Loading,
        account: &BankAccount,
        (from, to): (Timestamp, Timestamp),
        window: SignedDuration,
    ) -> Result<Registry, PullError> {
        let (mut survey, mut fresh) = (Survey::default(), Fresh::default());
        let mut begin = from;
        while begin < to {
            let end = to.min(begin + window);
            let mut cursor: Option<String> = None;
            for page in 0.. {
                if page == PAGES {
                    return Err(BankError::Unavailable("its list has no end".to_owned()).into());
                }
                let listed = account.port.list(begin, end, cursor.as_deref()).await?;
                let mut batch = Vec::with_capacity(listed.lines.len());
                for line in listed.lines {
                    if fresh.take(&line) {
                        survey.add(&line);
                        batch.push(Numbered {
                            number: survey.lines,
                            line,
                        });
                    }
                }
                loading = add_all(loading, batch).await?;
                match listed.next {
                    Some(next) => cursor = Some(next),
                    None => break,
                }
            }
            begin = end;
        }
        loading.registry.lines = survey.lines;
        loading.registry.sums = survey.sums;
        if let Some(currency) = survey.currency {
            loading.registry.currency = currency;
        }
        let registry = loading.complete(Some((from, to))).await;
        registry.map_err(|(_, error)| error.into())
    }
}

/// Adds a page in batches.
async fn add_all(mut loading: Loading, mut lines: Vec<Numbered>) -> Result<Loading, PullError> {
    while !lines.is_empty() {
        let rest = lines.split_off(lines.len().min(BATCH));
        let added: Result<Loading, (RegistryId, StoreError)> = loading.add(lines).await;
        loading = added.map_err(|(_, error)| error)?;
        lines = rest;
    }
    Ok(loading)
}
