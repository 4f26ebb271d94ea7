//! The bank accounts, and whether their notifications come.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use strum::{Display, IntoStaticStr, VariantArray};

use crate::App;
use crate::ports::bank::AccountKey;
use crate::ports::store::{AccountHealth, StoreError};

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
    /// How its notifications are doing.
    pub health: AccountHealth,
    /// What is alarming.
    pub alarms: Vec<AccountAlarm>,
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
        let base = self.catalog().public_url.trim_end_matches('/').to_owned();
        let keys: Vec<_> = self
            .banks()
            .all()
            .into_iter()
            .map(|account| (account.key.clone(), account.merchant.clone()))
            .collect();
        self.store()
            .read(move |tx| {
                let mut seen = Vec::with_capacity(keys.len());
                for (key, merchant) in keys {
                    let health = tx.notifications().health(&key, since)?;
                    let callback_url = format!("{base}/callbacks/{}/{}", key.bank, key.account);
                    seen.push(AccountSeen {
                        callback_url,
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
