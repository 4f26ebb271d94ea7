//! One attempt.

use actix_web::get;
use actix_web::web::{Data, Json};
use sverka_app::App;

use super::AttemptView;
use crate::auth::{Allowed, View};
use crate::extract::AttemptPath;
use crate::problem::Problem;

/// An attempt with its diagnosis.
///
/// Tells in one code why it is not in the accounting system, what to do, and what the caller may do now.
#[utoipa::path(operation_id = "get_attempt", tag = "payment-attempts", params(("id" = uuid::Uuid, Path, description = "Id of the attempt")),
    responses((status = 200, description = "The attempt", body = AttemptView)))]
#[get("/payment-attempts/{id}")]
pub(crate) async fn get_attempt(
    app: Data<App>,
    caller: Allowed<View>,
    id: AttemptPath,
) -> Result<Json<AttemptView>, Problem> {
    let seen = app.attempt(id.0).await?;
    Ok(Json(AttemptView::new(seen, caller.role())))
}
