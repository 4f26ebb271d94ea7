//! The connection in a path.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::problem::Problem;

/// `{name}` of a path under `connections`.
pub(crate) struct ConnectionPath(pub(crate) String);

impl FromRequest for ConnectionPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let name = request.match_info().get("name").unwrap_or_default().to_owned();
        ready(Ok(Self(name)))
    }
}
