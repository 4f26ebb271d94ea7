//! The bank account in a path.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use sverka_app::ports::bank::AccountKey;

use crate::problem::Problem;

/// `{bank}` and `{bank_account}` of a path.
pub(crate) struct AccountPath(pub(crate) AccountKey);

impl FromRequest for AccountPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let part = |name: &str| request.match_info().get(name).unwrap_or_default().to_owned();
        ready(Ok(Self(AccountKey {
            bank: part("bank"),
            account: part("bank_account"),
        })))
    }
}
