//! One incident.

use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Serialize;
use sverka_app::App;
use sverka_app::incidents::SupportText;
use utoipa::ToSchema;

use super::IncidentView;
use crate::auth::{Allowed, View};
use crate::extract::IncidentPath;
use crate::problem::Problem;

/// A letter to the bank's support: numbers, times and sums, never a client.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SupportTextView {
    /// Russian.
    ru: String,
    /// English.
    en: String,
}

/// An incident, counted now, and the letter about it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncidentDetails {
    #[serde(flatten)]
    incident: IncidentView,
    support_text: SupportTextView,
}

/// One incident.
#[utoipa::path(operation_id = "get_incident", tag = "incidents",
    params(("id" = uuid::Uuid, Path, description = "Id of the incident")),
    responses((status = 200, description = "The incident", body = IncidentDetails)))]
#[get("/incidents/{id}")]
pub(crate) async fn get_incident(
    app: Data<App>,
    _: Allowed<View>,
    id: IncidentPath,
) -> Result<Json<IncidentDetails>, Problem> {
    let (seen, SupportText { ru, en }) = app.incident(id.0).await?;
    Ok(Json(IncidentDetails {
        incident: seen.into(),
        support_text: SupportTextView { ru, en },
    }))
}
