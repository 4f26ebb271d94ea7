//! A JSON body, at most 256 KiB.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::MAX_BODY;
use crate::problem::{ErrorCode, FieldError, Problem};

/// A body of type `T`, and the digest of its bytes.
pub(crate) struct JsonBody<T> {
    pub(crate) value: T,
    pub(crate) digest: [u8; 32],
}

impl<T: DeserializeOwned + 'static> FromRequest for JsonBody<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = request.content_type().eq_ignore_ascii_case("application/json");
        let has_type = request.headers().contains_key(CONTENT_TYPE);
        let payload = payload.take();
        Box::pin(async move {
            if !is_json {
                let told = if has_type {
                    "the body is of another type"
                } else {
                    "the body's type is missing"
                };
                return Err(Problem::new(
                    ErrorCode::UnsupportedMediaType,
                    format!("{told}; send Content-Type: application/json"),
                ));
            }
            let bytes = read(payload).await?;
            Ok(Self {
                value: parse(&bytes)?,
                digest: Sha256::digest(&bytes).into(),
            })
        })
    }
}

/// Reads a body to its end, or to the greatest size that is taken.
pub(crate) async fn read(mut payload: Payload) -> Result<BytesMut, Problem> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk
            .map_err(|_| Problem::new(ErrorCode::BadRequest, "the body could not be read to its end"))?;
        if bytes.len() + chunk.len() > MAX_BODY {
            return Err(Problem::plain(ErrorCode::PayloadTooLarge));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| Problem::new(ErrorCode::InvalidJson, format!("the body is not JSON: {error}")))?;
    if holds_nul(&value) {
        return Err(invalid("", "the character U+0000 is not taken"));
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let field = error.path().to_string();
        invalid(if field == "." { "" } else { &field }, &error.inner().to_string())
    })
}

fn invalid(field: &str, message: &str) -> Problem {
    let fault = FieldError {
        field: field.into(),
        code: "invalid".into(),
        message: message.into(),
    };
    let detail = if field.is_empty() {
        message.to_owned()
    } else {
        format!("{field}: {message}")
    };
    Problem::new(ErrorCode::ValidationFailed, detail).with_errors(vec![fault])
}

/// A NUL can't be kept as text by PostgreSQL, so it is refused for both engines.
fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| name.contains('\0') || holds_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
