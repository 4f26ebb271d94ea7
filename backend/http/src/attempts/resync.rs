//! «Синхронизировать с CRM».

use actix_web::post;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use sverka_app::App;
use utoipa::ToSchema;

use super::AttemptView;
use crate::auth::{Allowed, Mend};
use crate::extract::{AttemptPath, JsonBody};
use crate::problem::Problem;

/// The version that the person has seen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResyncBody {
    expected_version: i64,
}

/// Pass the payment on now.
///
/// Whatever wait was planned. Refused when it is not paid, is there already, or was posted by hand.
#[utoipa::path(operation_id = "resync", tag = "payment-attempts", request_body = ResyncBody,
    params(("id" = uuid::Uuid, Path, description = "Id of the attempt")),
    responses((status = 200, description = "The attempt as it is now", body = AttemptView)))]
#[post("/payment-attempts/{id}/resync")]
pub(crate) async fn resync(
    app: Data<App>,
    caller: Allowed<Mend>,
    id: AttemptPath,
    body: JsonBody<ResyncBody>,
) -> Result<Json<AttemptView>, Problem> {
    let role = caller.role();
    let seen = app.resync(caller.0, id.0, body.value.expected_version).await?;
    Ok(Json(AttemptView::new(seen, role)))
}
