//! Who calls, by the `Authorization` header.

use actix_web::HttpRequest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// User and password of HTTP Basic.
pub(crate) fn basic(request: &HttpRequest) -> Option<(String, String)> {
    let decoded = STANDARD.decode(told(request)?.strip_prefix("Basic ")?).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let (user, password) = text.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

/// A bearer's token.
pub(crate) fn bearer(request: &HttpRequest) -> Option<&str> {
    told(request)?.strip_prefix("Bearer ")
}

fn told(request: &HttpRequest) -> Option<&str> {
    request.headers().get("authorization")?.to_str().ok()
}
