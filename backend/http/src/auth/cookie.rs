//! The cookie that holds the refresh token: out of reach of scripts, sent to the sign-in paths only.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

const NAME: &str = "sverka_refresh";
const PATH: &str = "/api/v1/auth";

/// Whether the cookie is sent over TLS only: so wherever people reach Sverka by `https`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SecureCookies(pub(crate) bool);

/// The cookie with a token that ends in so many seconds.
pub(super) fn holding(token: String, seconds: i64, secure: SecureCookies) -> Cookie<'static> {
    Cookie::build(NAME, token)
        .path(PATH)
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(secure.0)
        .max_age(Duration::seconds(seconds))
        .finish()
}

/// The cookie that takes the token away.
pub(super) fn gone(secure: SecureCookies) -> Cookie<'static> {
    holding(String::new(), 0, secure)
}

/// The token that a request carries.
pub(super) fn token(request: &HttpRequest) -> Option<String> {
    request
        .cookie(NAME)
        .map(|cookie| cookie.value().to_owned())
        .filter(|token| !token.is_empty())
}
