//! Whether a bank's notifications would arrive: the address, the last ones of each kind, the last self-test.

use crate::App;
use crate::ports::bank::AccountKey;
use crate::ports::store::{Notification, NotificationVerdict, SelfTest, StoreError, Tx};

/// What is known of a callback address.
pub struct CallbackCheck {
    /// Which account.
    pub key: AccountKey,
    /// The address to paste into the bank's cabinet.
    pub callback_url: String,
    /// The newest notification that was genuine and of use.
    pub last_genuine: Option<Notification>,
    /// The newest one without a good signature.
    pub last_rejected: Option<Notification>,
    /// The newest one for an unknown order.
    pub last_orphan: Option<Notification>,
    /// The newest self-test that ended.
    pub last_self_test: Option<SelfTest>,
}

/// Why an account is not looked at.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// No such bank account is configured.
    #[error("bank account {0} is not configured")]
    NotFound(AccountKey),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// What is known of an account's callback address.
    ///
    /// # Errors
    /// [`CheckError`].
    pub async fn callback_check(&self, key: AccountKey) -> Result<CallbackCheck, CheckError> {
        if self.banks().get(&key).is_none() {
            return Err(CheckError::NotFound(key));
        }
        let callback_url = self.callback_url(&key);
        self.store()
            .read(move |tx| {
                Ok(CallbackCheck {
                    callback_url,
                    last_genuine: last_genuine(tx, &key)?,
                    last_rejected: tx.notifications().last(&key, NotificationVerdict::Rejected)?,
                    last_orphan: tx.notifications().last(&key, NotificationVerdict::Orphan)?,
                    last_self_test: tx.self_tests().last(&key)?,
                    key,
                })
            })
            .await
    }

    /// The address that an account's notifications come to.
    pub(crate) fn callback_url(&self, key: &AccountKey) -> String {
        let base = self.catalog().public_url.trim_end_matches('/');
        format!("{base}/callbacks/{}/{}", key.bank, key.account)
    }
}

fn last_genuine(tx: &mut dyn Tx, key: &AccountKey) -> Result<Option<Notification>, StoreError> {
    let mut newest: Option<Notification> = None;
    for verdict in [
        NotificationVerdict::Accepted,
        NotificationVerdict::Mismatch,
        NotificationVerdict::Ignored,
    ] {
        let last = tx.notifications().last(key, verdict)?;
        newest = [newest, last]
            .into_iter()
            .flatten()
            .max_by_key(|notification| (notification.received_at, notification.id));
    }
    Ok(newest)
}
