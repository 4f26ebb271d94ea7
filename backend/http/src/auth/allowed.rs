//! The right that a handler demands, in its signature.

use std::future::{Ready, ready};
use std::marker::PhantomData;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest};
use sverka_app::App;
use sverka_app::auth::Caller;
use sverka_domain::ids::UserId;
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
/// May pause and resume connections.
pub(crate) struct Steer;

impl Demand for View {
    const RIGHT: Right = Right::View;
}

impl Demand for Record {
    const RIGHT: Right = Right::Record;
}

impl Demand for Mend {
    const RIGHT: Right = Right::Mend;
}

impl Demand for Steer {
    const RIGHT: Right = Right::Steer;
}

/// A caller who has the right `D`. 401 without good credentials, 403 without the right.
pub(crate) struct Allowed<D>(pub(crate) Caller, PhantomData<D>);

impl<D> Allowed<D> {
    pub(crate) fn role(&self) -> Role {
        self.0.role
    }

    /// Who it is, if it is a person.
    pub(crate) fn user(&self) -> Option<UserId> {
        self.0.user()
    }
}

impl<D: Demand> FromRequest for Allowed<D> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let sender = request.extensions().get::<Sender>().cloned();
        let caller = sender.map_or_else(
            || Err(Problem::plain(ErrorCode::Unauthenticated)),
            |sender| sender.0,
        );
        ready(caller.and_then(|caller| {
            if caller.role.has(D::RIGHT) {
                Ok(Self(caller, PhantomData))
            } else {
                Err(Problem::new(
                    ErrorCode::Forbidden,
                    format!("the role {} may not do this", caller.role),
                ))
            }
        }))
    }
}

/// Who sent a request, or why that is not known.
#[derive(Clone)]
struct Sender(Result<Caller, Problem>);

/// Finds out who sends a request before anything else is looked at. A handler's arguments are made side by side: a
/// key that is still being looked up would come after a body that is wrong, and so tell what a stranger may not know.
pub(crate) async fn identify<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let sender = Sender(caller(request.request()).await);
    let changer = changer(&request, &sender);
    request.extensions_mut().insert(sender);
    let answer = next.call(request).await;
    if let Some((app, user)) = changer
        && let Err(error) = app.store().changed_by(user).await
    {
        tracing::warn!(%error, "a person may not see at once what they changed");
    }
    answer
}

/// The person behind a request that may change something, whatever is answered: a question to the bank that failed is
/// in the timeline too.
fn changer(request: &ServiceRequest, sender: &Sender) -> Option<(Data<App>, UserId)> {
    if request.method().is_safe() {
        return None;
    }
    let user = sender.0.as_ref().ok()?.user()?;
    Some((request.app_data::<Data<App>>()?.clone(), user))
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
