//! A look at the beginning of a file, before anything is loaded.

use std::fs::File;

use tokio::task::spawn_blocking;

use crate::App;
use crate::ports::registry::{Origin, Preview, Unreadable};
use crate::ports::store::StoreError;

/// A file to look at.
#[derive(Debug)]
pub struct PreviewFile {
    /// Code of the bank.
    pub bank: String,
    /// The name that it came under.
    pub file_name: Option<String>,
    /// The saved mapping to try.
    pub mapping: Option<String>,
    /// Its bytes.
    pub file: File,
}

/// Why there is nothing to show.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// There is no such mapping.
    #[error("there is no mapping {0}")]
    UnknownMapping(String),
    /// It is not a table.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// The beginning of a file, and how it would be read.
    ///
    /// # Errors
    /// [`PreviewError`].
    pub async fn preview_registry(&self, looked_at: PreviewFile) -> Result<Preview, PreviewError> {
        let mapping = match looked_at.mapping {
            Some(name) => {
                let wanted = name.clone();
                let found = self
                    .store()
                    .read(move |tx| tx.registry_mappings().get(&wanted))
                    .await?;
                Some(found.ok_or(PreviewError::UnknownMapping(name))?)
            }
            None => None,
        };
        let files = self.registry_files().clone();
        let merchant = self
            .banks()
            .all()
            .into_iter()
            .find(|account| account.key.bank == looked_at.bank);
        let merchant = merchant.map_or("", |account| account.merchant.as_str());
        let origin = Origin {
            timezone: self.catalog().timezone_of(merchant),
            bank: looked_at.bank,
            file_name: looked_at.file_name,
        };
        let looked = spawn_blocking(move || files.preview(looked_at.file, &origin, mapping.as_ref()));
        match looked.await {
            Ok(preview) => Ok(preview?),
            Err(error) => Err(StoreError::Failed(Box::new(error)).into()),
        }
    }
}
