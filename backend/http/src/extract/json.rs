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

use super::{MAX_BODY, MAX_LARGE_BODY};
use crate::problem::{ErrorCode, FieldError, Problem};

/// A body of type `T`, and the digest of its bytes.
pub(crate) struct JsonBody<T, const MOST: usize = MAX_BODY> {
    pub(crate) value: T,
    pub(crate) digest: [u8; 32],
}

/// The same, of up to 640 KiB.
pub(crate) type LargeBody<T> = JsonBody<T, MAX_LARGE_BODY>;

impl<T: DeserializeOwned + 'static, const MOST: usize> FromRequest for JsonBody<T, MOST> {
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
            let bytes = read(payload, MOST).await?;
            Ok(Self {
                value: parse(&bytes)?,
                digest: Sha256::digest(&bytes).into(),
            })
        })
    }
}

/// Reads a body to its end, or to the greatest size that is taken.
pub(crate) async fn read(mut payload: Payload, most: usize) -> Result<BytesMut, Problem> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk
            .map_err(|_| Problem::new(ErrorCode::BadRequest, "the body could not be read to its end"))?;
        if bytes.len() + chunk.len() > most {
            return Err(Problem::plain(ErrorCode::PayloadTooLarge));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut value: Value = serde_json::from_slice(bytes)
        .map_err(|error| Problem::new(ErrorCode::InvalidJson, format!("the body is not JSON: {error}")))?;
    settle(&mut value);
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

/// Makes of a body what both databases can keep and JSON Schema means: a NUL becomes U+FFFD, since PostgreSQL keeps
/// none in a text, and `5.0` is the integer 5.
fn settle(value: &mut Value) {
    match value {
        Value::String(text) if text.contains('\0') => *text = text.replace('\0', "\u{fffd}"),
        Value::Number(number) => {
            if let Some(whole) = whole(number) {
                *number = whole.into();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(settle),
        Value::Object(fields) => {
            let settled = std::mem::take(fields).into_iter().map(|(name, mut value)| {
                settle(&mut value);
                (name.replace('\0', "\u{fffd}"), value)
            });
            *fields = settled.collect();
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// The integer that a number with a fraction of zero is, read from its text so that no digit is lost.
fn whole(number: &serde_json::Number) -> Option<i64> {
    let text = number.is_f64().then(|| number.to_string())?;
    text.strip_suffix(".0")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_cannot_be_kept_is_replaced_and_whole_numbers_are_integers() {
        let mut value = json!({"a\u{0}": ["x\u{0}y", 5.0, 5.5, -7, null]});
        settle(&mut value);
        assert_eq!(value, json!({"a\u{fffd}": ["x\u{fffd}y", 5, 5.5, -7, null]}));
    }
}
