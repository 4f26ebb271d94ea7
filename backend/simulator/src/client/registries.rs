//! Registry files.

use reqwest::Method;

use super::{Control, ControlError};
use crate::api::{RegistryMade, RegistryWish};

impl Control {
    /// Makes a registry file of an account, with the faults that are wished for.
    pub async fn make_registry(
        &self,
        bank: &str,
        account: &str,
        wish: &RegistryWish,
    ) -> Result<RegistryMade, ControlError> {
        self.call(Method::POST, &["banks", bank, account, "registry"], wish)
            .await
    }
}
