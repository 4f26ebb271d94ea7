//! Notifications that came before their attempt.

use jiff::Timestamp;
use sverka_domain::attempt::Attempt;

use super::process;
use crate::App;
use crate::ports::bank::AccountKey;
use crate::ports::store::{StoreError, Tx};

/// Applies the notifications that wait for this attempt, in the order they came.
pub(crate) fn match_orphans(
    app: &App,
    tx: &mut dyn Tx,
    attempt: Attempt,
    now: Timestamp,
) -> Result<Attempt, StoreError> {
    let key = AccountKey {
        bank: attempt.bank.clone(),
        account: attempt.bank_account.clone(),
    };
    let Some(account) = app.banks().get(&key) else {
        return Ok(attempt);
    };
    let waiting =
        tx.notifications()
            .orphans(&key, &attempt.order_number, attempt.bank_order_id.as_deref())?;
    let mut attempt = attempt;
    for notification in waiting {
        let reading = account.port.read(&notification.raw);
        if let Some(changed) = process(app, tx, &notification, &reading, now)? {
            attempt = changed;
        }
    }
    Ok(attempt)
}
