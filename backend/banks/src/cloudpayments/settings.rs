//! Settings of an account at CloudPayments.

use serde::Deserialize;

use crate::settings::{Secret, SettingsError, required};

/// Settings of an account at CloudPayments.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloudPaymentsSettings {
    /// Base address, `https://api.cloudpayments.ru/`.
    pub base_url: String,
    /// Public ID of the site.
    pub public_id: String,
    /// API Secret: the password of the API and the key under every notification.
    pub api_secret: Secret,
    /// Payments are held until the merchant confirms them; false when left out.
    pub two_stage: Option<bool>,
    /// Further root certificates, PEM.
    pub ca_certificates: Option<String>,
    /// The longest time for one request; 15 when left out. The bank allows itself up to five minutes.
    pub timeout_seconds: Option<u32>,
    /// The greatest number of questions a second; 5 when left out, which is the limit of a test terminal.
    pub questions_per_second: Option<u32>,
}

impl CloudPaymentsSettings {
    /// Whether all that must be there is there.
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        required("public_id", &self.public_id)?;
        required("api_secret", self.api_secret.expose())?;
        Ok(())
    }
}
