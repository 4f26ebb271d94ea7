//! The id in a path.

use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use sverka_domain::ids::{AttemptId, BulkRunId, IncidentId, NotificationId, RegistryId};

use crate::problem::{ErrorCode, FieldError, Problem};

/// `{id}` of a path.
pub(crate) struct IdPath<T>(pub(crate) T);

/// `{id}` of a path under `payment-attempts`.
pub(crate) type AttemptPath = IdPath<AttemptId>;
/// `{id}` of a path under `bulk-runs`.
pub(crate) type BulkRunPath = IdPath<BulkRunId>;
/// `{id}` of a path under `incidents`.
pub(crate) type IncidentPath = IdPath<IncidentId>;
/// `{id}` of a path under `notifications`.
pub(crate) type NotificationPath = IdPath<NotificationId>;
/// `{id}` of a path under `registries`.
pub(crate) type RegistryPath = IdPath<RegistryId>;

impl<T: FromStr> FromRequest for IdPath<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request).map(Self))
    }
}

fn id<T: FromStr>(request: &HttpRequest) -> Result<T, Problem> {
    let id = request.match_info().get("id").unwrap_or_default().parse();
    id.map_err(|_| {
        let fault = FieldError {
            field: "id".into(),
            code: "invalid".into(),
            message: "not a UUID".into(),
        };
        Problem::plain(ErrorCode::InvalidId).with_errors(vec![fault])
    })
}
