//! Settings of an account at the new gateway.

use serde::Deserialize;

use crate::settings::{Secret, SettingsError, required};

/// Settings of an account at Sber's new gateway.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SberEcomSettings {
    /// Base address, as in the contract.
    pub base_url: String,
    /// Name of the API user.
    pub user_name: String,
    /// Its password.
    pub password: Secret,
    /// Secret of callback checksums, where the bank still sends them (description 1.0.4).
    pub callback_secret: Option<Secret>,
    /// Numeric code of the account's currency; the rouble when left out.
    pub currency: Option<String>,
    /// Further root certificates, PEM: the gateway stands under the Russian national CA.
    pub ca_certificates: Option<String>,
    /// The longest time for one question; 15 when left out.
    pub timeout_seconds: Option<u32>,
    /// The greatest number of questions a second; 5 when left out.
    pub questions_per_second: Option<u32>,
}

impl SberEcomSettings {
    /// Whether all that must be there is there.
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        required("user_name", &self.user_name)?;
        required("password", self.password.expose())?;
        if let Some(secret) = &self.callback_secret {
            required("callback_secret", secret.expose())?;
        }
        Ok(())
    }
}
