//! Accounting receivers.

use reqwest::Method;

use super::{Control, ControlError};
use crate::api::{AccountingFaults, AccountingSummary, Receipt};

impl Control {
    /// Makes a receiver or replaces its faults; a secret that is not given stays.
    pub async fn set_accounting_faults(
        &self,
        name: &str,
        faults: &AccountingFaults,
    ) -> Result<AccountingFaults, ControlError> {
        self.call(Method::PUT, &["accounting", name, "faults"], faults)
            .await
    }

    /// What a receiver got, oldest first.
    pub async fn accounting_payments(&self, name: &str) -> Result<Vec<Receipt>, ControlError> {
        self.get(&["accounting", name, "payments"]).await
    }

    /// A receiver at a glance, alarms included.
    pub async fn accounting(&self, name: &str) -> Result<AccountingSummary, ControlError> {
        self.get(&["accounting", name]).await
    }
}
