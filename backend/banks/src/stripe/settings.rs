//! Settings of an account at Stripe.

use serde::Deserialize;

use crate::settings::{Secret, SettingsError, required};

/// Settings of an account at Stripe.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StripeSettings {
    /// Base address, `https://api.stripe.com/`.
    pub base_url: String,
    /// Secret key, `sk_…`, or a restricted one, `rk_…`.
    pub secret_key: Secret,
    /// Signing secret of the webhook endpoint, `whsec_…`, whole. Without it notifications are only reasons to ask.
    pub webhook_secret: Option<Secret>,
    /// Payments are held until the merchant captures them; false when left out.
    pub hold: Option<bool>,
    /// Further root certificates, PEM.
    pub ca_certificates: Option<String>,
    /// The longest time for one request; 15 when left out.
    pub timeout_seconds: Option<u32>,
    /// The greatest number of questions a second; 5 when left out.
    pub questions_per_second: Option<u32>,
}

impl StripeSettings {
    /// Whether all that must be there is there.
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        let key = required("secret_key", self.secret_key.expose())?;
        if key.starts_with("pk_") {
            return Err(SettingsError::new(
                "secret_key",
                "is the publishable key",
                "give the secret key, sk_…, or a restricted one, rk_…",
            ));
        }
        if let Some(secret) = &self.webhook_secret {
            required("webhook_secret", secret.expose())?;
        }
        Ok(())
    }
}
