//! Everything that matches a search, page by page, for a file.

use sverka_domain::attempt::Attempt;
use sverka_domain::ids::UserId;

use super::search::{meant, place};
use crate::App;
use crate::ports::store::{AttemptFilter, Cursor, Page, StoreError};

/// Rows that are read at once: all that an export holds in memory, however long it is.
const ROWS: u32 = 1_000;

/// An export under way.
///
/// Each page is a read of its own that goes on after the last row seen, so that a slow client holds neither a connection
/// nor a snapshot of the database. What is recorded meanwhile is newer than its beginning and is not in it; what changes
/// meanwhile is as it is when its page is read.
pub struct Export {
    app: App,
    asker: Option<UserId>,
    filter: Option<AttemptFilter>,
    after: Option<Cursor>,
}

impl App {
    /// Begins an export of the attempts that match, newest first. `text` is what a person would type into the search;
    /// what `asker` changed is in it.
    #[must_use]
    pub fn export_attempts(
        &self,
        asker: Option<UserId>,
        text: Option<&str>,
        filter: AttemptFilter,
    ) -> Export {
        Export {
            app: self.clone(),
            asker,
            filter: meant(text, filter),
            after: None,
        }
    }
}

impl Export {
    /// The next rows; none at the end.
    ///
    /// # Errors
    /// The store failed.
    pub async fn next(&mut self) -> Result<Vec<Attempt>, StoreError> {
        let Some(filter) = self.filter.clone() else {
            return Ok(Vec::new());
        };
        let page = Page {
            after: self.after,
            limit: ROWS,
        };
        let attempts = self
            .app
            .store()
            .read_far(self.asker, move |tx| tx.attempts().search(&filter, page))
            .await?;
        self.after = attempts.last().map(place);
        if attempts.len() < ROWS as usize {
            self.filter = None;
        }
        Ok(attempts)
    }
}
