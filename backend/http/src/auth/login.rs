//! Signing in.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use serde::Deserialize;
use sverka_app::App;
use utoipa::ToSchema;

use super::view::session;
use super::{SecureCookies, SessionView, Tokens};
use crate::extract::JsonBody;
use crate::limits::SignInLimits;
use crate::problem::{Faults, Problem};
use crate::proxies::client_address;

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LoginBody {
    #[schema(min_length = 1, max_length = 200, example = "operator@example.ru")]
    email: String,
    #[schema(min_length = 1, max_length = 200, format = Password)]
    password: String,
}

/// Sign in.
///
/// Gives an access token, and a refresh token as a cookie. Too many tries are refused for a while.
#[utoipa::path(operation_id = "login", tag = "auth", request_body = LoginBody, security(()),
    responses((status = 200, description = "Signed in", body = SessionView)))]
#[post("/auth/login")]
pub(crate) async fn login(
    app: Data<App>,
    tokens: Data<Tokens>,
    limits: Data<SignInLimits>,
    secure: Data<SecureCookies>,
    request: HttpRequest,
    body: JsonBody<LoginBody>,
) -> Result<HttpResponse, Problem> {
    let LoginBody { email, password } = body.value;
    let mut faults = Faults::default();
    for (field, text) in [("email", &email), ("password", &password)] {
        if !(1..=200).contains(&text.chars().count()) {
            faults.add(field, "required", "from 1 to 200 characters");
        }
    }
    faults.finish()?;
    limits.check(&email, client_address(&request))?;
    let signed_in = app.login(&email, password).await?;
    session(signed_in, &tokens, app.now(), **secure)
}
