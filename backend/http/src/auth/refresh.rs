//! Staying signed in.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use sverka_app::App;

use super::cookie::token;
use super::view::session;
use super::{SecureCookies, SessionView, Tokens};
use crate::problem::{ErrorCode, Problem};

/// Exchange the refresh cookie for a new access token.
///
/// The cookie is good once: the answer sets the next one. The one before it, used again later, ends the session; older ones are refused.
#[utoipa::path(operation_id = "refresh", tag = "auth", security(()),
    responses((status = 200, description = "Still signed in", body = SessionView)))]
#[post("/auth/refresh")]
pub(crate) async fn refresh(
    app: Data<App>,
    tokens: Data<Tokens>,
    secure: Data<SecureCookies>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let token = token(&request).ok_or_else(|| Problem::plain(ErrorCode::SessionExpired))?;
    let signed_in = app.refresh(&token).await?;
    session(signed_in, &tokens, app.now(), **secure)
}
