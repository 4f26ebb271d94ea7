//! One run.

use actix_web::get;
use actix_web::web::{Data, Json};
use sverka_app::App;

use super::BulkRunView;
use crate::auth::{Allowed, View};
use crate::extract::BulkRunPath;
use crate::problem::Problem;

/// One action on many attempts, as it stands.
#[utoipa::path(operation_id = "get_bulk_run", tag = "bulk",
    params(("id" = uuid::Uuid, Path, description = "Id of the run")),
    responses((status = 200, description = "The run", body = BulkRunView)))]
#[get("/bulk-runs/{id}")]
pub(crate) async fn get_bulk_run(
    app: Data<App>,
    _: Allowed<View>,
    id: BulkRunPath,
) -> Result<Json<BulkRunView>, Problem> {
    Ok(Json(app.bulk_run(id.0).await?.into()))
}
