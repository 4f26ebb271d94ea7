//! Searching the journal.

use jiff::Timestamp;
use sverka_domain::attempt::Attempt;
use sverka_domain::ids::UserId;
use sverka_domain::search::readings;

use super::{Pauses, Seen};
use crate::App;
use crate::paging::{BadCursor, COUNT_CAP, Listed, cut, decode, one_more, reachable};
use crate::ports::store::{AttemptFilter, Cursor, StoreError, Total, Tx};

/// What a caller looks for.
#[derive(Debug, Clone, Default)]
pub struct SearchQuery {
    /// The typed text: a name, a phone or its last digits, an order number, a bank order id.
    pub text: Option<String>,
    /// Who looks, if it is a person: what they changed is found at once.
    pub asker: Option<UserId>,
    /// Everything else. Its `readings` are filled in from `text`.
    pub filter: AttemptFilter,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// Rows of the page.
    pub limit: u32,
}

/// Why a search was not made.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The cursor is made up.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// One page of the attempts that match, newest first.
    ///
    /// # Errors
    /// [`SearchError`].
    pub async fn search_attempts(&self, query: SearchQuery) -> Result<Listed<Seen>, SearchError> {
        let now = self.now();
        let after = query.cursor.as_deref().map(decode).transpose()?;
        let limit = query.limit;
        let Some(filter) = meant(query.text.as_deref(), query.filter) else {
            return Ok(Listed {
                items: Vec::new(),
                next_cursor: None,
                total: Total::Exactly(0),
            });
        };
        self.store()
            .read_far(query.asker, move |tx| {
                let mut attempts = tx.attempts().search(&filter, one_more(after, limit))?;
                let next_cursor = cut(&mut attempts, limit, place);
                let total = total(tx, &filter, &attempts, after, next_cursor.is_some())?;
                let ids: Vec<_> = attempts.iter().map(|attempt| attempt.id).collect();
                let deliveries = tx.deliveries().of_attempts(&ids)?;
                let pauses = Pauses::load(tx, now)?;
                let see = |attempt: Attempt| {
                    let own: Vec<_> = deliveries
                        .iter()
                        .filter(|d| d.attempt_id == attempt.id)
                        .cloned()
                        .collect();
                    Seen::new(attempt, &own, &pauses)
                };
                Ok(Listed {
                    items: attempts.into_iter().map(see).collect(),
                    next_cursor,
                    total,
                })
            })
            .await
    }
}

/// The filter with what the typed text means in it; `None` where a text can mean nothing that is in the journal.
pub(crate) fn meant(text: Option<&str>, filter: AttemptFilter) -> Option<AttemptFilter> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    let meant = text.map(readings);
    if meant.as_ref().is_some_and(Vec::is_empty) {
        return None;
    }
    let within = |time: Option<Timestamp>| time.map(|time| reachable(time.as_microsecond()));
    Some(AttemptFilter {
        readings: meant.unwrap_or_default(),
        created_from: within(filter.created_from),
        created_to: within(filter.created_to),
        ..filter
    })
}

pub(super) fn place(attempt: &Attempt) -> Cursor {
    Cursor {
        at: attempt.created_at,
        id: attempt.id.0,
    }
}

/// Counting is skipped where the first page shows everything.
fn total(
    tx: &mut dyn Tx,
    filter: &AttemptFilter,
    page: &[Attempt],
    after: Option<Cursor>,
    more: bool,
) -> Result<Total, StoreError> {
    if after.is_none() && !more {
        return Ok(Total::Exactly(page.len() as u64));
    }
    // A count that would read too many rows ends early; what the page shows is there in any case.
    let shown = (page.len() as u64).saturating_add(u64::from(more));
    Ok(match tx.attempts().count(filter, COUNT_CAP)? {
        Total::AtLeast(counted) => Total::AtLeast(counted.max(shown)),
        exact => exact,
    })
}
