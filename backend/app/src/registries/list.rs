//! Loaded registries and their lines.

use sverka_domain::ids::RegistryId;
use sverka_domain::registry::LineResult;

use super::tally::place;
use crate::App;
use crate::paging::{self, BadCursor, COUNT_CAP, Listed};
use crate::ports::store::{Cursor, LineFilter, Registry, RegistryLine, StoreError, Total};

/// Which registries.
#[derive(Debug, Clone, Default)]
pub struct RegistriesQuery {
    /// Code of the bank.
    pub bank: Option<String>,
    /// Name of the bank account.
    pub bank_account: Option<String>,
    /// From `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Rows of the page.
    pub limit: u32,
}

/// Which lines.
#[derive(Debug, Clone, Default)]
pub struct LinesQuery {
    /// Of these results; empty: any.
    pub results: Vec<LineResult>,
    /// From `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Rows of the page.
    pub limit: u32,
}

/// One page of lines.
pub type LinesListed = Listed<RegistryLine>;

/// Why there is nothing to show.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// There is no such registry.
    #[error("registry {0} does not exist")]
    NotFound(RegistryId),
    /// The cursor is not one.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Loaded registries, newest first.
    ///
    /// # Errors
    /// [`RegistryError`].
    pub async fn registries(&self, query: RegistriesQuery) -> Result<Listed<Registry>, RegistryError> {
        let after = query.cursor.as_deref().map(paging::decode).transpose()?;
        let limit = query.limit;
        self.store()
            .read(move |tx| {
                let (bank, account) = (query.bank.as_deref(), query.bank_account.as_deref());
                let mut rows = tx
                    .registries()
                    .list(bank, account, paging::one_more(after, limit))?;
                let total = tx.registries().count(bank, account, COUNT_CAP)?;
                let next_cursor = paging::cut(&mut rows, limit, |row: &Registry| Cursor {
                    at: row.loaded_at,
                    id: row.id.0,
                });
                Ok(Listed {
                    items: rows,
                    next_cursor,
                    total,
                })
            })
            .await
    }

    /// One registry.
    ///
    /// # Errors
    /// [`RegistryError`].
    pub async fn registry(&self, id: RegistryId) -> Result<Registry, RegistryError> {
        self.store()
            .read(move |tx| tx.registries().get(id)?.ok_or(RegistryError::NotFound(id)))
            .await
    }

    /// The lines of a registry, in the order of the file; what is missing there comes last.
    ///
    /// # Errors
    /// [`RegistryError`].
    pub async fn registry_lines(
        &self,
        id: RegistryId,
        query: LinesQuery,
    ) -> Result<LinesListed, RegistryError> {
        let after = query.cursor.as_deref().map(paging::decode_position).transpose()?;
        let limit = query.limit;
        self.store()
            .read(move |tx| {
                let registry = tx.registries().get(id)?.ok_or(RegistryError::NotFound(id))?;
                let filter = LineFilter {
                    after,
                    limit: limit + 1,
                    results: query.results,
                };
                let mut rows = tx.registry_lines().list(id, &filter)?;
                let more = rows.len() > limit as usize;
                rows.truncate(limit as usize);
                let last = rows.last().filter(|_| more);
                Ok(Listed {
                    next_cursor: last.map(|line| paging::encode_position(line.position)),
                    total: Total::Exactly(total(registry, &filter.results)),
                    items: rows,
                })
            })
            .await
    }
}

/// How many lines of these results the registry has.
fn total(registry: Registry, results: &[LineResult]) -> u64 {
    let mut counts = registry.counts;
    let wanted: std::collections::HashSet<_> = results.iter().copied().collect();
    <LineResult as strum::VariantArray>::VARIANTS
        .iter()
        .filter(|result| wanted.is_empty() || wanted.contains(result))
        .map(|result| *place(&mut counts, *result))
        .sum()
}
