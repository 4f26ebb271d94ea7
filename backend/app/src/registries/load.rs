//! Loading a file.

use std::fs::File;

use jiff::Timestamp;
use sverka_domain::ids::RegistryId;
use sverka_domain::money::Currency;
use sverka_domain::registry::Mapping;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::survey::Survey;
use super::work::{BATCH, Loading};
use crate::App;
use crate::auth::Caller;
use crate::ports::bank::AccountKey;
use crate::ports::registry::{Files, Numbered, Origin, Unreadable};
use crate::ports::store::{LineCounts, Registry, RegistrySource, StoreError};

/// Batches that wait between reading and writing.
const AHEAD: usize = 2;

/// An uploaded file.
#[derive(Debug)]
pub struct Upload {
    /// Of which account.
    pub account: AccountKey,
    /// The name that it came under.
    pub file_name: Option<String>,
    /// The saved mapping to read it by; `None`: by a known layout.
    pub mapping: Option<String>,
    /// Its bytes.
    pub file: File,
    /// Their SHA-256.
    pub digest: [u8; 32],
}

/// What loading came to.
#[derive(Debug)]
pub enum Loaded {
    /// It is loaded now.
    Now(Box<Registry>),
    /// The very same file was loaded before, and nothing was changed.
    Before(Box<Registry>),
}

/// Why a file was not loaded. Nothing of it is stored then.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// No such bank account is configured.
    #[error("bank account {0} is not configured")]
    UnknownAccount(AccountKey),
    /// There is no such mapping.
    #[error("there is no mapping {0}")]
    UnknownMapping(String),
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How to open the file, twice: once to look through, once to load.
#[derive(Clone)]
struct Opening {
    files: Files,
    file: std::sync::Arc<File>,
    origin: Origin,
    mapping: Option<Mapping>,
}

impl Opening {
    fn open(&self) -> Result<Box<dyn crate::ports::registry::RegistryReader>, Unreadable> {
        let file = self.file.try_clone().map_err(Unreadable::Disk)?;
        self.files.open(file, &self.origin, self.mapping.as_ref())
    }
}

impl App {
    /// Loads a registry file: reads it through first, then holds it line by line against the journal. It goes on when
    /// the caller does not wait.
    ///
    /// # Errors
    /// [`LoadError`].
    pub async fn load_registry(&self, caller: Caller, upload: Upload) -> Result<Loaded, LoadError> {
        let app = self.clone();
        let loading = tokio::spawn(async move { app.load(caller, upload).await });
        loading
            .await
            .unwrap_or_else(|error| Err(StoreError::Failed(Box::new(error)).into()))
    }

    async fn load(&self, caller: Caller, upload: Upload) -> Result<Loaded, LoadError> {
        let account = self
            .banks()
            .get(&upload.account)
            .ok_or_else(|| LoadError::UnknownAccount(upload.account.clone()))?;
        let timezone = self.catalog().timezone_of(&account.merchant);
        if let Some(before) = self.loaded_before(&upload.account, upload.digest).await? {
            return Ok(Loaded::Before(Box::new(before)));
        }
        let opening = Opening {
            files: self.registry_files().clone(),
            mapping: self.mapping_named(upload.mapping).await?,
            file: std::sync::Arc::new(upload.file),
            origin: Origin {
                bank: upload.account.bank.clone(),
                file_name: upload.file_name.clone(),
                timezone: timezone.clone(),
            },
        };
        let (survey, layout) = self.survey(opening.clone()).await?;
        let now = self.now();
        let source = RegistrySource::File {
            name: upload.file_name,
            digest: upload.digest,
        };
        let period = survey.period(&timezone, now);
        let registry = Registry {
            layout,
            period,
            ..self.fresh_registry(&caller, upload.account.clone(), source, &survey, now)
        };
        let missing_in = period.filter(|_| survey.has_payments());
        match self.load_lines(registry, opening, missing_in).await {
            Ok(registry) => Ok(Loaded::Now(Box::new(registry))),
            Err((id, error)) => {
                self.give_up_load(id).await;
                // The same file, uploaded twice at once: the other one was faster.
                match error {
                    LoadError::Store(StoreError::Taken(_)) => {
                        let before = self.loaded_before(&upload.account, upload.digest).await?;
                        before.map(|before| Loaded::Before(Box::new(before))).ok_or(error)
                    }
                    error => Err(error),
                }
            }
        }
    }

    async fn loaded_before(
        &self,
        account: &AccountKey,
        digest: [u8; 32],
    ) -> Result<Option<Registry>, StoreError> {
        let account = account.clone();
        self.store()
            .read(move |tx| tx.registries().of_file(&account, &digest))
            .await
    }

    async fn mapping_named(&self, name: Option<String>) -> Result<Option<Mapping>, LoadError> {
        let Some(name) = name else { return Ok(None) };
        let wanted = name.clone();
        let found = self
            .store()
            .read(move |tx| tx.registry_mappings().get(&wanted))
            .await?;
        found.map(Some).ok_or(LoadError::UnknownMapping(name))
    }

    async fn survey(&self, opening: Opening) -> Result<(Survey, String), LoadError> {
        let read = spawn_blocking(move || {
            let mut reader = opening.open()?;
            let survey = Survey::read(reader.as_mut())?;
            Ok::<_, Unreadable>((survey, reader.layout()))
        });
        match read.await {
            Ok(read) => Ok(read?),
            Err(error) => Err(StoreError::Failed(Box::new(error)).into()),
        }
    }

    /// A registry of which nothing is compared yet.
    pub(super) fn fresh_registry(
        &self,
        caller: &Caller,
        account: AccountKey,
        source: RegistrySource,
        survey: &Survey,
        now: Timestamp,
    ) -> Registry {
        Registry {
            id: RegistryId(self.id(now)),
            account,
            source,
            layout: String::new(),
            period: None,
            loaded_at: now,
            loaded_by: caller.actor(),
            lines: survey.lines,
            counts: LineCounts::default(),
            currency: survey.currency.unwrap_or(Currency::RUB),
            sums: survey.sums,
            declared: survey.declared(),
            adds_up: survey.declared().adds_up(&survey.sums, survey.lines),
        }
    }

    async fn load_lines(
        &self,
        registry: Registry,
        opening: Opening,
        missing_in: Option<(Timestamp, Timestamp)>,
    ) -> Result<Registry, (RegistryId, LoadError)> {
        let id = registry.id;
        let failed = |(id, error): (RegistryId, StoreError)| (id, error.into());
        let mut loading = Loading::begin(self, registry)
            .await
            .map_err(|error| (id, error.into()))?;
        let (sender, mut batches) = mpsc::channel(AHEAD);
        let reading = spawn_blocking(move || read_batches(&opening, &sender));
        while let Some(batch) = batches.recv().await {
            loading = loading.add(batch).await.map_err(failed)?;
        }
        match reading.await {
            Ok(Ok(())) => loading.complete(missing_in).await.map_err(failed),
            Ok(Err(error)) => Err((id, error.into())),
            Err(error) => Err((id, StoreError::Failed(Box::new(error)).into())),
        }
    }
}

/// Reads the file once more, and hands it over batch by batch, no faster than it is taken.
fn read_batches(opening: &Opening, sender: &mpsc::Sender<Vec<Numbered>>) -> Result<(), Unreadable> {
    let mut reader = opening.open()?;
    let mut batch = Vec::with_capacity(BATCH);
    while let Some(numbered) = reader.next()? {
        batch.push(numbered);
        if batch.len() == BATCH && sender.blocking_send(std::mem::take(&mut batch)).is_err() {
            // The load failed, and tells why itself.
            return Ok(());
        }
    }
    if !batch.is_empty() && sender.blocking_send(batch).is_err() {
        tracing::debug!("a load failed at its last lines");
    }
    Ok(())
}
