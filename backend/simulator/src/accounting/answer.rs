//! Acting out the receiver's faults.

use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use crate::api::{AccountingFaults, AccountingMode as Mode};
use crate::{clock, fault, wire};

const HANG_MS: u64 = 60_000;

/// The answer that stands in place of applying, if any.
pub(crate) async fn instead(
    request: &HttpRequest,
    mode: Mode,
    faults: &AccountingFaults,
) -> Option<HttpResponse> {
    let answer = match mode {
        Mode::Ok
        | Mode::Error500AfterApply
        | Mode::HangAfterApply
        | Mode::CutAfterApply
        | Mode::DropAfterApply => return None,
        Mode::Error500 => fault::internal_error(),
        Mode::Html200 => fault::html_page(),
        Mode::Down => wire::cut(request),
        Mode::Hang => {
            clock::sleep_ms(faults.hang_ms.unwrap_or(HANG_MS)).await;
            wire::cut(request)
        }
        Mode::Reject422 => HttpResponse::UnprocessableEntity().json(json!({"error": "client_not_found"})),
        Mode::Gone410 => HttpResponse::Gone().json(json!({"error": "gone"})),
        Mode::Busy503 => HttpResponse::ServiceUnavailable()
            .insert_header((RETRY_AFTER, faults.retry_after_s.unwrap_or(1).to_string()))
            .json(json!({"error": "busy"})),
    };
    Some(answer)
}

/// The answer after applying, or what is left of it.
pub(crate) async fn after(
    request: &HttpRequest,
    mode: Mode,
    faults: &AccountingFaults,
    document: &str,
    status: &str,
) -> HttpResponse {
    let body = json!({"document_ref": document, "status": status});
    match mode {
        Mode::Error500AfterApply => return fault::internal_error(),
        Mode::CutAfterApply => return wire::cut_halfway(request, &body.to_string()),
        Mode::DropAfterApply => return wire::cut(request),
        Mode::HangAfterApply => clock::sleep_ms(faults.hang_ms.unwrap_or(HANG_MS)).await,
        _ => {}
    }
    HttpResponse::Ok().json(body)
}
