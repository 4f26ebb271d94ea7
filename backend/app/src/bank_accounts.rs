//! The bank accounts, and whether their notifications come.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use strum::{Display, IntoStaticStr, VariantArray};

use crate::App;
use crate::ports::bank::{Abilities, AccountKey, BankError};
use crate::ports::store::{AccountHealth, Incident, StoreError};

/// What is alarming about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Display, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AccountAlarm {
    /// Payments were found by asking, whose notifications never came.
    LostCallbacks,
    /// There were payments, and not one good notification.
    Silent,
    /// Notifications without a good signature came.
    BadSignatures,
}

/// One account and its health over the last day.
#[derive(Debug, Clone)]
pub struct AccountSeen {
    /// Which.
    pub key: AccountKey,
    /// Whose.
    pub merchant: String,
    /// The address to paste into the bank's cabinet.
    pub callback_url: String,
    /// What it can do beyond the basics.
    pub abilities: Abilities,
    /// How its notifications are doing.
    pub health: AccountHealth,
    /// What is alarming.
    pub alarms: Vec<AccountAlarm>,
    /// Its open incident.
    pub incident: Option<Incident>,
}

/// Counts are over this time.
const WINDOW: SignedDuration = SignedDuration::from_hours(24);

impl App {
    /// All bank accounts, with the health of their notifications.
    ///
    /// # Errors
    /// The store failed.
    pub async fn bank_accounts(&self) -> Result<Vec<AccountSeen>, StoreError> {
        let since = self.now() - WINDOW;
        let accounts: Vec<_> = self
            .banks()
            .all()
            .into_iter()
            .map(|account| {
                let url = self.callback_url(&account.key);
                let abilities = account.port.abilities();
                (account.key.clone(), account.merchant.clone(), url, abilities)
            })
            .collect();
        self.store()
            .read(move |tx| {
                let mut seen = Vec::with_capacity(accounts.len());
                for (key, merchant, callback_url, abilities) in accounts {
                    let health = tx.notifications().health(&key, since)?;
                    seen.push(AccountSeen {
                        incident: tx.incidents().open_of(&key)?,
                        callback_url,
                        abilities,
                        alarms: alarms(&health),
                        health,
                        key,
                        merchant,
                    });
                }
                Ok(seen)
            })
            .await
    }
}

/// Why the bank was not asked to send its notifications again.
#[derive(Debug, thiserror::Error)]
pub enum ResendError {
    /// No such bank account is configured.
    #[error("bank account {0} is not configured")]
    NotFound(AccountKey),
    /// The bank does not do that.
    #[error("the bank of {0} does not send notifications again")]
    NotSupported(AccountKey),
    /// The bank did not take the request.
    #[error(transparent)]
    Bank(#[from] BankError),
}

impl App {
    /// Asks the bank to send again the notifications that it could not deliver.
    ///
    /// # Errors
    /// [`ResendError`].
    pub async fn resend_notifications(&self, key: AccountKey) -> Result<(), ResendError> {
        let Some(account) = self.banks().get(&key) else {
            return Err(ResendError::NotFound(key));
        };
        if !account.port.abilities().resends {
            return Err(ResendError::NotSupported(key));
        }
        Ok(account.port.resend().await?)
    }
}

fn alarms(health: &AccountHealth) -> Vec<AccountAlarm> {
    let mut alarms = Vec::new();
    if health.lost > 0 && health.lost >= health.paid {
        alarms.push(AccountAlarm::Silent);
    } else if health.lost > 0 {
        alarms.push(AccountAlarm::LostCallbacks);
    }
    if health.rejected > 0 {
        alarms.push(AccountAlarm::BadSignatures);
    }
    alarms
}
