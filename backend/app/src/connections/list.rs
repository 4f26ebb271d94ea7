//! The connections, and one of them.

use super::ConnectionSeen;
use crate::App;
use crate::ports::store::{StoreError, Tx};

/// Why a connection is not shown.
#[derive(Debug, thiserror::Error)]
pub enum GetConnectionError {
    /// None of that name is configured.
    #[error("connection {0:?} is not configured")]
    NotFound(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// All connections, in the order of the configuration.
    ///
    /// # Errors
    /// The store failed.
    pub async fn list_connections(&self) -> Result<Vec<ConnectionSeen>, StoreError> {
        let (app, now) = (self.clone(), self.now());
        self.store()
            .read(move |tx| ConnectionSeen::load(&app, tx, now))
            .await
    }

    /// One connection.
    ///
    /// # Errors
    /// [`GetConnectionError`].
    pub async fn connection(&self, name: &str) -> Result<ConnectionSeen, GetConnectionError> {
        let (app, name) = (self.clone(), name.to_owned());
        self.store().read(move |tx| find(&app, tx, name)).await
    }
}

/// The connection of that name as it stands.
pub(super) fn find(app: &App, tx: &mut dyn Tx, name: String) -> Result<ConnectionSeen, GetConnectionError> {
    let all = ConnectionSeen::load(app, tx, app.now())?;
    let mut all = all.into_iter();
    all.find(|seen| seen.connection.name == name)
        .ok_or(GetConnectionError::NotFound(name))
}
