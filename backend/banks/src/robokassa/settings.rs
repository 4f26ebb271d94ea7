//! Settings of a shop at Robokassa.

use serde::Deserialize;
use url::Url;

use super::hash::HashKind;
use super::jws::Verifier;
use crate::settings::{Secret, SettingsError, required};

/// Settings of a shop at Robokassa.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RobokassaSettings {
    /// Base address, `https://auth.robokassa.ru/Merchant/`.
    pub base_url: String,
    /// Identifier of the shop.
    pub merchant_login: String,
    /// Password #1: under the payment page. In test mode, the test one.
    pub password1: Secret,
    /// Password #2: under notifications and questions. In test mode, the test one.
    pub password2: Secret,
    /// The hash chosen in the cabinet; `md5` when left out.
    pub hash: Option<HashKind>,
    /// The passwords are those of the test mode, and pages open in it; false when left out.
    pub test_mode: Option<bool>,
    /// Payments are held until the shop confirms them; false when left out.
    pub hold: Option<bool>,
    /// Our callback address once more, to be told of holds: `ResultUrl2` of each payment.
    pub result_url2: Option<String>,
    /// Robokassa's certificate or public key (PEM), which signs what comes to `result_url2`.
    pub result_certificate: Option<String>,
    /// Language of the payment page; `ru` when left out.
    pub language: Option<String>,
    /// Further root certificates, PEM.
    pub ca_certificates: Option<String>,
    /// The longest time for one question; 15 when left out.
    pub timeout_seconds: Option<u32>,
    /// The greatest number of questions a second; 5 when left out.
    pub questions_per_second: Option<u32>,
}

impl RobokassaSettings {
    /// Whether all that must be there is there.
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        required("merchant_login", &self.merchant_login)?;
        required("password1", self.password1.expose())?;
        required("password2", self.password2.expose())?;
        if self.password1 == self.password2 {
            return Err(SettingsError::new(
                "password2",
                "is the same as password1",
                "give password #2 of the cabinet's technical settings",
            ));
        }
        if !matches!(self.language.as_deref(), None | Some("ru" | "en" | "kz")) {
            return Err(SettingsError::new(
                "language",
                "is not a language of the page",
                "give \"ru\", \"en\" or \"kz\"",
            ));
        }
        self.check_hold()
    }

    /// Nothing but `ResultUrl2` tells of a hold.
    fn check_hold(&self) -> Result<(), SettingsError> {
        let is_address =
            |text: &str| Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        match self.result_url2.as_deref() {
            Some(text) if !is_address(text) => Err(SettingsError::new(
                "result_url2",
                "is not an http(s) address",
                "give the callback address of this account, or leave it out",
            )),
            _ => Ok(()),
        }
    }

    /// What checks the messages of the second address.
    pub(super) fn verifier(&self) -> Result<Option<Verifier>, SettingsError> {
        self.result_certificate
            .as_deref()
            .map(|pem| {
                Verifier::read(pem).ok_or_else(|| {
                    SettingsError::new(
                        "result_certificate",
                        "is not an RSA certificate or public key",
                        "give it as PEM, -----BEGIN CERTIFICATE----- or -----BEGIN PUBLIC KEY-----",
                    )
                })
            })
            .transpose()
    }
}
