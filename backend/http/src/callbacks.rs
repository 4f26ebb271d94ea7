//! Where the banks' notifications arrive.

use actix_web::dev::Payload;
use actix_web::web::{Data, Path, Payload as Body};
use actix_web::{HttpRequest, HttpResponse, get, post};
use sverka_app::App;
use sverka_app::ports::bank::{AccountKey, RawCallback};

use crate::extract::{MAX_BODY, read_body};
use crate::problem::Problem;
use crate::proxies::client_address;

/// Headers that are kept with a notification.
///
/// Some banks sign in a header, over the body: without it a notification could not be processed again.
const KEPT: [&str; 7] = [
    "content-type",
    "user-agent",
    "x-request-id",
    "x-forwarded-for",
    "content-hmac",
    "x-content-hmac",
    "stripe-signature",
];
/// Of each header's value, so many characters: while a secret is being changed, a signature holds two and more.
const KEPT_LENGTH: usize = 512;

/// A bank's notification by GET.
///
/// In the bank's own form, authenticated by its own signature. Answered, in the bank's own form, only after a
/// durable commit.
#[utoipa::path(operation_id = "bank_callback_get", tag = "callbacks", security(()),
    params(("bank" = String, Path, description = "Code of the bank"), ("bank_account" = String, Path, description = "Name of the account")),
    responses((status = 200, description = "Taken in", body = String, content_type = "text/plain"),
        (status = 403, description = "Not genuine: kept, and changes nothing", body = String, content_type = "text/plain")))]
#[get("/callbacks/{bank}/{bank_account}")]
pub(crate) async fn callback_get(
    app: Data<App>,
    account: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    receive(app, account.into_inner(), &request, Vec::new()).await
}

/// A bank's notification by POST.
///
/// In the bank's own form, authenticated by its own signature. Answered, in the bank's own form, only after a
/// durable commit.
#[utoipa::path(operation_id = "bank_callback_post", tag = "callbacks", security(()),
    params(("bank" = String, Path, description = "Code of the bank"), ("bank_account" = String, Path, description = "Name of the account")),
    request_body(content = String, content_type = "application/x-www-form-urlencoded", description = "In the bank's own form"),
    responses((status = 200, description = "Taken in", body = String, content_type = "text/plain"),
        (status = 403, description = "Not genuine: kept, and changes nothing", body = String, content_type = "text/plain")))]
#[post("/callbacks/{bank}/{bank_account}")]
pub(crate) async fn callback_post(
    app: Data<App>,
    account: Path<(String, String)>,
    request: HttpRequest,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let payload: Payload = body.into_inner();
    let body = read_body(payload, MAX_BODY).await?;
    receive(app, account.into_inner(), &request, body.to_vec()).await
}

async fn receive(
    app: Data<App>,
    (bank, account): (String, String),
    request: &HttpRequest,
    body: Vec<u8>,
) -> Result<HttpResponse, Problem> {
    let raw = RawCallback {
        method: request.method().to_string(),
        query: request.query_string().to_owned(),
        body,
        headers: headers(request),
        from: client_address(request),
    };
    let reply = app.receive_callback(AccountKey { bank, account }, raw).await?;
    let status = actix_web::http::StatusCode::from_u16(reply.status)
        .unwrap_or(actix_web::http::StatusCode::INTERNAL_SERVER_ERROR);
    Ok(HttpResponse::build(status)
        .content_type(reply.content_type)
        .body(reply.body))
}

fn headers(request: &HttpRequest) -> Vec<(String, String)> {
    let kept = KEPT.iter().filter_map(|name| {
        let value = request.headers().get(*name)?.to_str().ok()?;
        Some(((*name).to_owned(), value.chars().take(KEPT_LENGTH).collect()))
    });
    kept.collect()
}
