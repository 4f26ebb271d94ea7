//! «Запросить банк по всем».

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use serde::Serialize;
use sverka_app::App;
use utoipa::ToSchema;

use crate::auth::{Allowed, Mend};
use crate::extract::IncidentPath;
use crate::problem::Problem;

/// How many are asked about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QueuedQueries {
    /// Attempts that are the next to be asked about.
    #[schema(example = 2)]
    queued: u64,
}

/// Ask the bank about everything that the incident left open.
///
/// Every attempt of the incident that may still tell something is asked about next, under the account's rate limit.
#[utoipa::path(operation_id = "query_bank_for_incident", tag = "incidents",
    params(("id" = uuid::Uuid, Path, description = "Id of the incident")),
    responses((status = 202, description = "They are asked about", body = QueuedQueries)))]
#[post("/incidents/{id}/bank-query")]
pub(crate) async fn query_bank_for_incident(
    app: Data<App>,
    _: Allowed<Mend>,
    id: IncidentPath,
) -> Result<HttpResponse, Problem> {
    let queued = app.ask_about_incident(id.0).await?;
    Ok(HttpResponse::Accepted().json(QueuedQueries { queued }))
}
