//! Settings of a terminal at T-Bank.

use serde::Deserialize;

use crate::settings::{Secret, SettingsError, base_url, required};

/// The bank's limit on the name of a terminal, in characters.
const MAX_TERMINAL_KEY: usize = 20;

/// Settings of a terminal at T-Bank.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TBankSettings {
    /// Base address, `https://securepay.tinkoff.ru/v2/`.
    pub base_url: String,
    /// Name of the terminal, from the cabinet.
    pub terminal_key: String,
    /// The terminal's password: the secret under every `Token`.
    pub password: Secret,
    /// Where notifications of orders registered by us go; the terminal's own setting when left out.
    pub notification_url: Option<String>,
    /// Further root certificates, PEM.
    pub ca_certificates: Option<String>,
    /// The longest time for one request; 15 when left out.
    pub timeout_seconds: Option<u32>,
    /// The greatest number of questions a second; 5 when left out.
    pub questions_per_second: Option<u32>,
}

impl TBankSettings {
    /// Whether all that must be there is there.
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        required("terminal_key", &self.terminal_key)?;
        required("password", self.password.expose())?;
        if self.terminal_key.chars().count() > MAX_TERMINAL_KEY {
            return Err(SettingsError::new(
                "terminal_key",
                "is longer than 20 characters",
                "copy the terminal's name from the cabinet, not its password",
            ));
        }
        match self.notification_url.as_deref().map(base_url) {
            None | Some(Ok(_)) => Ok(()),
            Some(Err(_)) => Err(SettingsError::new(
                "notification_url",
                "is not an http(s) address",
                "give the address of this account's notifications, or leave it out",
            )),
        }
    }
}
