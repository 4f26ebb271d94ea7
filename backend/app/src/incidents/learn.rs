//! What is usual at an account, from its ended hours.

use jiff::{SignedDuration, Timestamp};
use sverka_domain::pace::{Hour, Usual};

use crate::App;
use crate::ports::bank::AccountKey;
use crate::ports::store::{Incident, StoreError, Tx};

/// So much history counts.
const HISTORY: SignedDuration = SignedDuration::from_hours(8 * 7 * 24);
/// An hour is counted so long after its end: by then what was lost was found by asking.
const SETTLED_AFTER: SignedDuration = SignedDuration::from_hours(3);
/// What goes on for longer is what is usual now.
pub(super) const UNUSUAL_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// So many hours in one transaction: a journal that is new to the watch is counted bit by bit.
const AT_ONCE: usize = 24;

impl App {
    /// Counts the hours of an account that have ended and were not counted yet. Returns whether there are more.
    pub(super) async fn count_hours(&self, account: AccountKey) -> Result<bool, StoreError> {
        let now = self.now();
        let key = account.clone();
        let next = self
            .store()
            .read(move |tx| {
                let Some(first) = tx.pace().first_recorded(&key)? else {
                    return Ok(None);
                };
                let oldest = whole_hour(first.max(now - HISTORY));
                let last = tx.pace().last_hour(&key)?;
                Ok::<_, StoreError>(Some(last.map_or(oldest, |last| (last + HOUR).max(oldest))))
            })
            .await?;
        let Some(next) = next else { return Ok(false) };
        let end = now - SETTLED_AFTER - HOUR;
        let hours: Vec<Timestamp> = std::iter::successors(Some(next), |hour| Some(*hour + HOUR))
            .take_while(|hour| *hour <= end)
            .take(AT_ONCE)
            .collect();
        if hours.is_empty() {
            return Ok(false);
        }
        let are_more = hours.len() == AT_ONCE;
        self.store()
            .write(move |tx| {
                for at in hours {
                    let hour = tx.pace().count_hour(&account, at)?;
                    tx.pace().keep_hour(&account, &hour)?;
                }
                Ok::<_, StoreError>(())
            })
            .await?;
        Ok(are_more)
    }

    /// Removes hours that do not count any more.
    pub(crate) async fn forget_hours(&self) -> Result<(), StoreError> {
        let before = self.now() - HISTORY - HISTORY;
        self.store()
            .write(move |tx| tx.pace().forget_hours(before).map(|_| ()))
            .await
    }
}

/// What the hours of an account say is usual. What was unusual does not count.
pub(super) fn usual(tx: &mut dyn Tx, account: &AccountKey, now: Timestamp) -> Result<Usual, StoreError> {
    let from = now - HISTORY;
    let incidents = tx.incidents().since(account, from)?;
    let mut hours = tx.pace().hours(account, from)?;
    hours.retain(|hour| !incidents.iter().any(|incident| is_in(hour, incident)));
    Ok(Usual::learn(&hours))
}

fn is_in(hour: &Hour, incident: &Incident) -> bool {
    let unusual_until = incident.opened_at + UNUSUAL_FOR;
    let end = incident
        .closed_at
        .map_or(unusual_until, |closed| closed.min(unusual_until));
    hour.at + HOUR > incident.since && hour.at < end
}

fn whole_hour(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second().div_euclid(3600) * 3600).unwrap_or(at)
}
