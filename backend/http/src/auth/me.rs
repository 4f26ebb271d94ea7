//! Who am I.

use actix_web::get;
use actix_web::web::Json;

use super::{Allowed, UserView, View};
use crate::problem::Problem;

/// Who the credentials belong to.
#[utoipa::path(operation_id = "me", tag = "auth",
    responses((status = 200, description = "The caller", body = UserView)))]
#[get("/me")]
pub(crate) async fn me(caller: Allowed<View>) -> Result<Json<UserView>, Problem> {
    Ok(Json(UserView::from(&caller.0)))
}
