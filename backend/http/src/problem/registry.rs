//! The same for registries.

use sverka_app::ports::registry::Unreadable;
use sverka_app::registries::{LoadError, MappingError, MendError, PreviewError, PullError, RegistryError};

use super::{ErrorCode, FieldError, Problem};

impl From<Unreadable> for Problem {
    fn from(error: Unreadable) -> Self {
        let detail = error.to_string();
        match &error {
            Unreadable::LayoutUnknown => Self::new(ErrorCode::RegistryLayoutUnknown, detail),
            Unreadable::Line { line, .. } => {
                let fault = FieldError {
                    field: format!("line {line}"),
                    code: "invalid".into(),
                    message: detail.clone(),
                };
                Self::new(ErrorCode::RegistryUnreadable, detail).with_errors(vec![fault])
            }
            Unreadable::File(_) => Self::new(ErrorCode::RegistryUnreadable, detail),
            Unreadable::Disk(_) => Self::internal(&error),
        }
    }
}

impl From<LoadError> for Problem {
    fn from(error: LoadError) -> Self {
        let detail = error.to_string();
        match error {
            LoadError::UnknownAccount(_) => Self::new(ErrorCode::UnknownBankAccount, detail),
            LoadError::UnknownMapping(_) => Self::new(ErrorCode::NotFound, detail),
            LoadError::Unreadable(error) => error.into(),
            LoadError::Store(error) => error.into(),
        }
    }
}

impl From<PreviewError> for Problem {
    fn from(error: PreviewError) -> Self {
        match error {
            PreviewError::UnknownMapping(_) => Self::new(ErrorCode::NotFound, error.to_string()),
            PreviewError::Unreadable(error) => error.into(),
            PreviewError::Store(error) => error.into(),
        }
    }
}

impl From<PullError> for Problem {
    fn from(error: PullError) -> Self {
        let detail = error.to_string();
        match error {
            PullError::UnknownAccount(_) => Self::new(ErrorCode::UnknownBankAccount, detail),
            PullError::NotSupported(_) => Self::new(ErrorCode::ListNotSupported, detail),
            PullError::Period => Self::new(ErrorCode::ValidationFailed, detail),
            PullError::Bank(_) => Self::new(ErrorCode::BankUnavailable, detail),
            PullError::Store(error) => error.into(),
        }
    }
}

impl From<RegistryError> for Problem {
    fn from(error: RegistryError) -> Self {
        match error {
            RegistryError::NotFound(_) => Self::new(ErrorCode::NotFound, error.to_string()),
            RegistryError::Cursor(error) => error.into(),
            RegistryError::Store(error) => error.into(),
        }
    }
}

impl From<MendError> for Problem {
    fn from(error: MendError) -> Self {
        let detail = error.to_string();
        match error {
            MendError::NotFound => Self::new(ErrorCode::NotFound, detail),
            MendError::NotPossible(_) => Self::new(ErrorCode::MendNotPossible, detail),
            MendError::UnknownAccount => Self::new(ErrorCode::UnknownBankAccount, detail),
            MendError::Bank(_) => Self::new(ErrorCode::BankUnavailable, detail),
            MendError::Store(error) => error.into(),
        }
    }
}

impl From<MappingError> for Problem {
    fn from(error: MappingError) -> Self {
        match error {
            MappingError::NotFound(_) => Self::new(ErrorCode::NotFound, error.to_string()),
            MappingError::Store(error) => error.into(),
        }
    }
}
