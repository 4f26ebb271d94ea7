//! The contract, and its browsable form; everything served from the binary.

use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use utoipa::openapi::OpenApi;

use crate::problem::table;

/// The contract.
#[utoipa::path(operation_id = "openapi", tag = "operations", security(()),
    responses((status = 200, description = "The OpenAPI document", body = Object)))]
#[get("/openapi.json")]
pub(crate) async fn openapi_json(document: Data<OpenApi>) -> HttpResponse {
    HttpResponse::Ok().json(document.get_ref())
}

/// Every error code, as text.
#[get("/docs/errors")]
pub(crate) async fn errors() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/markdown; charset=utf-8")
        .body(table())
}
