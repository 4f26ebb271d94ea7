//! Settings of an account at an RBS gateway, and what they come to.

use serde::Deserialize;
use sverka_domain::money::Currency;

use super::signature::Verifier;
use crate::settings::{Secret, SettingsError, required};

/// Settings of an account at an RBS gateway.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RbsSettings {
    /// Base address of the REST interface, as in the contract.
    pub base_url: String,
    /// Name of the API user; with `password`.
    pub user_name: Option<String>,
    /// Password of the API user.
    pub password: Option<Secret>,
    /// Token instead of name and password. The gateway then answers only about its own order ids.
    pub token: Option<Secret>,
    /// Secret of symmetric callback checksums (HMAC-SHA256); used as text, never decoded.
    pub callback_secret: Option<Secret>,
    /// Public key of asymmetric callback checksums, PEM: the key (`-----BEGIN PUBLIC KEY-----`) or its certificate.
    pub callback_public_key: Option<String>,
    /// Digest of asymmetric checksums; SHA-512 when left out.
    pub callback_digest: Option<CallbackDigest>,
    /// Numeric code of the account's currency; the rouble when left out (Sber, VTB: `643`; Alfa-Bank: whatever number
    /// the account has there). Older installations want `810`.
    pub currency: Option<String>,
    /// Login of the shop at the gateway: keeps the orders of other shops of the same API user out of lists. All of the
    /// user's shops when left out.
    pub merchant_login: Option<String>,
    /// Further root certificates, PEM: for a gateway under the Russian national CA.
    pub ca_certificates: Option<String>,
    /// The longest time for one question; 15 when left out.
    pub timeout_seconds: Option<u32>,
    /// The greatest number of questions a second; 5 when left out.
    pub questions_per_second: Option<u32>,
}

/// The digest under an asymmetric checksum. The gateway's `sign_alias` is a label that has been seen to
/// name the wrong one, so it comes from the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CallbackDigest {
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

/// How we say who we are.
#[derive(Debug, Clone)]
pub(super) enum Credentials {
    /// Name and password.
    User { name: String, password: Secret },
    /// Token.
    Token(Secret),
}

impl Credentials {
    pub(super) fn new(settings: &RbsSettings) -> Result<Self, SettingsError> {
        match (&settings.token, &settings.user_name, &settings.password) {
            (Some(token), None, None) => {
                required("token", token.expose())?;
                Ok(Self::Token(token.clone()))
            }
            (None, Some(name), Some(password)) => {
                required("user_name", name)?;
                required("password", password.expose())?;
                Ok(Self::User {
                    name: name.clone(),
                    password: password.clone(),
                })
            }
            (Some(_), ..) => Err(SettingsError::new(
                "token",
                "stands beside user_name or password",
                "give either token, or user_name and password",
            )),
            (None, Some(_), None) => Err(SettingsError::new(
                "password",
                "is missing",
                "give the password of the API user",
            )),
            (None, None, _) => Err(SettingsError::new(
                "user_name",
                "is missing",
                "give user_name and password, or token",
            )),
        }
    }

    /// The fields that every request carries.
    pub(super) fn fields(&self) -> Vec<(&str, &str)> {
        match self {
            Self::User { name, password } => vec![("userName", name), ("password", password.expose())],
            Self::Token(token) => vec![("token", token.expose())],
        }
    }

    /// With a token the gateway does not look up by the merchant's number.
    pub(super) fn may_ask_by_number(&self) -> bool {
        matches!(self, Self::User { .. })
    }
}

/// What checks the callbacks.
pub(super) fn verifier(settings: &RbsSettings) -> Result<Verifier, SettingsError> {
    match (&settings.callback_secret, &settings.callback_public_key) {
        (Some(_), Some(_)) => Err(SettingsError::new(
            "callback_public_key",
            "stands beside callback_secret",
            "give the one that the bank has switched on",
        )),
        (Some(secret), None) => {
            required("callback_secret", secret.expose())?;
            Ok(Verifier::Hmac(secret.clone()))
        }
        (None, Some(pem)) => Verifier::rsa(pem, settings.callback_digest.unwrap_or(CallbackDigest::Sha512))
            .ok_or_else(|| {
                SettingsError::new(
                    "callback_public_key",
                    "is not an RSA public key",
                    "give the key or its certificate as the bank's cabinet shows it, -----BEGIN … included",
                )
            }),
        (None, None) => Ok(Verifier::None),
    }
}

/// The account's currency: as we know it and as the gateway wants it.
#[derive(Debug, Clone)]
pub(crate) struct AccountCurrency {
    pub(crate) currency: Currency,
    /// None: the account has one currency and the gateway knows it.
    numeric: Option<String>,
}

impl AccountCurrency {
    /// The number from the settings, or else the bank's usual one; the rouble where neither says.
    pub(crate) fn new(told: Option<&str>, usual: Option<&str>) -> Result<Self, SettingsError> {
        let Some(numeric) = told.or(usual) else {
            return Ok(Self {
                currency: Currency::RUB,
                numeric: None,
            });
        };
        let currency = Currency::from_numeric(numeric).ok_or_else(|| {
            SettingsError::new(
                "currency",
                "is not a known numeric code",
                "give an ISO 4217 number in quotes, such as \"643\"",
            )
        })?;
        Ok(Self {
            currency,
            numeric: Some(numeric.to_owned()),
        })
    }

    /// The gateway's number for a currency; `Ok(None)`: it is best left out.
    pub(crate) fn numeric(&self, currency: Currency) -> Result<Option<&str>, UnknownNumber> {
        if currency == self.currency {
            Ok(self.numeric.as_deref())
        } else {
            currency.numeric().map(Some).ok_or(UnknownNumber)
        }
    }
}

/// We have no number for that currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnknownNumber;
