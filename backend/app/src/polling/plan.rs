//! When the bank is asked next about an attempt, by the policy of its bank and the merchant's days.

use jiff::Timestamp;
use sverka_domain::attempt::Attempt;
use sverka_domain::polling::Subject;

use crate::App;
use crate::ports::bank::AccountKey;

/// What the policy says of an attempt as it stands; `None` when there is nothing left to ask, or nobody to be asked:
/// the account is not configured any more.
pub(crate) fn next_query(app: &App, attempt: &Attempt, now: Timestamp) -> Option<Timestamp> {
    let key = AccountKey {
        bank: attempt.bank.clone(),
        account: attempt.bank_account.clone(),
    };
    let account = app.banks().get(&key)?;
    let subject = Subject {
        created_at: attempt.created_at,
        state: &attempt.state,
        zone: &app.catalog().zone(&attempt.merchant),
    };
    account.port.policy().next_query(&subject, now)
}
