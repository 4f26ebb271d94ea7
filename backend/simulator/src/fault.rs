//! Acting out a bank's fault over HTTP.

use actix_web::{HttpRequest, HttpResponse};

use crate::api::ServiceMode;
use crate::clock;
use crate::wire;

/// The fault of one call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    pub(crate) mode: ServiceMode,
    pub(crate) hang_ms: u64,
}

impl Fault {
    /// The answer that stands in place of doing the call, if any.
    pub(crate) async fn instead(
        self,
        request: &HttpRequest,
        system_error: fn() -> HttpResponse,
    ) -> Option<HttpResponse> {
        match self.mode {
            ServiceMode::Ok | ServiceMode::TimeoutAfter | ServiceMode::Error500After => None,
            ServiceMode::Error500 => Some(internal_error()),
            ServiceMode::Timeout => Some(self.hang(request).await),
            ServiceMode::Down => Some(wire::cut(request)),
            ServiceMode::SystemError => Some(system_error()),
            ServiceMode::Garbage => Some(html_page()),
            ServiceMode::Busy429 => Some(busy()),
        }
    }

    /// What becomes of the answer of a call that was done.
    pub(crate) async fn afterwards(self, request: &HttpRequest, answer: HttpResponse) -> HttpResponse {
        match self.mode {
            ServiceMode::TimeoutAfter => self.hang(request).await,
            ServiceMode::Error500After => internal_error(),
            _ => answer,
        }
    }

    async fn hang(self, request: &HttpRequest) -> HttpResponse {
        clock::sleep_ms(self.hang_ms).await;
        wire::cut(request)
    }
}

/// Too many calls at once.
fn busy() -> HttpResponse {
    HttpResponse::TooManyRequests()
        .insert_header(("Retry-After", "1"))
        .finish()
}

/// 500 as a proxy or a servlet container words it.
pub(crate) fn internal_error() -> HttpResponse {
    HttpResponse::InternalServerError()
        .content_type("text/html; charset=utf-8")
        .body("<html><body><h1>500 Internal Server Error</h1></body></html>")
}

/// A page of something that stands in the way and says 200.
pub(crate) fn html_page() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body("<html><body><h1>Вход в сеть</h1><form><input name=\"login\"></form></body></html>")
}
