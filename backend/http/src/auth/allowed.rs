//! The right that a handler demands, in its signature.

use std::marker::PhantomData;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use sverka_app::App;
use sverka_app::auth::Caller;
use sverka_domain::role::{Right, Role};

use super::Tokens;
use crate::problem::{ErrorCode, Problem};

/// A right as a type.
pub(crate) trait Demand {
    const RIGHT: Right;
}

/// May see.
pub(crate) struct View;
/// May record attempts.
pub(crate) struct Record;
/// May mend attempts.
pub(crate) struct Mend;

impl Demand for View {
    const RIGHT: Right = Right::View;
}

impl Demand for Record {
    const RIGHT: Right = Right::Record;
}

impl Demand for Mend {
    const RIGHT: Right = Right::Mend;
}

/// A caller who has the right `D`. 401 without good credentials, 403 without the right.
pub(crate) struct Allowed<D>(pub(crate) Caller, PhantomData<D>);

impl<D> Allowed<D> {
    pub(crate) fn role(&self) -> Role {
        self.0.role
    }
}

impl<D: Demand> FromRequest for Allowed<D> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let caller = caller(&request).await?;
            if caller.role.has(D::RIGHT) {
                Ok(Self(caller, PhantomData))
            } else {
                Err(Problem::new(
                    ErrorCode::Forbidden,
                    format!("the role {} may not do this", caller.role),
                ))
            }
        })
    }
}

/// Who sent the request.
async fn caller(request: &HttpRequest) -> Result<Caller, Problem> {
    let unauthenticated = || Problem::plain(ErrorCode::Unauthenticated);
    let header = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let (scheme, credentials) = header
        .and_then(|value| value.split_once(' '))
        .ok_or_else(unauthenticated)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(unauthenticated());
    }
    let (Some(app), Some(tokens)) = (
        request.app_data::<Data<App>>(),
        request.app_data::<Data<Tokens>>(),
    ) else {
        return Err(Problem::plain(ErrorCode::Internal));
    };
    let credentials = credentials.trim();
    let found = if credentials.starts_with("sk_") {
        app.caller_by_api_key(credentials).await?
    } else {
        tokens.check(credentials, app.now())
    };
    found.ok_or_else(unauthenticated)
}
