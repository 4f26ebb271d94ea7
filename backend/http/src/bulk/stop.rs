//! «Остановить».

use actix_web::post;
use actix_web::web::{Data, Json};
use sverka_app::App;

use super::BulkRunView;
use crate::auth::{Allowed, Mend};
use crate::extract::BulkRunPath;
use crate::problem::Problem;

/// Stop a run.
///
/// The attempts that had no turn yet get none.
#[utoipa::path(operation_id = "stop_bulk_run", tag = "bulk",
    params(("id" = uuid::Uuid, Path, description = "Id of the run")),
    responses((status = 200, description = "The run as it is now", body = BulkRunView)))]
#[post("/bulk-runs/{id}/stop")]
pub(crate) async fn stop_bulk_run(
    app: Data<App>,
    _: Allowed<Mend>,
    id: BulkRunPath,
) -> Result<Json<BulkRunView>, Problem> {
    Ok(Json(app.stop_bulk_run(id.0).await?.into()))
}
