//! Asking the bank of an incident to send again what it could not deliver.

use sverka_domain::ids::IncidentId;

use super::GetIncidentError;
use super::get::find;
use crate::App;
use crate::bank_accounts::ResendError;

/// Why the bank did not take it.
#[derive(Debug, thiserror::Error)]
pub enum IncidentResendError {
    /// There is no such incident, or the store failed.
    #[error(transparent)]
    Get(#[from] GetIncidentError),
    /// The bank was not asked, or did not do it.
    #[error(transparent)]
    Resend(#[from] ResendError),
}

impl App {
    /// Asks the bank of an incident to send again the notifications that it could not deliver.
    ///
    /// # Errors
    /// [`IncidentResendError`].
    pub async fn resend_for_incident(&self, id: IncidentId) -> Result<(), IncidentResendError> {
        let incident = self.store().read(move |tx| find(tx, id)).await?;
        Ok(self.resend_notifications(incident.account).await?)
    }
}
