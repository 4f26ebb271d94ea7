//! What happens to every request: an id, a place in the log, metrics, security headers, and problems
//! that know where they happened.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _};
use tracing_actix_web::RequestId;

use crate::problem::{ErrorCode, Problem};

/// Adds the path and the request's id to a problem, makes problems of the framework's own errors, and sets
/// the headers that every answer has.
pub(crate) async fn finish<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let path = request.path().to_owned();
    let method = request.method().to_string();
    let request_id = request.extensions().get::<RequestId>().map(|id| id.to_string());
    let response = next.call(request).await?;
    let route = response
        .request()
        .match_pattern()
        .unwrap_or_else(|| "unmatched".to_owned());
    let status = response.status();
    metrics::counter!("sverka_http_requests_total", "method" => method, "route" => route, "status" => status.as_u16().to_string())
        .increment(1);
    let mut response = match problem(&response) {
        Some(problem) => {
            let allow = response.headers().get("allow").cloned();
            let mut answer = problem.answer(Some(&path), request_id.as_deref());
            if let Some(allow) = allow {
                answer
                    .headers_mut()
                    .insert(HeaderName::from_static("allow"), allow);
            }
            let request = response.into_parts().0;
            ServiceResponse::new(request, answer).map_into_right_body()
        }
        None => response.map_into_left_body(),
    };
    harden(&mut response, request_id.as_deref());
    Ok(response)
}

/// The problem behind an answer, if it is one.
fn problem<B>(response: &ServiceResponse<B>) -> Option<Problem> {
    let status = response.status();
    if let Some(error) = response.response().error() {
        return Some(match error.as_error::<Problem>() {
            Some(problem) => problem.clone(),
            None => Problem::plain(of_framework(status)),
        });
    }
    // The framework answers a wrong method with an empty body.
    (status == StatusCode::METHOD_NOT_ALLOWED).then(|| Problem::plain(ErrorCode::MethodNotAllowed))
}

fn of_framework(status: StatusCode) -> ErrorCode {
    match status {
        StatusCode::NOT_FOUND => ErrorCode::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => ErrorCode::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::PayloadTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ErrorCode::UnsupportedMediaType,
        status if status.is_client_error() => ErrorCode::BadRequest,
        _ => ErrorCode::Internal,
    }
}

fn harden<B>(response: &mut ServiceResponse<B>, request_id: Option<&str>) {
    let headers = response.headers_mut();
    let fixed = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if let Some(id) = request_id.and_then(|id| HeaderValue::from_str(id).ok()) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}
