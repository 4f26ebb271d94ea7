//! Saved mappings of columns.

use sverka_domain::registry::Mapping;

use crate::App;
use crate::ports::store::StoreError;

/// Why there is no mapping to show or to remove.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// There is none.
    #[error("there is no mapping {0}")]
    NotFound(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// All saved mappings, by name.
    ///
    /// # Errors
    /// The store failed.
    pub async fn registry_mappings(&self) -> Result<Vec<Mapping>, StoreError> {
        self.store().read(|tx| tx.registry_mappings().list()).await
    }

    /// One saved mapping.
    ///
    /// # Errors
    /// [`MappingError`].
    pub async fn registry_mapping(&self, name: String) -> Result<Mapping, MappingError> {
        let wanted = name.clone();
        let found = self
            .store()
            .read(move |tx| tx.registry_mappings().get(&wanted))
            .await?;
        found.ok_or(MappingError::NotFound(name))
    }

    /// Saves a mapping, in the place of the one with its name.
    ///
    /// # Errors
    /// The store failed.
    pub async fn save_registry_mapping(&self, mapping: Mapping) -> Result<Mapping, StoreError> {
        let now = self.now();
        let saved = mapping.clone();
        self.store()
            .write(move |tx| tx.registry_mappings().put(&saved, now))
            .await?;
        Ok(mapping)
    }

    /// Removes a mapping.
    ///
    /// # Errors
    /// [`MappingError`].
    pub async fn remove_registry_mapping(&self, name: String) -> Result<(), MappingError> {
        let wanted = name.clone();
        let was_there = self
            .store()
            .write(move |tx| tx.registry_mappings().remove(&wanted))
            .await?;
        if was_there {
            Ok(())
        } else {
            Err(MappingError::NotFound(name))
        }
    }
}
