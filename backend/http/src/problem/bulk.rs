//! The same for actions on many attempts.

use sverka_app::bulk::{BulkRunError, ListBulkRunsError, StartBulkError, StartForRealError, StopBulkError};

use super::{ErrorCode, Faults, Problem};

impl From<StartBulkError> for Problem {
    fn from(error: StartBulkError) -> Self {
        let detail = error.to_string();
        match error {
            StartBulkError::TooLarge(_) => Self::new(ErrorCode::BulkTooLarge, detail),
            StartBulkError::UnknownAttempts(_) => {
                let mut faults = Faults::default();
                faults.add("ids", "unknown", detail);
                faults
                    .finish()
                    .err()
                    .unwrap_or_else(|| Self::plain(ErrorCode::ValidationFailed))
            }
            StartBulkError::Store(error) => error.into(),
        }
    }
}

impl From<StartForRealError> for Problem {
    fn from(error: StartForRealError) -> Self {
        let detail = error.to_string();
        match error {
            StartForRealError::NotFound(_) => Self::new(ErrorCode::NotFound, detail),
            StartForRealError::NotARehearsal => Self::new(ErrorCode::NotARehearsal, detail),
            StartForRealError::Running => Self::new(ErrorCode::BulkRunning, detail),
            StartForRealError::Store(error) => error.into(),
        }
    }
}

impl From<StopBulkError> for Problem {
    fn from(error: StopBulkError) -> Self {
        let detail = error.to_string();
        match error {
            StopBulkError::NotFound(_) => Self::new(ErrorCode::NotFound, detail),
            StopBulkError::Over => Self::new(ErrorCode::BulkOver, detail),
            StopBulkError::Store(error) => error.into(),
        }
    }
}

impl From<ListBulkRunsError> for Problem {
    fn from(error: ListBulkRunsError) -> Self {
        match error {
            ListBulkRunsError::Cursor(error) => error.into(),
            ListBulkRunsError::Store(error) => error.into(),
        }
    }
}

impl From<BulkRunError> for Problem {
    fn from(error: BulkRunError) -> Self {
        match error {
            BulkRunError::NotFound(_) => Self::new(ErrorCode::NotFound, error.to_string()),
            BulkRunError::Cursor(error) => error.into(),
            BulkRunError::Store(error) => error.into(),
        }
    }
}
