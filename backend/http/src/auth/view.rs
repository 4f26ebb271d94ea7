//! Who somebody is, and what a sign-in gives.

use actix_web::HttpResponse;
use serde::Serialize;
use sverka_app::auth::{Caller, SignedIn};
use sverka_app::ports::store::ActorKind;
use sverka_domain::role::Role;
use utoipa::ToSchema;

use super::cookie::{SecureCookies, holding};
use super::token::{LIFE, Tokens};
use crate::problem::Problem;

/// A person or a program.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UserView {
    id: String,
    /// Null for a program.
    #[schema(required = true)]
    email: Option<String>,
    name: String,
    role: Role,
    kind: ActorKind,
}

impl From<&Caller> for UserView {
    fn from(caller: &Caller) -> Self {
        Self {
            id: caller.id.clone(),
            email: caller.email.clone(),
            name: caller.name.clone(),
            role: caller.role,
            kind: caller.kind,
        }
    }
}

/// A sign-in. The refresh token comes as a cookie.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionView {
    /// For `Authorization: Bearer`.
    access_token: String,
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// Seconds.
    #[schema(example = 900)]
    expires_in: i64,
    user: UserView,
}

/// The answer to a sign-in.
pub(super) fn session(
    signed_in: SignedIn,
    tokens: &Tokens,
    now: jiff::Timestamp,
    secure: SecureCookies,
) -> Result<HttpResponse, Problem> {
    let access_token = tokens
        .issue(&signed_in.caller, now)
        .map_err(|error| Problem::internal(&error))?;
    let seconds = signed_in.refresh_expires_at.duration_since(now).as_secs();
    let view = SessionView {
        access_token,
        token_type: "Bearer",
        expires_in: LIFE.as_secs(),
        user: UserView::from(&signed_in.caller),
    };
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .cookie(holding(signed_in.refresh_token, seconds, secure))
        .json(view))
}
