//! Acting out the faults of a base.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use super::answer::{self, Reply};
use super::query::Format;
use super::refusal::Refusal;
use crate::api::{OnecFaults, OnecMode as Mode};
use crate::{clock, fault, wire};

const HANG_MS: u64 = 60_000;

/// The answer that stands in place of doing the call, if any.
pub(super) async fn instead(
    request: &HttpRequest,
    format: Format,
    mode: Mode,
    faults: &OnecFaults,
) -> Option<HttpResponse> {
    let refused = |words: &str| {
        let refusal = Refusal::exception(words);
        answer::refusal(format, &refusal).into_response()
    };
    let answer = match mode {
        Mode::Ok
        | Mode::Error500After
        | Mode::BadGateway502After
        | Mode::DropAfter
        | Mode::CutAfter
        | Mode::HangAfter
        | Mode::HtmlAfter => return None,
        Mode::Down => wire::cut(request),
        Mode::Hang => {
            clock::sleep_ms(faults.hang_ms.unwrap_or(HANG_MS)).await;
            wire::cut(request)
        }
        Mode::HtmlLogin => login_page(),
        Mode::Unauthorized => unauthorized().into_response(),
        Mode::NoLicence => refused("Не обнаружено свободной лицензии!"),
        Mode::Locked => refused(
            "Конфликт блокировок при выполнении транзакции: превышено максимальное время ожидания предоставления блокировки",
        ),
        Mode::Refuse => refused(faults.text.as_deref().unwrap_or("Операция не выполнена")),
        Mode::Busy503 => HttpResponse::ServiceUnavailable()
            .insert_header(("Retry-After", "1"))
            .finish(),
        Mode::BadGateway502 => bad_gateway(),
        Mode::Error500 => fault::internal_error(),
    };
    Some(answer)
}

/// What becomes of the answer of a call that was done.
pub(super) async fn after(
    request: &HttpRequest,
    mode: Mode,
    faults: &OnecFaults,
    reply: Reply,
) -> HttpResponse {
    match mode {
        Mode::Error500After => return fault::internal_error(),
        Mode::BadGateway502After => return bad_gateway(),
        Mode::HtmlAfter => return login_page(),
        Mode::DropAfter => return wire::cut(request),
        Mode::CutAfter => return wire::cut_halfway(request, &reply.body),
        Mode::HangAfter => clock::sleep_ms(faults.hang_ms.unwrap_or(HANG_MS)).await,
        _ => {}
    }
    reply.into_response()
}

/// A user or a password that is not known.
pub(super) fn unauthorized() -> Reply {
    Reply::new(
        StatusCode::UNAUTHORIZED,
        "text/plain;charset=utf-8",
        "Идентификация пользователя не выполнена".to_owned(),
    )
    .with("WWW-Authenticate", "Basic realm=\"1C:Enterprise 8.3\"".to_owned())
}

fn bad_gateway() -> HttpResponse {
    HttpResponse::BadGateway()
        .content_type("text/html; charset=utf-8")
        .body("<html><body><h1>502 Bad Gateway</h1></body></html>")
}

/// The page by which 1C lets people in.
fn login_page() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html;charset=utf-8")
        .body("<!DOCTYPE html><html><head><title>1С:Предприятие</title></head><body><form id=\"authWindow\"></form></body></html>")
}
