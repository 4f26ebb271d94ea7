//! The same for connections, and for what waits at them.

use sverka_app::attempts::DecideError;
use sverka_app::connections::{
    ConnectionDeliveriesError, GetConnectionError, ListHoldsError, PauseError, ResumeError,
};

use super::from::stale;
use super::{ErrorCode, Problem};

impl From<DecideError> for Problem {
    fn from(error: DecideError) -> Self {
        let detail = error.to_string();
        match error {
            DecideError::NotFound(_) => Self::new(ErrorCode::NotFound, detail),
            DecideError::Stale { current, .. } => stale(detail, *current),
            DecideError::LinkedElsewhere => Self::new(ErrorCode::DocumentTaken, detail),
            DecideError::Refused(refusal) => refusal.into(),
            DecideError::Store(error) => error.into(),
        }
    }
}

impl From<GetConnectionError> for Problem {
    fn from(error: GetConnectionError) -> Self {
        match error {
            GetConnectionError::NotFound(_) => Self::new(ErrorCode::NotFound, error.to_string()),
            GetConnectionError::Store(error) => error.into(),
        }
    }
}

impl From<PauseError> for Problem {
    fn from(error: PauseError) -> Self {
        match error {
            PauseError::Get(error) => error.into(),
            PauseError::Paused(_) => Self::new(ErrorCode::ConnectionPaused, error.to_string()),
        }
    }
}

impl From<ResumeError> for Problem {
    fn from(error: ResumeError) -> Self {
        match error {
            ResumeError::Get(error) => error.into(),
            ResumeError::NotPaused => Self::new(ErrorCode::ConnectionNotPaused, error.to_string()),
        }
    }
}

impl From<ConnectionDeliveriesError> for Problem {
    fn from(error: ConnectionDeliveriesError) -> Self {
        match error {
            ConnectionDeliveriesError::Get(error) => error.into(),
            ConnectionDeliveriesError::Cursor(error) => error.into(),
        }
    }
}

impl From<ListHoldsError> for Problem {
    fn from(error: ListHoldsError) -> Self {
        match error {
            ListHoldsError::Cursor(error) => error.into(),
            ListHoldsError::Store(error) => error.into(),
        }
    }
}
