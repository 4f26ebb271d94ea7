//! Settings of an account at PayOnline.

use serde::Deserialize;

use crate::settings::{Secret, SettingsError, required};

/// Settings of an account at PayOnline.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayOnlineSettings {
    /// Base address, `https://secure.payonlinesystem.com/`.
    pub base_url: String,
    /// Number of the site.
    pub merchant_id: String,
    /// The secret under every signature.
    pub private_security_key: Secret,
    /// Language of the payment page, two letters; `ru` when left out.
    pub language: Option<String>,
    /// Further root certificates, PEM.
    pub ca_certificates: Option<String>,
    /// The longest time for one request; 15 when left out.
    pub timeout_seconds: Option<u32>,
    /// The greatest number of questions a second; 5 when left out.
    pub questions_per_second: Option<u32>,
}

impl PayOnlineSettings {
    /// Whether all that must be there is there.
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        required("merchant_id", &self.merchant_id)?;
        required("private_security_key", self.private_security_key.expose())?;
        let language = self.language.as_deref().unwrap_or("ru");
        if language.len() == 2 && language.bytes().all(|letter| letter.is_ascii_lowercase()) {
            Ok(())
        } else {
            Err(SettingsError::new(
                "language",
                "is not a language",
                "give two letters, such as \"ru\"",
            ))
        }
    }
}
