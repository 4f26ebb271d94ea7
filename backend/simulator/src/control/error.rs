//! Refusals of the control API.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use serde_json::json;

use crate::api::Bank;
use crate::events::EventError;
use crate::onec::Refusal;

/// A refusal.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ControlError {
    #[error("{0}")]
    NotFound(String),
    #[error("{0}")]
    Invalid(String),
    #[error("{0}")]
    Refused(String),
    #[error(transparent)]
    Event(#[from] EventError),
}

impl ResponseError for ControlError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound(_) | Self::Event(EventError::NoAccount(..) | EventError::NoOrder(_)) => {
                StatusCode::NOT_FOUND
            }
            Self::Invalid(_) | Self::Event(EventError::Invalid(_)) => StatusCode::BAD_REQUEST,
            Self::Refused(_) | Self::Event(EventError::Taken(_) | EventError::Refused(_)) => {
                StatusCode::CONFLICT
            }
        }
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code()).json(json!({"error": self.to_string()}))
    }
}

impl From<Refusal> for ControlError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(format!("{} ({})", refusal.words, refusal.code))
    }
}

/// The bank of a path.
pub(crate) fn bank(name: &str) -> Result<Bank, ControlError> {
    Bank::from_name(name).ok_or_else(|| ControlError::NotFound(format!("there is no bank {name}")))
}

/// A JSON body; an empty one is the default.
pub(crate) fn body<T: serde::de::DeserializeOwned + Default>(bytes: &[u8]) -> Result<T, ControlError> {
    if bytes.is_empty() {
        return Ok(T::default());
    }
    serde_json::from_slice(bytes).map_err(|error| ControlError::Invalid(error.to_string()))
}
