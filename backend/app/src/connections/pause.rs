//! The brake: nothing is sent through a connection until a person lets it go on.

use super::list::find;
use super::{ConnectionSeen, GetConnectionError};
use crate::App;
use crate::auth::Caller;
use crate::ports::store::{ByHand, StoreError};

/// Why a connection is not paused.
#[derive(Debug, thiserror::Error)]
pub enum PauseError {
    /// There is none.
    #[error(transparent)]
    Get(#[from] GetConnectionError),
    /// Somebody paused it already.
    #[error("the connection was paused already, by {0}")]
    Paused(String),
}

impl From<StoreError> for PauseError {
    fn from(error: StoreError) -> Self {
        Self::Get(error.into())
    }
}

impl App {
    /// Pauses a connection. What is being sent at this moment comes to its end.
    ///
    /// # Errors
    /// [`PauseError`].
    pub async fn pause_connection(
        &self,
        caller: Caller,
        name: String,
        reason: String,
    ) -> Result<ConnectionSeen, PauseError> {
        let app = self.clone();
        let seen = self
            .store()
            .write(move |tx| {
                if app.connections().get(&name).is_none() {
                    return Err(GetConnectionError::NotFound(name).into());
                }
                let mut state = tx.deliveries().connection(&name)?;
                if let Some(held) = state.held {
                    return Err(PauseError::Paused(held.by));
                }
                state.held = Some(ByHand {
                    since: app.now(),
                    by: caller.name,
                    why: reason,
                });
                tx.deliveries().save_connection(&state)?;
                Ok(find(&app, tx, name)?)
            })
            .await?;
        tracing::warn!(
            connection = seen.connection.name,
            "a person paused the connection"
        );
        Ok(seen)
    }
}
