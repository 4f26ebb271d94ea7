//! A rehearsal, run for real.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use sverka_app::App;

use super::BulkRunView;
use crate::auth::{Allowed, Mend};
use crate::extract::BulkRunPath;
use crate::problem::Problem;

/// Run for real what was rehearsed.
///
/// A new run with the same attempts. Each is looked at again before anything is sent.
#[utoipa::path(operation_id = "start_bulk_run", tag = "bulk",
    params(("id" = uuid::Uuid, Path, description = "Id of the rehearsal")),
    responses((status = 202, description = "It began, under an id of its own", body = BulkRunView)))]
#[post("/bulk-runs/{id}/start")]
pub(crate) async fn start_bulk_run(
    app: Data<App>,
    caller: Allowed<Mend>,
    id: BulkRunPath,
) -> Result<HttpResponse, Problem> {
    let run = app.start_for_real(caller.0, id.0).await?;
    Ok(HttpResponse::Accepted().json(BulkRunView::from(run)))
}
