//! Signing out.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use sverka_app::App;

use super::SecureCookies;
use super::cookie::{gone, token};
use crate::problem::Problem;

/// Sign out.
///
/// Ends the session of the refresh cookie. An access token is good until it ends by itself.
#[utoipa::path(operation_id = "logout", tag = "auth", security(()),
    responses((status = 204, description = "Signed out")))]
#[post("/auth/logout")]
pub(crate) async fn logout(
    app: Data<App>,
    secure: Data<SecureCookies>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if let Some(token) = token(&request) {
        app.logout(&token).await?;
    }
    Ok(HttpResponse::NoContent().cookie(gone(**secure)).finish())
}
