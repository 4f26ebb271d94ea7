//! Going on: ends a person's pause, a stop and a back-off at once.

use super::list::find;
use super::{ConnectionSeen, GetConnectionError};
use crate::App;
use crate::ports::store::{ConnectionState, StoreError};

/// Why a connection is not resumed.
#[derive(Debug, thiserror::Error)]
pub enum ResumeError {
    /// There is none.
    #[error(transparent)]
    Get(#[from] GetConnectionError),
    /// Nothing holds it back.
    #[error("the connection is not paused, stopped or waiting")]
    NotPaused,
}

impl From<StoreError> for ResumeError {
    fn from(error: StoreError) -> Self {
        Self::Get(error.into())
    }
}

impl App {
    /// Lets a connection go on at once. That it failed is forgotten when it answers, not before.
    ///
    /// # Errors
    /// [`ResumeError`].
    pub async fn resume_connection(&self, name: String) -> Result<ConnectionSeen, ResumeError> {
        let app = self.clone();
        let seen = self
            .store()
            .write(move |tx| {
                if app.connections().get(&name).is_none() {
                    return Err(GetConnectionError::NotFound(name).into());
                }
                let state = tx.deliveries().connection(&name)?;
                if !is_held_back(&state) {
                    return Err(ResumeError::NotPaused);
                }
                tx.deliveries().save_connection(&ConnectionState {
                    failures: 0,
                    paused_until: None,
                    stopped: None,
                    held: None,
                    ..state
                })?;
                Ok(find(&app, tx, name)?)
            })
            .await?;
        tracing::info!(
            connection = seen.connection.name,
            "a person resumed the connection"
        );
        self.nudges().deliver();
        Ok(seen)
    }
}

fn is_held_back(state: &ConnectionState) -> bool {
    state.held.is_some() || state.stopped.is_some() || state.paused_until.is_some() || state.failures > 0
}
