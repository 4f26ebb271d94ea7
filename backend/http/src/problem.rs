//! The only place that knows HTTP statuses: errors as RFC 9457 problem documents.

mod bulk;
mod code;
mod connection;
mod from;
mod registry;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
pub use code::{ErrorCode, table};
use serde::Serialize;
use sverka_domain::role::Role;
use utoipa::ToSchema;

use crate::attempts::AttemptView;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FieldError {
    /// Path of the field (`client.name`) or name of the parameter.
    pub field: String,
    /// Stable code: `required`, `too_long`, `out_of_range`, `unknown`, `invalid`.
    pub code: String,
    /// In words.
    pub message: String,
}

/// An error on its way to the client.
#[derive(Debug, Clone)]
pub(crate) struct Problem(Box<Document>);

/// An error as the client gets it (RFC 9457).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Document {
    /// URI of the kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/docs/errors#version_conflict")]
    kind: String,
    /// Short, the same for every problem of the kind.
    title: &'static str,
    /// HTTP status.
    #[schema(value_type = u16)]
    #[serde(serialize_with = "as_number")]
    status: StatusCode,
    /// What is wrong this time and what to do.
    detail: String,
    /// The path that was called.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    /// Machine-readable and stable.
    code: ErrorCode,
    /// The fields that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
    /// With `version_conflict` and the `checkout_…` codes: the attempt as it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<AttemptView>)]
    attempt: Option<Arc<AttemptView>>,
    /// To find this in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    #[serde(skip)]
    #[schema(ignore)]
    retry_after: Option<u64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde calls")]
fn as_number<S: serde::Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}

impl Problem {
    /// A problem with words for the caller.
    pub(crate) fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        let (status, title, _) = code.facts();
        Self(Box::new(Document {
            kind: format!("/docs/errors#{code}"),
            title,
            status,
            detail: detail.into(),
            instance: None,
            code,
            errors: Vec::new(),
            attempt: None,
            request_id: None,
            retry_after: None,
        }))
    }

    /// A problem whose words are the advice of its code.
    pub(crate) fn plain(code: ErrorCode) -> Self {
        Self::new(code, code.facts().2)
    }

    /// A fault of ours: the chain goes to the log, once, and nothing of it to the caller.
    pub(crate) fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        let mut chain = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            chain.push_str(": ");
            chain.push_str(&inner.to_string());
            cause = inner.source();
        }
        tracing::error!(error = %chain, "a request failed");
        Self::plain(ErrorCode::Internal)
    }

    pub(crate) fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.0.errors = errors;
        self
    }

    pub(crate) fn with_attempt(mut self, attempt: AttemptView) -> Self {
        self.0.attempt = Some(Arc::new(attempt));
        self
    }

    /// The attempt in it, as somebody of that role sees it.
    pub(crate) fn seen_as(mut self, role: Role) -> Self {
        if let Some(attempt) = self.0.attempt.as_mut().and_then(Arc::get_mut) {
            attempt.narrow(role);
        }
        self
    }

    pub(crate) fn with_retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// The answer, with what only the request knows.
    pub(crate) fn answer(&self, instance: Option<&str>, request_id: Option<&str>) -> HttpResponse {
        let mut body = serde_json::to_value(&*self.0).unwrap_or_default();
        if let Some(fields) = body.as_object_mut() {
            fields.extend(instance.map(|instance| ("instance".to_owned(), instance.into())));
            fields.extend(request_id.map(|id| ("request_id".to_owned(), id.into())));
        }
        let mut answer = HttpResponse::build(self.0.status);
        answer.content_type("application/problem+json");
        answer.insert_header((header::CACHE_CONTROL, HeaderValue::from_static("no-store")));
        if self.0.status == StatusCode::UNAUTHORIZED {
            answer.insert_header((header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")));
        }
        if let Some(seconds) = self.0.retry_after {
            answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        answer.body(body.to_string())
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.0.code, self.0.title)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.0.status
    }

    fn error_response(&self) -> HttpResponse {
        self.answer(None, None)
    }
}

/// Collects what is wrong with a body.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<FieldError>);

impl Faults {
    pub(crate) fn add(&mut self, field: &str, code: &str, message: impl Into<String>) {
        self.0.push(FieldError {
            field: field.to_owned(),
            code: code.to_owned(),
            message: message.into(),
        });
    }

    /// `Err` when anything was wrong.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        if self.0.is_empty() {
            return Ok(());
        }
        let detail = self
            .0
            .iter()
            .map(|fault| format!("{}: {}", fault.field, fault.message))
            .collect::<Vec<_>>();
        Err(Problem::new(ErrorCode::ValidationFailed, detail.join("; ")).with_errors(self.0))
    }

    /// A text of so many characters, once it is [`clean`].
    pub(crate) fn text(&mut self, field: &str, text: &str, min: usize, max: usize) {
        let length = clean(text).chars().count();
        if length < min {
            let code = if length == 0 { "required" } else { "too_short" };
            self.add(field, code, format!("at least {min} characters"));
        } else if text.chars().count() > max {
            self.add(field, "too_long", format!("at most {max} characters"));
        }
    }

    /// A number or code that has to be found again as it is: visible characters, with single spaces inside at most.
    pub(crate) fn token(&mut self, field: &str, text: &str, max: usize) {
        let visible = |part: &str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| !c.is_whitespace() && !c.is_control() && c != '\u{fffd}')
        };
        if text.is_empty() {
            self.add(field, "required", "at least 1 character");
        } else if text.chars().count() > max {
            self.add(field, "too_long", format!("at most {max} characters"));
        } else if !text.split(' ').all(visible) {
            self.add(
                field,
                "invalid",
                "only visible characters, with single spaces between them at most",
            );
        }
    }
}

/// A text as it is kept: a stray control character is no reason to lose a payment, and has no place in a journal.
pub(crate) fn clean(text: &str) -> String {
    let kept = |c: char| {
        if c.is_control() && !matches!(c, '\t' | '\n' | '\r') {
            ' '
        } else {
            c
        }
    };
    text.chars().map(kept).collect::<String>().trim().to_owned()
}
