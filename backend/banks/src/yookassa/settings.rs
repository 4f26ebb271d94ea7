//! Settings of a shop at YooKassa.

use serde::Deserialize;

use crate::settings::{Secret, SettingsError, required};

/// Under which name in `metadata` the merchant's number stands, where the settings do not say.
const ORDER_NUMBER_KEY: &str = "order_number";
/// YooKassa's limit on such a name, in characters.
const MAX_KEY: usize = 32;

/// Settings of a shop at YooKassa.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YooKassaSettings {
    /// Base address, `https://api.yookassa.ru/v3/`.
    pub base_url: String,
    /// Number of the shop.
    pub shop_id: String,
    /// Secret key of the API; one that begins with `test_` is of a test shop.
    pub secret_key: Secret,
    /// From where notifications come: networks such as `185.71.76.0/27`, or single addresses. The published ones
    /// when left out.
    pub networks: Option<Vec<String>>,
    /// Under which name in `metadata` the merchant's order number stands; `order_number` when left out.
    pub order_number_key: Option<String>,
    /// Further root certificates, PEM.
    pub ca_certificates: Option<String>,
    /// The longest time for one request; 15 when left out.
    pub timeout_seconds: Option<u32>,
    /// The greatest number of questions a second; 5 when left out.
    pub questions_per_second: Option<u32>,
}

impl YooKassaSettings {
    /// Whether all that must be there is there.
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        required("shop_id", &self.shop_id)?;
        required("secret_key", self.secret_key.expose())?;
        if !self.shop_id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(SettingsError::new(
                "shop_id",
                "is not a number",
                "give shopId from the cabinet's settings",
            ));
        }
        match self.order_number_key() {
            "" => Err(wrong_key("is empty")),
            key if key.chars().count() > MAX_KEY => Err(wrong_key("is longer than 32 characters")),
            _ => Ok(()),
        }
    }

    /// The name in `metadata`.
    pub(super) fn order_number_key(&self) -> &str {
        self.order_number_key.as_deref().unwrap_or(ORDER_NUMBER_KEY)
    }
}

fn wrong_key(problem: &str) -> SettingsError {
    SettingsError::new(
        "order_number_key",
        problem,
        "give the name in metadata that the app writes the order number to, or leave it out",
    )
}
